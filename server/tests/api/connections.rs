//! Connections of any kind, for programs: `/api/connections`.

use axum::http::Method;
use serde_json::{Value, json};

use crate::harness::{Answer, BASE, TABLE, TestApp, request, with_header};
use crate::sources::wine;

/// A connection to the simulator's table, its rows going into deals.
async fn with_crm(app: &TestApp) -> i64 {
    let answer = app.post("/api/connections/", crm(&app.token)).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.json()["id"].as_i64().unwrap()
}

fn crm(token: &str) -> Value {
    json!({
        "connection_type": "airtable", "name": "Mon CRM d'été",
        "config": {"base_id": BASE, "table_name": TABLE},
        "credentials": {"api_token": token}, "auto_sync_enabled": false,
    })
}

async fn synced(app: &TestApp, id: i64, body: Value) -> Answer {
    app.post(&format!("/api/connections/{id}/sync"), body).await
}

#[tokio::test]
async fn every_kind_is_described_by_its_form() {
    let app = TestApp::start().await;
    let kinds = app.get("/api/connections/types").await.json();
    for (word, required) in [
        ("airtable", json!(["api_token", "base_id", "table_name"])),
        ("notion", json!(["api_token", "base_id"])),
        ("isavigne", json!(["isavigne_export_path"])),
        ("odoo", json!(["odoo_url", "odoo_db", "odoo_user", "odoo_api_key"])),
    ] {
        let kind = kinds.as_array().unwrap().iter().find(|kind| kind["type"] == word).unwrap();
        assert_eq!(kind["required_fields"], required, "{word}");
        for key in ["name", "description", "icon"] {
            assert!(kind[key].as_str().is_some_and(|text| !text.is_empty()), "{word}.{key}");
        }
        assert!(
            !kind["auth_types"].as_array().unwrap().is_empty()
                && !kind["groups"].as_array().unwrap().is_empty()
        );
    }
    assert_eq!(app.get("/api/connections/types/").await.json(), kinds);
}

#[tokio::test]
async fn a_connection_is_made_read_changed_and_removed() {
    let app = TestApp::start().await;
    assert_eq!(app.get("/api/connections").await.json(), json!([]));
    let id = with_crm(&app).await;
    let address = format!("/api/connections/{id}");
    let found = app.get(&address).await.json();
    assert_eq!(found["name"], "Mon CRM d'été");
    assert_eq!(found["provider"], "mon-crm-d-ete");
    assert_eq!(found["config"], json!({"base_id": BASE, "table_name": TABLE}));
    assert_eq!(found["stored_credentials"], json!(["api_token"]));
    assert_eq!(found["destination"], json!({"kind": "deals"}));
    assert_eq!(found["status"], "idle");
    assert_eq!(app.get("/api/connections/").await.json(), json!([found]));

    let renamed = app.put(&address, json!({"name": "CRM", "credentials": {"api_token": "***"}})).await.json();
    assert_eq!((&renamed["name"], &renamed["config"]), (&json!("CRM"), &found["config"]));
    assert_eq!(renamed["stored_credentials"], json!(["api_token"]));
    assert_eq!(app.delete(&address).await.status, 200);
    app.get(&address).await.refusal(404, "not_found");
    app.delete(&address).await.refusal(404, "not_found");
}

#[tokio::test]
async fn what_makes_no_sense_is_told_field_by_field_and_nothing_is_stored() {
    let app = TestApp::start().await;
    with_crm(&app).await;
    for (body, parts) in [
        (json!({}), vec!["Donnez un nom", "n'est pas un type de connexion"]),
        (
            json!({"connection_type": "fax", "name": "F"}),
            vec!["« fax » n'est pas un type", "airtable, bamboohr"],
        ),
        (crm("x"), vec!["existe déjà"]),
        (json!({"connection_type": "airtable", "name": "A"}), vec!["api_token", "base_id", "obligatoire"]),
        (
            json!({"connection_type": "airtable", "name": "A", "config": {"base_id": "no id", "table_name": "T"},
                "credentials": {"api_token": "p w"}}),
            vec!["base_id", "api_token"],
        ),
        (
            json!({"connection_type": "isavigne", "name": "A", "config": {"isavigne_export_path": "/x"},
                "destination": {"kind": "deals"}}),
            vec!["ne peuvent pas aller là"],
        ),
        (
            json!({"connection_type": "airtable", "name": "A", "config": []}),
            vec!["« config »", "objet attendu"],
        ),
        (
            json!({"connection_type": "airtable", "name": "A", "destination": {"kind": "moon"}}),
            vec!["« destination »"],
        ),
    ] {
        let told = app.post("/api/connections/", body.clone()).await.refusal(400, "invalid");
        for part in parts {
            assert!(told.contains(part), "{body}: {told}");
        }
    }
    assert_eq!(app.get("/api/connections/").await.json().as_array().unwrap().len(), 1);
    app.get("/api/connections/sept").await.refusal(400, "invalid");
    for (method, path) in
        [(Method::GET, "history"), (Method::GET, "schema"), (Method::POST, "sync"), (Method::PUT, "")]
    {
        let path = format!("/api/connections/99/{path}");
        let answer = app.send(request(method.clone(), path.trim_end_matches('/'))).await;
        assert!(answer.status.is_client_error(), "{method} {path}: {}", answer.text);
    }
}

#[tokio::test]
async fn settings_are_tested_before_anything_is_stored() {
    let app = TestApp::start().await;
    let tested = app.post("/api/connections/test", crm(&app.token)).await.json();
    assert_eq!(tested["success"], true, "{tested}");
    let refused = app.post("/api/connections/test", crm("patWrong0000000000")).await.json();
    assert_eq!((&refused["success"], &refused["code"]), (&json!(false), &json!("unauthorized")));
    assert_eq!(refused["error"], "Token Airtable invalide ou expiré");
    app.post("/api/connections/test", json!({"connection_type": "airtable"})).await.refusal(400, "invalid");
    assert_eq!(app.get("/api/connections/").await.json(), json!([]));
}

#[tokio::test]
async fn a_sync_brings_deals_and_is_in_the_history() {
    let app = TestApp::start().await;
    let id = with_crm(&app).await;
    app.fill([json!({"Name": "Cave Dupont", "Amount": 1200}), json!({"Name": "", "Amount": 5})]);
    let first = synced(&app, id, json!({"save_as_dataset": false})).await;
    assert_eq!(first.status, 200, "{}", first.text);
    let first = first.json();
    assert_eq!((&first["success"], &first["status"]), (&json!(true), &json!("partial")), "{first}");
    assert_eq!((&first["records_created"], &first["records_failed"]), (&json!(1), &json!(1)));
    assert_eq!(first["errors"].as_array().unwrap().len(), 1);
    assert_eq!(app.get("/api/deals").await.data()[0]["client"], "Cave Dupont");

    let path = format!("/api/connections/{id}/sync");
    let hurried = with_header(request(Method::POST, &path), "prefer", "respond-async");
    let begun = app.send(hurried).await;
    assert_eq!(begun.status, 202, "{}", begun.text);
    let run = begun.json()["run_id"].clone();
    app.hub.wait(run.as_i64().unwrap(), model::Lang::Fr).await.unwrap();

    let history = app.get(&format!("/api/connections/{id}/history")).await.json();
    let history = history.as_array().unwrap();
    assert_eq!((history.len(), &history[0]["run_id"]), (2, &run));
    assert_eq!((&history[1]["subject"], &history[1]["cause"]), (&json!("deals"), &json!("person")));
    assert!(history[1]["duration_seconds"].as_f64().is_some_and(|seconds| seconds >= 0.0));
    let found = app.get(&format!("/api/connections/{id}")).await.json();
    assert_eq!((&found["status"], &found["last_sync_status"]), (&json!("error"), &json!("partial")));
    assert_eq!(
        app.get(&format!("/api/connections/{id}/history?limit=1")).await.json().as_array().unwrap().len(),
        1
    );
    app.get(&format!("/api/connections/{id}/history?limit=many")).await.refusal(400, "invalid");
}

#[tokio::test]
async fn a_service_that_refuses_is_told_and_kept() {
    let app = TestApp::start().await;
    let id = with_crm(&app).await;
    app.airtable.fault(sandbox::Rule::new(sandbox::Kind::Any, sandbox::Fault::Unauthorized).always());
    let refused = synced(&app, id, json!({})).await;
    assert_eq!(refused.status, 500, "{}", refused.text);
    let refused = refused.json();
    assert_eq!((&refused["success"], &refused["code"]), (&json!(false), &json!("unauthorized")));
    assert_eq!(refused["error_message"], "Token Airtable invalide ou expiré");
    assert_eq!(
        app.get(&format!("/api/connections/{id}/schema")).await.refusal(500, "unauthorized"),
        "Token Airtable invalide ou expiré"
    );
    assert_eq!(app.get(&format!("/api/connections/{id}/history")).await.json()[0]["status"], "error");
}

#[tokio::test]
async fn a_source_of_tables_is_a_connection_too() {
    let app = TestApp::start().await;
    wine(&app);
    let folder = app.exports.path().display().to_string();
    let body =
        json!({"connection_type": "isavigne", "name": "Cave", "config": {"isavigne_export_path": folder}});
    let made = app.post("/api/connections", body).await.json();
    assert_eq!(made["destination"], json!({"kind": "tables"}));
    let id = made["id"].as_i64().unwrap();
    let done = synced(&app, id, json!({})).await.json();
    assert_eq!((&done["subject"], &done["records_created"]), (&json!("tables"), &json!(3)), "{done}");
    let schema = app.get(&format!("/api/connections/{id}/schema")).await.json();
    assert_eq!(schema["streams"][0]["id"], "CUSTOMERS");
    assert_eq!(app.get("/connectors/cave/logs").await.json()["total"], 1);
}

#[tokio::test]
async fn any_stream_can_fill_a_canonical_table() {
    let app = TestApp::start().await;
    app.fill([
        json!({"Name": "C1", "Sector": "Cave Dupont", "Assignee": "Beaune"}),
        json!({"Name": "C2", "Sector": "Cave Durand"}),
    ]);
    let mut body = crm(&app.token);
    body["destination"] = json!({"kind": "table", "entity": "CUSTOMERS"});
    let id = app.post("/api/connections/", body).await.json()["id"].as_i64().unwrap();
    let mapping = [
        ("entity", "CUSTOMERS"),
        ("customer_key", "col:Name"),
        ("company", "col:Sector"),
        ("city", "col:Assignee"),
    ];
    let mapped = app.form("/connectors/mon-crm-d-ete/mapping", &mapping).await;
    assert_eq!(mapped.status, 303, "{}", mapped.text);
    let done = synced(&app, id, json!({})).await.json();
    assert_eq!((&done["status"], &done["records_created"]), (&json!("success"), &json!(2)), "{done}");
    let again = synced(&app, id, json!({})).await.json();
    assert_eq!(again["records_unchanged"], 2, "{again}");
    let rows = app.get("/api/data/customers").await.data();
    assert_eq!((&rows[0]["company"], &rows[0]["city"]), (&json!("Cave Dupont"), &json!("Beaune")), "{rows}");
    // It is no connection of deals any more.
    assert!(!app.get("/api/connectors/config").await.text.contains("mon-crm-d-ete"));
}

#[tokio::test]
async fn rules_hold_for_deals_that_come_in_and_not_for_those_that_go_out() {
    let app = TestApp::start().await;
    let id = with_crm(&app).await;
    app.fill([
        json!({"Name": "Dupont", "Amount": 1200, "Sector": "Vin"}),
        json!({"Name": "Durand", "Amount": 900}),
        json!({"Name": "Petit", "Amount": 10, "Sector": "Vin"}),
    ]);
    let rules = json!({"rules": [
        {"column": "Sector", "must": "required"}, {"column": "Amount", "must": "range", "min": 100.0},
    ]});
    assert_eq!(app.put(&format!("/api/connections/{id}"), rules).await.status, 200);
    let plan = app.post("/api/sync/mon-crm-d-ete/preview", json!({"direction": "import"})).await;
    assert!(plan.text.contains("Sector") && plan.text.contains("Amount"), "{}", plan.text);
    let done = synced(&app, id, json!({})).await.json();
    assert_eq!((&done["records_created"], &done["records_failed"]), (&json!(1), &json!(2)), "{done}");
    let refused = app.get(&format!("/api/sync/runs/{}/failures", done["run_id"])).await.data();
    assert_eq!(
        (&refused[0]["field"], &refused[1]["field"]),
        (&json!("secteur"), &json!("montant_brut")),
        "{refused}"
    );
    let out = app.post("/api/sync/mon-crm-d-ete/export", json!({})).await.json();
    assert_eq!(out["status"], "success", "{out}");
}
