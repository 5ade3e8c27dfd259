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
    for nothing in ["/runs/4711", "/runs/-1", "/runs/abc", "/plans/4711"] {
        let missing = app.get(nothing).await;
        assert_eq!(missing.status.as_u16(), 404, "{nothing}");
        assert!(page(&missing).contains("n'existe pas"), "{nothing}");
    }
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
    let made = app.call("/preview/airtable/import").await;
    assert_eq!((made.status.as_u16(), made.header("location")), (303, "/plans/1"));
    let answer = app.get("/plans/1").await;
    let html = page(&answer);
    assert!(html.contains("Alpha") && html.contains("/plans/1/apply"), "{html}");
    app.fill([json!({"Name": "Beta", "Amount": 2})]);
    let outdated = app.call("/plans/1/apply").await;
    assert_eq!(outdated.status.as_u16(), 409);
    assert!(page(&outdated).contains("Beta"), "{}", outdated.text);
    assert!(outdated.text.contains(r#"href="/plans/1""#), "there is a way back");
    let resume = app.call("/runs/1/resume").await;
    assert_eq!(resume.status.as_u16(), 404);
    assert!(page(&resume).contains("n'existe pas"));
}

#[tokio::test]
async fn a_preview_that_cannot_be_made_leaves_nothing() {
    let app = TestApp::start().await;
    for (path, status) in
        [("/preview/airtable/import", 400), ("/preview/x/import", 400), ("/preview/airtable/sideways", 404)]
    {
        assert_eq!(app.call(path).await.status.as_u16(), status, "{path}");
    }
    app.get("/api/sync/plans/1").await.refusal(404, "not_found");
    // Asked for as pages, forms lead to where they are.
    for (form, page) in [
        ("/preview/airtable/import", "/connectors"),
        ("/plans/1/apply", "/plans/1"),
        ("/runs/1/replay", "/runs/1"),
    ] {
        let answer = app.get(form).await;
        assert_eq!((answer.status.as_u16(), answer.header("location")), (303, page));
    }
}

#[tokio::test]
async fn the_simulator_is_left_with_its_deals_or_without() {
    let app = TestApp::start().await;
    app.hub.try_without_account("notion").await.unwrap();
    app.post("/api/deals", json!({"client": "À moi", "montant_brut": 1})).await.data();
    app.call("/api/sync/notion/import").await.json();
    assert_eq!(app.get("/api/deals").await.header("x-total-count"), "25");
    assert!(page(&app.get("/playground/notion").await).contains("Quitter"));
    let mut leave = request(Method::POST, "/playground/notion");
    *leave.body_mut() = "deals=delete".into();
    let answer = app.send(leave).await;
    let to = answer.header("location").to_owned();
    assert_eq!((answer.status.as_u16(), to.as_str()), (303, "/?notice=deals-deleted.24.1"));
    assert_eq!(app.get("/api/deals").await.header("x-total-count"), "1");
    let config = &app.get("/api/connectors/config").await.data()[1];
    assert_eq!(
        (&config["api_token"], &config["sandbox"], &config["configured"]),
        (&serde_json::Value::Null, &json!(false), &json!(false))
    );
    assert_eq!(app.call("/playground/notion").await.status.as_u16(), 400, "there is no simulator to leave");

    // What was deleted by mistake comes back, as deals of one's own.
    assert!(app.get(&to).await.text.contains("24\u{a0}deals supprimés"));
    let undone = app.form("/deals/undo", &[("deletion", "1")]).await;
    assert_eq!(undone.header("location"), "/?notice=deals-restored.24.0");
    assert_eq!(app.get("/api/deals").await.header("x-total-count"), "25");
    app.hub.try_without_account("notion").await.unwrap();
    let mut keep = request(Method::POST, "/playground/notion");
    *keep.body_mut() = "deals=keep".into();
    assert_eq!(app.send(keep).await.header("location"), "/connectors?tab=notion");
    assert_eq!(app.get("/api/deals").await.header("x-total-count"), "25");
}
