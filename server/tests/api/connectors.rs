//! `/api/connectors`: settings and the test of a connection.

use sandbox::{Fault, Kind, Rule};
use serde_json::{Value, json};

use crate::harness::{BASE, TABLE, TestApp};

const CONFIG: &str = "/api/connectors/config/airtable";
const TEST: &str = "/api/connectors/test/airtable";

#[tokio::test]
async fn connections_are_listed_before_and_after_their_first_save() {
    let app = TestApp::start().await;
    let before = app.get("/api/connectors/config").await.data();
    let providers: Vec<&Value> = before.as_array().unwrap().iter().map(|c| &c["provider"]).collect();
    assert_eq!(providers, ["airtable", "notion"]);
    assert_eq!((&before[0]["api_token"], &before[0]["configured"]), (&Value::Null, &json!(false)));
    assert_eq!(before[0]["field_mapping"]["client"], "Name");

    let settings = json!({"api_token": app.token, "base_id": BASE, "table_name": TABLE});
    let saved = app.put(CONFIG, settings).await.data();
    assert_eq!((&saved["api_token"], &saved["configured"]), (&json!("***"), &json!(true)));
    let after = app.get("/api/connectors/config").await.data();
    assert_eq!(after[0], saved);
    assert_eq!(after[0]["base_id"], BASE);
}

#[tokio::test]
async fn a_token_is_kept_replaced_or_removed() {
    let app = TestApp::configured().await;
    for kept in [json!({}), json!({"api_token": "***"}), json!({"api_token": null, "is_active": true})] {
        assert_eq!(app.put(CONFIG, kept).await.data()["api_token"], "***");
        assert_eq!(app.call(TEST).await.json()["success"], true);
    }
    assert_eq!(app.put(CONFIG, json!({"api_token": "patWrong"})).await.data()["api_token"], "***");
    assert_eq!(app.call(TEST).await.json()["error"], "Token Airtable invalide ou expiré");
    assert_eq!(app.put(CONFIG, json!({"api_token": ""})).await.data()["api_token"], Value::Null);
    let error = app.call(TEST).await.refusal(400, "not_configured");
    assert_eq!(error, "Aucune configuration trouvée pour airtable. Configurez d'abord le connecteur.");
}

#[tokio::test]
async fn a_setting_changes_alone() {
    let app = TestApp::configured().await;
    let changed = app
        .put(CONFIG, json!({"field_mapping": {"client": "Company", "montant_brut": "Value"}}))
        .await
        .data();
    assert_eq!((&changed["base_id"], &changed["table_name"]), (&json!(BASE), &json!(TABLE)));
    assert_eq!(changed["field_mapping"]["client"], "Company");
    assert_eq!(app.put(CONFIG, json!({"is_active": false})).await.data()["is_active"], false);
    app.call("/api/sync/airtable/import").await.refusal(400, "invalid");
}

#[tokio::test]
async fn settings_that_make_no_sense_are_named_and_not_kept() {
    let app = TestApp::configured().await;
    for (settings, part) in [
        (json!({"is_active": "yes"}), "« is_active » : true ou false attendu, un texte reçu"),
        (json!({"base_id": 5}), "« base_id » : un texte attendu, un nombre reçu"),
        (json!({"field_mapping": []}), "« field_mapping » : un objet attendu, une liste reçu"),
        (json!({"field_mapping": {"client": 1}}), "« field_mapping.client » : un texte attendu"),
        (json!({"token": "x"}), "Le champ « token » n'existe pas ici"),
        (json!({"field_mapping": {"client": "Name", "notes": "Name"}}), "Name"),
        (json!({"field_mapping": {}}), "client"),
        (json!({"field_mapping": {"couleur": "Name"}}), "couleur"),
    ] {
        let shown = settings.to_string();
        let error = app.put(CONFIG, settings).await.refusal(400, "invalid");
        assert!(error.to_lowercase().contains(&part.to_lowercase()), "{shown}: {error}");
    }
    assert_eq!(app.call(TEST).await.json()["success"], true);
}

#[tokio::test]
async fn an_unknown_connection_is_answered_with_the_known_ones() {
    let app = TestApp::start().await;
    let text = "Provider non supporté. Valeurs acceptées: airtable, notion";
    for name in ["hubspot", "AIRTABLE", "%C3%A9", "a%20b", "..%2f"] {
        let config = format!("/api/connectors/config/{name}");
        assert_eq!(app.put(&config, json!({})).await.refusal(400, "unknown_provider"), text);
        for path in ["connectors/test/{}", "sync/{}/import", "sync/{}/export"] {
            let path = format!("/api/{}", path.replace("{}", name));
            assert_eq!(app.call(&path).await.refusal(400, "unknown_provider"), text, "{path}");
        }
        assert_eq!(app.get(&format!("/api/sync/{name}")).await.refusal(400, "unknown_provider"), text);
        let logs = format!("/api/sync/logs?provider={name}");
        assert_eq!(app.get(&logs).await.refusal(400, "unknown_provider"), text);
    }
}

#[tokio::test]
async fn a_test_says_what_it_found() {
    let app = TestApp::configured().await;
    app.fill([json!({"Name": "A", "Amount": 1}), json!({"Name": "B", "Amount": 2})]);
    let found = app.call(TEST).await.json();
    assert_eq!(
        (&found["success"], &found["table_name"], &found["record_count"]),
        (&json!(true), &json!(TABLE), &json!(2))
    );
    assert!(found["message"].as_str().unwrap().contains("Connecté"));
    assert_eq!(found["fields"].as_array().unwrap().len(), 7);
}

#[tokio::test]
async fn a_service_that_says_no_is_an_answer() {
    let app = TestApp::configured().await;
    app.airtable.fault(Rule::new(Kind::Any, Fault::Unauthorized).always());
    let answer = app.call(TEST).await;
    let body = answer.json();
    assert_eq!((answer.status.as_u16(), &body["success"]), (200, &json!(false)));
    assert_eq!(body["error"], "Token Airtable invalide ou expiré");
    assert_eq!(body["message"], body["error"]);
    app.airtable.faults().clear();
    for fault in [
        Fault::HtmlPage,
        Fault::CutJson,
        Fault::Status(503),
        Fault::Dropped,
        Fault::WrongType,
        Fault::EmptyBody,
    ] {
        let name = fault.name();
        app.airtable.fault(Rule::new(Kind::Any, fault).always());
        let answer = app.call(TEST).await;
        let body = answer.json();
        assert_eq!((answer.status.as_u16(), &body["success"]), (200, &json!(false)), "{name}");
        assert!(!body["error"].as_str().unwrap().is_empty(), "{name}");
        app.airtable.faults().clear();
    }
}

#[tokio::test]
async fn a_base_or_table_that_is_not_there() {
    let app = TestApp::configured().await;
    app.put(CONFIG, json!({"table_name": "Deels"})).await.data();
    let body = app.call(TEST).await.json();
    assert!(body["error"].as_str().unwrap().contains("Deels"), "{body}");
    assert!(body["hint"].as_str().unwrap().contains(TABLE), "{body}");
    app.put(CONFIG, json!({"base_id": "appNothingIsHere0"})).await.data();
    assert_eq!(app.call(TEST).await.json()["error"], "Base Airtable introuvable");
}

#[tokio::test]
async fn each_service_has_settings_of_its_own() {
    let app = TestApp::start().await;
    let notion = "/api/connectors/config/notion";
    let pasted = "https://www.notion.so/acme/Deals-1f2e3d4c5b6a47988a9b0c1d2e3f4a5b?v=0";
    let update = json!({"api_token": "ntn_x", "base_id": pasted, "settings": {"create_options": "oui"}});
    let saved = app.put(notion, update).await.data();
    assert_eq!((&saved["api_token"], &saved["configured"]), (&json!("***"), &json!(true)));
    assert_eq!(saved["base_id"], "1f2e3d4c-5b6a-4798-8a9b-0c1d2e3f4a5b");
    assert_eq!(saved["settings"], json!({"create_options": "true"}));
    for wrong in [json!({"create_options": "peut-être"}), json!({"colour": "blue"}), json!({"base_id": "x"})]
    {
        app.put(notion, json!({"settings": wrong})).await.refusal(400, "invalid");
    }
    app.put(CONFIG, json!({"settings": {"create_options": "true"}})).await.refusal(400, "invalid");
    assert_eq!(app.get("/api/connectors/config").await.data()[1], saved, "nothing of it was kept");
}

#[tokio::test]
async fn own_words_for_statuses_are_kept_and_checked() {
    let app = TestApp::configured().await;
    let saved = app.put(CONFIG, json!({"status_words": {"Qualif": "qualifié", "?": ""}})).await.data();
    assert_eq!(saved["status_words"], json!({"Qualif": "qualifié"}));
    app.put(CONFIG, json!({"status_words": {"Qualif": "signé"}})).await.refusal(400, "invalid");
    app.fill([json!({"Name": "Alpha", "Amount": 1, "Status": "QUALIF"})]);
    let run = app.call("/api/sync/airtable/import").await.json();
    assert_eq!(run["unknown_statuses"], json!([]), "{run}");
    assert_eq!(app.get("/api/deals").await.data()[0]["statut"], "qualifié");
}
