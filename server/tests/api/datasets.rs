//! Datasets as programs ask for them: a table of the simulator, in versions.

use hub::Kind;
use model::Lang;
use serde_json::{Value, json};

use crate::harness::TestApp;

/// A program with a dataset of three rows, in its first version.
async fn loaded() -> TestApp {
    let app = TestApp::configured().await;
    app.fill([
        json!({"Name": "Élan", "Amount": 12.5, "Due Date": "2026-01-31"}),
        json!({"Name": "Brun", "Amount": 100}),
        json!({"Name": "=1+1", "Amount": 7, "Notes": "a;b"}),
    ]);
    sync(&app).await;
    app
}

async fn sync(app: &TestApp) -> model::api::SyncBody {
    let run = app.hub.start_dataset_sync("airtable", None, false).await.unwrap();
    app.hub.wait_dataset(run, Lang::Fr).await.unwrap()
}

fn names(rows: &Value) -> Vec<&str> {
    rows.as_array().unwrap().iter().map(|row| row["content"]["Name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_dataset_with_its_columns() {
    let app = loaded().await;
    let list = app.get("/api/datasets").await.data();
    assert_eq!((list[0]["name"].as_str(), list.as_array().unwrap().len()), (Some("airtable"), 1));
    let id = list[0]["id"].as_i64().unwrap();
    let dataset = app.get(&format!("/api/datasets/{id}")).await.data();
    assert_eq!((&dataset["version"], &dataset["row_count"]), (&json!(1), &json!(3)));
    let columns = dataset["columns"].as_array().unwrap();
    let amount = columns.iter().find(|column| column["name"] == "Amount").unwrap();
    assert_eq!((&amount["type"], &amount["filled_percent"]), (&json!("number"), &json!(100.0)));
    assert_eq!(dataset["key"], "identifiant du service");
    app.get("/api/datasets/99").await.refusal(404, "not_found");
    app.get("/api/datasets/un").await.refusal(400, "invalid");
}

#[tokio::test]
async fn rows_by_filter_and_order() {
    let app = loaded().await;
    for (query, expected) in [
        ("", &["Élan", "Brun", "=1+1"][..]),
        ("?sort=-Amount&limit=2", &["Brun", "Élan"]),
        ("?sort=Amount&offset=2", &["Brun"]),
        ("?search=elan", &["Élan"]),
        ("?min:Amount=12.5", &["Élan", "Brun"]),
        ("?min:Amount=10&max:Amount=20", &["Élan"]),
        ("?contains:Name=RU", &["Brun"]),
        ("?eq:Name=brun", &["Brun"]),
        ("?empty:Due%20Date=true", &["Brun", "=1+1"]),
        ("?version=1&search=%27%20or%201%3D1", &[]),
    ] {
        let answer = app.get(&format!("/api/datasets/1/rows{query}")).await;
        assert_eq!(names(&answer.data()), expected, "{query}");
    }
    assert_eq!(app.get("/api/datasets/1/rows?limit=1").await.header("x-total-count"), "3");
    for query in ["sort=x", "min:Amount=dix", "min:x=1", "empty:Name=peut-être", "limit=0", "nope=1"] {
        app.get(&format!("/api/datasets/1/rows?{query}")).await.refusal(400, "invalid");
    }
    app.get("/api/datasets/1/rows?version=9").await.refusal(404, "not_found");
}

#[tokio::test]
async fn versions_and_what_differs() {
    let app = loaded().await;
    app.fill([json!({"Name": "Neuf", "Amount": "1"}), json!({"Name": "Dix", "Sector": "Vin"})]);
    sync(&app).await;
    let versions = app.get("/api/datasets/1/versions").await.data();
    assert_eq!((versions.as_array().unwrap().len(), &versions[0]["created"]), (2, &json!(2)));
    let differences = app.get("/api/datasets/1/differences").await.data();
    assert_eq!((&differences[0]["change"], &differences[0]["before"]), (&json!("created"), &Value::Null));
    assert_eq!(differences[1]["after"]["Name"], "Dix");
    app.get("/api/datasets/1/differences?version=7").await.refusal(404, "not_found");
    assert_eq!(names(&app.get("/api/datasets/1/rows?version=1").await.data()).len(), 3);
}

#[tokio::test]
async fn files_in_every_format() {
    let app = loaded().await;
    let csv = app.get("/api/datasets/1/export?format=csv").await;
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(csv.header("content-disposition"), "attachment; filename=\"airtable-v1.csv\"");
    assert!(
        csv.text.starts_with('\u{feff}') && csv.text.contains("'=1+1") && csv.text.contains("12,5"),
        "{}",
        csv.text
    );
    let list = app.get("/api/datasets/1/export?format=json").await.json();
    assert_eq!(list.as_array().unwrap().len(), 3);
    let lines = app.get("/api/datasets/1/export?format=ndjson&contains:Name=u").await;
    assert_eq!(lines.text.lines().count(), 1);
    let parquet = app.get("/api/datasets/1/export?format=parquet").await;
    assert!(parquet.text.starts_with("PAR1"));
    app.get("/api/datasets/1/export?format=xml").await.refusal(400, "invalid");
    app.get("/api/datasets/9/export").await.refusal(404, "not_found");
}

#[tokio::test]
async fn a_dataset_is_deleted_with_its_versions() {
    let app = loaded().await;
    assert_eq!(app.delete("/api/datasets/1").await.data(), json!({"deleted": 1}));
    app.delete("/api/datasets/1").await.refusal(404, "not_found");
    assert_eq!(app.hub.dataset(1, Lang::Fr).await.unwrap_err().kind, Kind::NotFound);
}
