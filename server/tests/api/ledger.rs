//! The pages that tell what a sync did or would do: whole without script, and their forms.

use axum::http::Method;
use serde_json::json;

use crate::harness::{Answer, TestApp, request};

const IMPORT: &str = "/api/sync/airtable/import";

#[track_caller]
fn page(answer: &Answer) -> &str {
    assert!(answer.header("content-type").starts_with("text/html"), "{} {}", answer.status, answer.text);
    assert!(!answer.text.contains("type=\"module\""), "a page of this kind loads no script");
    &answer.text
}

async fn partly_refused(app: &TestApp) -> i64 {
    app.fill([
        json!({"Name": "Alpha", "Amount": 1, "Status": "Qualif"}),
        json!({"Name": "Gamma", "Notes": "sans montant"}),
    ]);
    app.call(IMPORT).await.json()["run_id"].as_i64().unwrap()
}

#[tokio::test]
async fn a_run_shows_its_changes_and_what_was_refused() {
    let app = TestApp::configured().await;
    let run = partly_refused(&app).await;
    let answer = app.get(&format!("/runs/{run}")).await;
    let html = page(&answer);
    for part in
        ["Alpha", "créé", "Gamma", "sans montant", "Montant brut manquant", "Qualif", "Rejouer les échecs"]
    {
        assert!(html.contains(part), "{part}");
    }
    assert!(!html.contains("http-equiv"), "an ended run is not asked again");
    let missing = app.get("/runs/4711").await;
    assert!(page(&missing).contains("n° 4711 n'existe pas"));
}

#[tokio::test]
async fn forms_lead_to_the_run_they_began() {
    let app = TestApp::configured().await;
    let run = partly_refused(&app).await;
    let answer = app.call(&format!("/runs/{run}/replay")).await;
    assert_eq!(
        (answer.status.as_u16(), answer.header("location")),
        (303, format!("/runs/{}", run + 1).as_str())
    );
    app.hub.wait(run + 1, model::Lang::Fr).await.unwrap();

    let mut words = request(Method::POST, &format!("/runs/{run}/words"));
    *words.body_mut() = "word=Qualif&status=qualifi%C3%A9".into();
    let answer = app.send(words).await;
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.text);
    app.hub.wait(run + 2, model::Lang::Fr).await.unwrap();
    assert_eq!(app.get("/api/deals").await.data()[0]["statut"], "qualifié");
}

#[tokio::test]
async fn a_preview_is_applied_or_says_why_not() {
    let app = TestApp::configured().await;
    app.fill([json!({"Name": "Alpha", "Amount": 1})]);
    let answer = app.call("/preview/airtable/import").await;
    let html = page(&answer);
    assert!(html.contains("Alpha") && html.contains("/plans/1/apply"), "{html}");
    app.fill([json!({"Name": "Beta", "Amount": 2})]);
    let outdated = app.call("/plans/1/apply").await;
    assert_eq!(outdated.status.as_u16(), 409);
    assert!(page(&outdated).contains("Beta"), "{}", outdated.text);
    let resume = app.call("/runs/1/resume").await;
    assert_eq!(resume.status.as_u16(), 404);
    assert!(page(&resume).contains("n'existe pas"));
}
