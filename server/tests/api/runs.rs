//! `/api/sync/logs` and `/api/sync/runs/{id}`: the history, and one run.

use futures_util::StreamExt;
use serde_json::{Value, json};

use crate::harness::TestApp;

const IMPORT: &str = "/api/sync/airtable/import";

/// A run with two new deals and one refused record.
async fn imported(app: &TestApp) -> i64 {
    app.fill([
        json!({"Name": "Alpha", "Amount": 1}),
        json!({"Name": "Beta", "Amount": 2}),
        json!({"Name": "Gamma"}),
    ]);
    app.call(IMPORT).await.json()["run_id"].as_i64().unwrap()
}

#[tokio::test]
async fn the_history_is_newest_first_and_can_be_cut() {
    let app = TestApp::configured().await;
    let first = imported(&app).await;
    for _ in 0..2 {
        app.call("/api/sync/airtable/export").await.json();
    }
    let logs = app.get("/api/sync/logs").await.data();
    let ids: Vec<i64> = logs.as_array().unwrap().iter().map(|run| run["id"].as_i64().unwrap()).collect();
    assert_eq!(ids, [first + 2, first + 1, first]);
    assert_eq!(
        (&logs[2]["provider"], &logs[2]["direction"], &logs[2]["status"]),
        (&json!("airtable"), &json!("import"), &json!("partial"))
    );
    assert!(logs[2]["started_at"].is_string() && logs[2]["completed_at"].is_string());
    assert_eq!(app.get("/api/sync/logs?limit=1").await.data().as_array().unwrap().len(), 1);
    assert_eq!(
        app.get("/api/sync/logs?provider=airtable&limit=9999").await.data().as_array().unwrap().len(),
        3
    );
    assert_eq!(app.get("/api/sync/logs?provider=notion").await.data(), json!([]));
    for wrong in ["limit=0", "limit=x", "page=2"] {
        app.get(&format!("/api/sync/logs?{wrong}")).await.refusal(400, "invalid");
    }
}

#[tokio::test]
async fn a_run_tells_its_changes_and_its_refusals() {
    let app = TestApp::configured().await;
    let run = format!("/api/sync/runs/{}", imported(&app).await);
    let told = app.get(&run).await.data();
    assert_eq!((&told["records_created"], &told["records_failed"]), (&json!(2), &json!(1)));
    let changes = app.get(&format!("{run}/changes")).await.data();
    assert_eq!(changes.as_array().unwrap().len(), 2);
    assert_eq!(
        (&changes[0]["client"], &changes[0]["action"], &changes[0]["reason"]),
        (&json!("Alpha"), &json!("create"), &json!("new"))
    );
    let amount =
        changes[0]["fields"].as_array().unwrap().iter().find(|f| f["field"] == "montant_brut").unwrap();
    assert_eq!((&amount["before"], &amount["after"]), (&Value::Null, &json!(1.0)));
    let second = app.get(&format!("{run}/changes?limit=1&offset=1")).await.data();
    assert_eq!(second[0]["client"], "Beta");
    let failures = app.get(&format!("{run}/failures")).await.data();
    assert_eq!((&failures[0]["client"], &failures[0]["field"]), (&json!("Gamma"), &json!("montant_brut")));
    for path in ["", "/changes", "/failures", "/events"] {
        app.get(&format!("/api/sync/runs/999{path}")).await.refusal(404, "not_found");
    }
}

#[tokio::test]
async fn a_refused_record_is_run_again() {
    let app = TestApp::configured().await;
    let run_id = imported(&app).await;
    let gamma = app.table.records().into_iter().find(|row| row.get("Name") == "Gamma").unwrap();
    app.table.set(gamma.id, &json!({"Amount": 3})).unwrap();
    let body = app.call(&format!("/api/sync/runs/{run_id}/replay")).await.json();
    assert_eq!(
        (&body["status"], &body["records_processed"], &body["records_created"]),
        (&json!("success"), &json!(1), &json!(1))
    );
    assert_ne!(body["run_id"], run_id);
    app.call(&format!("/api/sync/runs/{}/replay", body["run_id"])).await.refusal(400, "invalid");
    app.call("/api/sync/runs/999/replay").await.refusal(404, "not_found");
}

#[tokio::test]
async fn a_run_is_cancelled_once() {
    let app = TestApp::configured().await;
    let run_id = app.hanging_import().await;
    let cancel = format!("/api/sync/runs/{run_id}/cancel");
    assert_eq!(app.call(&cancel).await.json(), json!({"success": true, "run_id": run_id}));
    let ended = app.hub.wait(run_id, model::Lang::Fr).await.unwrap();
    assert_eq!(ended.status, "cancelled");
    app.call(&cancel).await.refusal(400, "invalid");
    app.call("/api/sync/runs/999/cancel").await.refusal(404, "not_found");
}

#[tokio::test]
async fn progress_is_told_until_the_end() {
    let app = TestApp::configured().await;
    let run_id = app.hanging_import().await;
    let events = format!("/api/sync/runs/{run_id}/events");
    let cancel = format!("/api/sync/runs/{run_id}/cancel");
    let (headers, mut told) = app.listen(&events).await;
    assert_eq!(headers["content-type"], "text/event-stream");
    let mut text = String::from_utf8(told.next().await.unwrap().unwrap().to_vec()).unwrap();
    app.call(&cancel).await;
    while let Some(piece) = told.next().await {
        text.push_str(std::str::from_utf8(&piece.unwrap()).unwrap());
    }
    let steps: Vec<Value> = text
        .lines()
        .filter_map(|line| line.strip_prefix("data: "))
        .map(|data| serde_json::from_str(data).unwrap())
        .collect();
    assert_eq!((&steps[0]["phase"], &steps[0]["run"]["id"]), (&json!("reading"), &json!(run_id)));
    let last = steps.last().unwrap();
    assert_eq!((&last["phase"], &last["run"]["status"]), (&json!("done"), &json!("cancelled")));
    let again = app.get(&events).await;
    assert_eq!(again.text.matches("data: ").count(), 1, "{}", again.text);
}
