//! Any API as a connection, from its description to its dataset, over HTTP.

use axum::http::Method;
use hub::ServiceOptions;
use sandbox::rest::{Access, Options, Simulator};
use serde_json::{Value, json};

use crate::harness::{TestApp, request};

const CUSTOMERS: usize = 250;

/// A program beside an API that lists customers, and that API.
async fn beside_an_api() -> (TestApp, Simulator) {
    let access = Access::Header("X-API-Key".to_owned(), "rest-CANARY-0123456789".to_owned());
    let api = Simulator::start(Options { access, ..Options::unlimited() }).await.unwrap();
    api.add(CUSTOMERS);
    let service = ServiceOptions { base_url: Some(api.url().to_owned()), token: None };
    (TestApp::start_with([("rest_api".to_owned(), service)]).await, api)
}

/// A description of the API, as the seed writes one.
fn described(name: &str, path: &str, paging: Value) -> Value {
    let mut config =
        json!({"url": format!("https://api.example.com{path}"), "method": "GET", "data_path": "data"});
    for (key, value) in paging.as_object().unwrap() {
        config[key] = value.clone();
    }
    json!({
        "connection_type": "rest_api", "name": name, "config": config,
        "credentials": {
            "auth_type": "api_key", "key_name": "X-API-Key", "api_key": "rest-CANARY-0123456789", "key_prefix": "",
        },
        "auto_sync_enabled": false,
    })
}

fn by_cursor(name: &str) -> Value {
    let paging = json!({
        "paging": "cursor", "cursor_param": "cursor", "cursor_path": "meta.next_cursor", "size_param": "limit",
        "page_size": 100, "data_path": "data.items",
    });
    described(name, "/cursor", paging)
}

fn by_page(name: &str) -> Value {
    described(name, "/page", json!({"paging": "page", "size_param": "per_page", "page_size": "60"}))
}

async fn made(app: &TestApp, body: Value) -> i64 {
    let answer = app.post("/api/connections/", body).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    assert!(!answer.text.contains("CANARY"), "{}", answer.text);
    answer.json()["id"].as_i64().unwrap()
}

async fn synced(app: &TestApp, id: i64, body: Value) -> Value {
    let answer = app.post(&format!("/api/connections/{id}/sync"), body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()
}

/// Every row of a dataset, by key.
async fn rows(app: &TestApp, dataset: &Value) -> Vec<Value> {
    let answer = app.get(&format!("/api/datasets/{dataset}/rows?limit=1000")).await;
    let mut rows = answer.data().as_array().unwrap().clone();
    rows.sort_by_key(|row| row["key"].as_str().unwrap().to_owned());
    rows
}

#[tokio::test]
async fn one_api_described_in_two_ways_gives_one_dataset() {
    let (app, api) = beside_an_api().await;
    let mut datasets = Vec::new();
    for (body, name) in [(by_cursor("Par curseur"), "Données CRM"), (by_page("Par page"), "Les mêmes")] {
        let id = made(&app, body).await;
        let done = synced(&app, id, json!({"save_as_dataset": true, "dataset_name": name})).await;
        assert_eq!((&done["success"], &done["subject"]), (&json!(true), &json!("dataset")), "{done}");
        assert_eq!(done["records_created"], CUSTOMERS, "{done}");
        assert_eq!(done["dataset_name"], name);
        assert!(done["bytes"].as_u64().is_some_and(|bytes| bytes > 10_000), "{done}");
        datasets.push(rows(&app, &done["dataset_id"]).await);
        let again = synced(&app, id, json!({"save_as_dataset": true, "dataset_name": name})).await;
        assert_eq!(
            (&again["status"], &again["records_unchanged"]),
            (&json!("success"), &json!(CUSTOMERS)),
            "{again}"
        );
    }
    assert_eq!(datasets[0].len(), CUSTOMERS);
    assert_eq!(datasets[0], datasets[1]);
    let expected: Vec<Value> = api.rows().iter().map(|row| serde_json::from_str(row).unwrap()).collect();
    let found = |wanted: &Value| datasets[0].iter().any(|row| row["content"] == *wanted);
    assert!(expected.iter().all(found), "every row of the service is there as it is");
}

#[tokio::test]
async fn what_changes_and_disappears_makes_a_version() {
    let (app, api) = beside_an_api().await;
    let id = made(&app, by_cursor("Clients")).await;
    let first = synced(&app, id, json!({})).await;
    assert_eq!(first["dataset_name"], "Clients", "a dataset is where rows of an API go: {first}");
    let ids = api.ids();
    api.update(ids[0], 2);
    api.delete(ids[1]);
    let second = synced(&app, id, json!({})).await;
    assert_eq!(
        (&second["records_updated"], &second["records_unchanged"]),
        (&json!(1), &json!(CUSTOMERS - 2)),
        "{second}"
    );
    assert!(!second["warnings"].as_array().unwrap().is_empty(), "what disappeared is told: {second}");
    let dataset = &first["dataset_id"];
    let versions = app.get(&format!("/api/datasets/{dataset}/versions")).await.data();
    assert_eq!(versions.as_array().unwrap().len(), 2, "{versions}");
    assert_eq!(rows(&app, dataset).await.len(), CUSTOMERS - 1);
    let before = app.get(&format!("/api/datasets/{dataset}/rows?version=1&limit=1000")).await;
    assert_eq!(before.header("x-total-count"), CUSTOMERS.to_string());
    let history = app.get(&format!("/api/connections/{id}/history")).await.json();
    assert_eq!(history.as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_test_shows_what_was_sent_and_what_came() {
    let (app, _api) = beside_an_api().await;
    let tested = app.post("/api/connections/test", by_page("Essai")).await;
    assert!(!tested.text.contains("CANARY"), "{}", tested.text);
    let tested = tested.json();
    assert_eq!(tested["success"], true, "{tested}");
    assert_eq!((&tested["exchange"]["status"], &tested["exchange"]["found"]), (&json!(200), &json!(60)));
    assert!(tested["exchange"]["request"].as_str().unwrap().starts_with("GET "), "{tested}");
    assert_eq!(tested["sample"].as_array().unwrap().len(), 20);
    let mut lost = by_page("Essai");
    lost["config"]["data_path"] = json!("results.rows");
    let lost = app.post("/api/connections/test", lost).await.json();
    assert_eq!(lost["success"], false, "{lost}");
    assert!(
        lost["error"].as_str().unwrap().contains("results") && !lost["exchange"]["body"].is_null(),
        "{lost}"
    );
    assert_eq!(app.get("/api/connections/").await.json(), json!([]), "nothing is stored");
}

#[tokio::test]
async fn rules_refuse_rows_and_keep_them() {
    let (app, _api) = beside_an_api().await;
    let id = made(&app, by_cursor("Clients")).await;
    let address = format!("/api/connections/{id}");
    let wrong = json!({"rules": [{"column": "name", "must": "pattern", "regex": "("}]});
    app.put(&address, wrong).await.refusal(400, "invalid");
    let rules = json!({"rules": [{"column": "amount", "must": "range", "min": 100.0}]});
    assert_eq!(app.put(&address, rules).await.status, 200);
    let done = synced(&app, id, json!({})).await;
    let (created, failed) =
        (done["records_created"].as_u64().unwrap(), done["records_failed"].as_u64().unwrap());
    assert_eq!((&done["status"], created + failed), (&json!("partial"), CUSTOMERS as u64), "{done}");
    assert!(created > 0 && failed > 0, "{done}");
    let refused = app.get(&format!("/api/sync/runs/{}/failures?limit=1", done["run_id"])).await.data();
    assert!(refused[0]["message"].as_str().unwrap().contains("amount"), "{refused}");
    assert_eq!(app.put(&address, json!({"rules": []})).await.status, 200);
    let replay = app.call(&format!("/api/sync/runs/{}/replay", done["run_id"])).await;
    assert!(replay.status.is_success(), "{}", replay.text);
    assert_eq!(replay.json()["records_created"], failed, "{}", replay.text);
}

#[tokio::test]
async fn a_stored_key_never_goes_to_another_address() {
    let (app, _api) = beside_an_api().await;
    let id = made(&app, by_cursor("Clients")).await;
    let address = format!("/api/connections/{id}");
    let moved = json!({"config": {"url": "https://elsewhere.example.com/cursor"}});
    let told = app.put(&address, moved.clone()).await.refusal(400, "invalid");
    assert!(told.contains("api_key"), "{told}");
    let mut typed = moved;
    typed["credentials"] = json!({"api_key": "another-key-0123456789"});
    assert_eq!(app.put(&address, typed).await.status, 200);
    let found = app.get(&address).await.json();
    assert_eq!(found["stored_credentials"], json!(["api_key"]));
    assert_eq!(found["config"]["url"], "https://elsewhere.example.com/cursor");
}

#[tokio::test]
async fn a_connection_is_planned_when_it_is_made_and_after() {
    let (app, _api) = beside_an_api().await;
    let mut body = by_cursor("Clients");
    body["auto_sync_enabled"] = json!(true);
    body["sync_frequency"] = json!("weekly");
    let id = made(&app, body).await;
    let address = format!("/api/connections/{id}");
    let found = app.get(&address).await.json();
    assert_eq!((&found["auto_sync_enabled"], &found["sync_frequency"]), (&json!(true), &json!("weekly")));
    assert!(found["next_sync_at"].is_string(), "{found}");
    let schedule = format!("{address}/schedule");
    let cron =
        json!({"frequency": {"kind": "cron", "expression": "0 7 * * 1-5"}, "time_zone": "Europe/Paris"});
    let saved = app.put(&schedule, cron).await.json();
    assert_eq!(saved["next"].as_array().unwrap().len(), 3, "{saved}");
    for wrong in [
        json!({"frequency": {"kind": "cron", "expression": "0 0 30 2 *"}}),
        json!({"frequency": {"kind": "cron", "expression": "* * * * *"}}),
        json!({"frequency": {"kind": "sometimes"}}),
        json!({"time_zone": "Mars/Olympus"}),
        json!({"direction": "export"}),
    ] {
        app.put(&schedule, wrong).await.refusal(400, "invalid");
    }
    assert_eq!(app.get(&schedule).await.json()["frequency"]["expression"], "0 7 * * 1-5");
    assert_eq!(
        app.put(&address, json!({"auto_sync_enabled": false})).await.json()["sync_frequency"],
        Value::Null
    );
    let mut never = by_page("Jamais");
    never["auto_sync_enabled"] = json!(true);
    never["sync_frequency"] = json!("0 0 30 2 *");
    app.post("/api/connections/", never).await.refusal(400, "invalid");
    assert_eq!(
        app.get("/api/connections/").await.json().as_array().unwrap().len(),
        1,
        "nothing is half made"
    );
    assert_eq!(app.send(request(Method::DELETE, &address)).await.status, 200);
    assert_eq!(app.get(&schedule).await.status, 404);
}
