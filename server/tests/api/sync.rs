//! `/api/sync/{provider}`: imports and exports as the outside sees them.

use axum::http::{Method, StatusCode};
use sandbox::{Fault, Kind, Rule};
use serde_json::{Value, json};

use crate::harness::{TestApp, request, with_header};

const IMPORT: &str = "/api/sync/airtable/import";
const EXPORT: &str = "/api/sync/airtable/export";

/// Processed, created, updated, unchanged, failed.
fn counts(body: &Value) -> [u64; 5] {
    ["processed", "created", "updated", "unchanged", "failed"]
        .map(|name| body[format!("records_{name}")].as_u64().unwrap())
}

#[tokio::test]
async fn an_import_says_what_became_of_every_record() {
    let app = TestApp::configured().await;
    app.fill([
        json!({"Name": "Alpha", "Status": "Won", "Amount": 100.5, "Due Date": "2026-12-01"}),
        json!({"Name": "Beta", "Status": "Tiède", "Amount": 20}),
        json!({"Name": "Gamma"}),
    ]);
    let answer = app.call(IMPORT).await;
    let body = answer.json();
    assert_eq!(
        (answer.status, &body["success"], &body["status"]),
        (StatusCode::OK, &json!(true), &json!("partial"))
    );
    assert_eq!(counts(&body), [3, 2, 0, 0, 1]);
    assert_eq!(body["unknown_statuses"], json!(["Tiède"]));
    assert_eq!(body["errors"][0]["client"], "Gamma");
    assert!(body["run_id"].as_i64().unwrap() > 0);
    assert!(body.get("data").is_none());

    let deals = app.get("/api/deals?sort=client").await.data();
    assert_eq!(
        (&deals[0]["client"], &deals[0]["statut"], &deals[0]["montant_brut"]),
        (&json!("Alpha"), &json!("gagné"), &json!(100.5))
    );
    assert_eq!(deals[1]["statut"], "prospect");
    assert_eq!(counts(&app.call(IMPORT).await.json()), [3, 0, 0, 2, 1]);
}

#[tokio::test]
async fn an_export_creates_once() {
    let app = TestApp::configured().await;
    let nothing = app.call(EXPORT).await.json();
    assert_eq!((&nothing["success"], &nothing["message"]), (&json!(true), &json!("Aucun deal à exporter")));
    assert_eq!(counts(&nothing), [0, 0, 0, 0, 0]);
    for client in ["A", "B"] {
        app.post("/api/deals", json!({"client": client, "montant_brut": 10})).await;
    }
    let body = app.call(EXPORT).await.json();
    assert_eq!((&body["status"], counts(&body)), (&json!("success"), [2, 2, 0, 0, 0]));
    assert_eq!(app.table.len(), 2);
    assert_eq!(counts(&app.call(EXPORT).await.json()), [2, 0, 0, 2, 0]);
    assert_eq!(app.table.len(), 2);
}

#[tokio::test]
async fn when_every_record_is_refused_the_counts_say_so() {
    let app = TestApp::configured().await;
    app.fill([json!({"Name": "A"}), json!({"Amount": 5})]);
    let answer = app.call(IMPORT).await;
    let body = answer.json();
    assert_eq!(
        (answer.status, &body["success"], &body["status"]),
        (StatusCode::OK, &json!(false), &json!("error"))
    );
    assert_eq!(counts(&body), [2, 0, 0, 0, 2]);
}

#[tokio::test]
async fn a_service_that_fails_is_a_500_with_its_reason_and_a_line_in_the_history() {
    let app = TestApp::configured().await;
    app.fill([json!({"Name": "A", "Amount": 1})]);
    for (kind, fault, part) in [
        (Kind::Any, Fault::Unauthorized, "Token Airtable invalide ou expiré"),
        (Kind::Any, Fault::Status(503), "Airtable"),
        (Kind::List, Fault::HtmlPage, "Airtable"),
        (Kind::List, Fault::CutJson, "Airtable"),
        (Kind::Any, Fault::Dropped, "Airtable"),
    ] {
        let name = fault.name();
        app.airtable.fault(Rule::new(kind, fault).always());
        let answer = app.call(IMPORT).await;
        let body = answer.json();
        assert_eq!((answer.status.as_u16(), &body["success"]), (500, &json!(false)), "{name}: {body}");
        assert!(body["error"].as_str().unwrap().contains(part), "{name}: {body}");
        assert!(body["code"].is_string(), "{name}: {body}");
        let last = app.get("/api/sync/logs?limit=1").await.data()[0].clone();
        assert_eq!((&last["id"], &last["status"]), (&body["run_id"], &json!("error")), "{name}");
        assert_eq!(last["error_message"], body["error"], "{name}");
        app.airtable.faults().clear();
    }
    assert_eq!(app.get("/api/deals").await.header("x-total-count"), "0");
}

#[tokio::test]
async fn a_mapping_that_no_longer_fits_is_the_caller_s_to_mend() {
    let app = TestApp::configured().await;
    app.fill([json!({"Name": "A", "Amount": 1})]);
    app.put(
        "/api/connectors/config/airtable",
        json!({"field_mapping": {"client": "Company", "montant_brut": "Amount"}}),
    )
    .await;
    let answer = app.call(IMPORT).await;
    let body = answer.json();
    assert_eq!((answer.status.as_u16(), &body["code"]), (400, &json!("invalid_settings")), "{body}");
    assert!(body["error"].as_str().unwrap().contains("Company"), "{body}");
}

#[tokio::test]
async fn one_run_at_a_time() {
    let app = TestApp::configured().await;
    let run_id = app.hanging_import().await;
    for path in [IMPORT, EXPORT] {
        let answer = app.call(path).await;
        let error = answer.refusal(409, "already_running");
        assert_eq!(answer.json()["run_id"], run_id);
        assert!(error.contains(&run_id.to_string()), "{error}");
    }
    app.call(&format!("/api/sync/runs/{run_id}/cancel")).await;
    app.hub.wait(run_id, model::Lang::Fr).await.unwrap();
    assert_eq!(app.call(IMPORT).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_caller_in_a_hurry_gets_the_run_at_once() {
    let app = TestApp::configured().await;
    let run_id = app.hanging_import().await;
    let run = app.get(&format!("/api/sync/runs/{run_id}")).await.data();
    assert_eq!((&run["status"], &run["direction"]), (&json!("running"), &json!("import")));
    app.call(&format!("/api/sync/runs/{run_id}/cancel")).await;
    let hurried = with_header(request(Method::POST, EXPORT), "prefer", "wait=5, Respond-Async");
    app.hub.wait(run_id, model::Lang::Fr).await.unwrap();
    let answer = app.send(hurried).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED);
    assert_eq!(answer.header("preference-applied"), "respond-async");
    let body = answer.json();
    assert_eq!(answer.header("location"), format!("/api/sync/runs/{}", body["run_id"]));
    assert_eq!(body["success"], true);
}

#[tokio::test]
async fn the_run_goes_on_when_the_caller_leaves() {
    let app = TestApp::configured().await;
    app.fill([json!({"Name": "A", "Amount": 1})]);
    let (reached, arrived) = tokio::sync::oneshot::channel();
    let reached = std::sync::Mutex::new(Some(reached));
    let leave = move || {
        if let Some(reached) = reached.lock().unwrap().take() {
            reached.send(()).unwrap();
        }
    };
    app.airtable.fault(Rule::new(Kind::List, Fault::meanwhile(leave)));
    tokio::select! {
        _ = app.call(IMPORT) => panic!("answered before the service was asked"),
        _ = arrived => {}
    }
    let run = app.get("/api/sync/logs?limit=1").await.data()[0].clone();
    let ended = app.hub.wait(run["id"].as_i64().unwrap(), model::Lang::Fr).await.unwrap();
    assert_eq!((ended.status.as_str(), ended.records_created), ("success", 1));
}

#[tokio::test]
async fn what_is_not_configured_is_not_run() {
    let app = TestApp::start().await;
    let text = "Aucune configuration trouvée pour airtable. Configurez d'abord le connecteur.";
    for path in [IMPORT, EXPORT] {
        assert_eq!(app.call(path).await.refusal(400, "not_configured"), text);
    }
    assert_eq!(app.get("/api/sync/logs").await.data(), json!([]));
}

#[tokio::test]
async fn the_short_form_starts_and_tells() {
    let app = TestApp::configured().await;
    app.fill([json!({"Name": "A", "Amount": 1})]);
    let before = app.get("/api/sync/airtable").await.data();
    assert_eq!((&before["configured"], &before["last_run"]), (&json!(true), &Value::Null));
    let body = app.post("/api/sync/airtable", json!({"direction": "import"})).await.json();
    assert_eq!(counts(&body), [1, 1, 0, 0, 0]);
    assert_eq!(app.get("/api/sync/airtable").await.data()["last_run"]["id"], body["run_id"]);
    assert_eq!(
        app.post("/api/sync/airtable", json!({"direction": "export"})).await.json()["status"],
        "success"
    );
    for wrong in [
        json!({}),
        json!({"direction": "both"}),
        json!({"direction": 1}),
        json!({"direction": "import", "x": 1}),
    ] {
        app.post("/api/sync/airtable", wrong).await.refusal(400, "invalid");
    }
    let notion = app.get("/api/sync/notion").await.data();
    assert_eq!((&notion["configured"], &notion["last_run"]), (&json!(false), &Value::Null));
}

#[tokio::test]
async fn messages_are_in_the_reader_s_language() {
    let app = TestApp::configured().await;
    let english = with_header(request(Method::POST, EXPORT), "accept-language", "en");
    assert_eq!(app.send(english).await.json()["message"], "No deal to export");
}
