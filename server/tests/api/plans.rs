//! `/api/sync/{provider}/preview` and `/api/sync/plans/{id}/apply`.

use axum::http::StatusCode;
use sandbox::{Fault, Kind, Rule};
use serde_json::json;

use crate::harness::TestApp;

const PREVIEW: &str = "/api/sync/airtable/preview";

#[tokio::test]
async fn a_plan_is_shown_then_done_as_shown() {
    let app = TestApp::configured().await;
    app.fill([json!({"Name": "Alpha", "Amount": 1}), json!({"Name": "Beta"})]);
    let plan = app.post(PREVIEW, json!({"direction": "import"})).await.json();
    assert_eq!(
        (&plan["success"], &plan["to_create"], &plan["refused"]),
        (&json!(true), &json!(1), &json!(1))
    );
    assert_eq!(plan["changes"][0]["client"], "Alpha");
    assert_eq!(app.get("/api/deals").await.header("x-total-count"), "0");
    assert_eq!(app.get("/api/sync/logs").await.data(), json!([]));

    let apply = format!("/api/sync/plans/{}/apply", plan["plan_id"]);
    let done = app.call(&apply).await.json();
    assert_eq!((&done["records_created"], &done["records_failed"]), (&json!(1), &json!(1)));
    assert_eq!(app.get("/api/deals").await.header("x-total-count"), "1");
    assert!(app.call(&apply).await.refusal(409, "outdated").contains("déjà été appliqué"));
}

#[tokio::test]
async fn a_plan_that_no_longer_holds_is_not_done() {
    let app = TestApp::configured().await;
    app.fill([json!({"Name": "Alpha", "Amount": 1})]);
    let plan = app.post(PREVIEW, json!({"direction": "import"})).await.json();
    let alpha = app.table.records()[0].id;
    app.table.set(alpha, &json!({"Amount": 2})).unwrap();
    let error =
        app.call(&format!("/api/sync/plans/{}/apply", plan["plan_id"])).await.refusal(409, "outdated");
    assert!(error.contains("Alpha"), "{error}");
    assert_eq!(app.get("/api/deals").await.header("x-total-count"), "0");
}

#[tokio::test]
async fn an_export_is_shown_without_writing() {
    let app = TestApp::configured().await;
    app.post("/api/deals", json!({"client": "Alpha", "montant_brut": 5})).await;
    let plan = app.post(PREVIEW, json!({"direction": "export"})).await.json();
    assert_eq!((&plan["direction"], &plan["to_create"]), (&json!("export"), &json!(1)));
    assert!(app.table.is_empty());
    let done = app.call(&format!("/api/sync/plans/{}/apply", plan["plan_id"])).await;
    assert_eq!((done.status, app.table.len()), (StatusCode::OK, 1));
}

#[tokio::test]
async fn what_cannot_be_previewed_says_why() {
    let app = TestApp::configured().await;
    app.post(PREVIEW, json!({"direction": "sideways"})).await.refusal(400, "invalid");
    app.call("/api/sync/plans/999/apply").await.refusal(404, "not_found");
    app.airtable.fault(Rule::new(Kind::Any, Fault::Unauthorized).always());
    let error = app.post(PREVIEW, json!({"direction": "import"})).await.refusal(500, "unauthorized");
    assert_eq!(error, "Token Airtable invalide ou expiré");
}
