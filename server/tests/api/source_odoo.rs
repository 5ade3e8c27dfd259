//! A source that is a service: its key, its deals, and a sync that goes on.

use axum::http::Method;
use hub::ServiceOptions;
use sandbox::odoo::{Options, Simulator};
use serde_json::json;

use crate::harness::{Answer, TestApp, request, with_header};

const NEW: &str = "/connectors";
const PAGE: &str = "/connectors/odoo_prod";

async fn start() -> (TestApp, Simulator) {
    let odoo = Simulator::start(Options::json2_only()).await.unwrap();
    let service = ServiceOptions { base_url: Some(odoo.url().to_owned()), token: None };
    (TestApp::start_with([("odoo".to_owned(), service)]).await, odoo)
}

/// The form, with some values in the place of the right ones.
async fn send(app: &TestApp, odoo: &Simulator, path: &str, changed: &[(&str, &str)]) -> Answer {
    let database = odoo.database();
    let mut values = vec![
        ("connector_name", "odoo_prod"),
        ("connector_type", "odoo"),
        ("odoo_url", odoo.url()),
        ("odoo_db", &database),
        ("odoo_user", odoo.login()),
        ("odoo_api_key", odoo.key()),
    ];
    values.extend(changed);
    let answer = app.form(path, &values).await;
    assert!(!format!("{answer:?}").contains(odoo.key()), "an answer holds the key");
    answer
}

#[tokio::test]
async fn the_form_tells_what_to_set_up() {
    let (app, _odoo) = start().await;
    let form = app.get("/connectors/new?type=odoo").await;
    for part in [
        "Configuration Odoo",
        "Setup requis",
        "Créer utilisateur technique",
        "Générer API Key",
        "Attribuer droits",
        "Vérifier HTTPS + firewall",
        "type=\"password\"",
    ] {
        assert!(form.text.contains(part), "{part}");
    }
}

#[tokio::test]
async fn a_key_is_kept_and_never_shown() {
    let (app, odoo) = start().await;
    let wrong = send(&app, &odoo, NEW, &[("odoo_db", "")]).await;
    assert_eq!(wrong.status.as_u16(), 422);
    assert_eq!(send(&app, &odoo, NEW, &[]).await.header("location"), "/connectors/odoo_prod?notice=saved");
    let page = app.get(PAGE).await;
    assert!(!page.text.contains(odoo.key()) && page.text.contains("••••"));
    assert!(page.text.contains("href=\"/connectors?tab=odoo_prod\""), "its deals have a tab");
    assert!(app.get("/connectors?tab=sources").await.text.contains("href=\"/connectors?tab=odoo_prod\""));

    // Left blank, the stored key stays: the source still answers.
    let kept = send(&app, &odoo, PAGE, &[("odoo_api_key", ""), ("odoo_company_id", "1")]).await;
    assert_eq!(kept.status.as_u16(), 303, "{}", kept.text);
    assert_eq!(app.call("/connectors/odoo_prod/test").await.json()["success"], true);
    // But it goes nowhere else.
    let elsewhere = [("odoo_api_key", ""), ("odoo_url", "https://example.com")];
    let elsewhere = send(&app, &odoo, PAGE, &elsewhere).await;
    assert_eq!(elsewhere.status.as_u16(), 422);
    assert!(elsewhere.text.contains("saisissez la clé de nouveau"));
    assert!(elsewhere.text.contains("https://example.com"), "what was typed stays");
}

#[tokio::test]
async fn one_sync_at_a_time_followed_and_cancelled() {
    let (app, odoo) = start().await;
    send(&app, &odoo, NEW, &[]).await;
    odoo.fault(sandbox::Rule::new(sandbox::Kind::List, sandbox::Fault::Hang).always());
    let sync = "/connectors/odoo_prod/sync";
    let begun = app.send(with_header(request(Method::POST, sync), "prefer", "respond-async")).await;
    assert_eq!((begun.status.as_u16(), &begun.json()["run_id"]), (202, &json!(1)));
    let second = app.call(sync).await;
    second.refusal(409, "already_running");
    assert_eq!(second.json()["run_id"], 1);
    assert_eq!(app.form(sync, &[]).await.header("location"), "/connectors/odoo_prod?run=1");

    let page = app.get("/connectors/odoo_prod?run=1").await;
    for part in ["Synchronisation en cours", "http-equiv=\"refresh\"", "data-run=\"1\"", "/runs/1/cancel"] {
        assert!(page.text.contains(part), "{part}");
    }
    let status = app.get("/connectors/api/status").await.json();
    assert_eq!(status["connectors_by_status"], json!({"syncing": 1}));
    let refused = app.form("/connectors/odoo_prod/delete", &[("rows", "keep")]).await;
    assert_eq!(refused.status.as_u16(), 409);
    assert!(refused.text.contains("href=\"/connectors/odoo_prod\""), "there is a way back");

    app.call("/api/sync/runs/1/cancel").await.json();
    let load = app.hub.wait_load(1, model::Lang::Fr).await.unwrap();
    assert_eq!((load.success, load.status.as_str()), (false, "cancelled"));
    assert!(app.get("/connectors/odoo_prod?run=1").await.text.contains("Synchronisation annulée"));
}
