//! The rows of the canonical tables and their quality as programs ask for them.

use std::collections::BTreeMap;

use hub::{LoadRequest, SourceDraft};
use model::Lang;
use serde_json::json;

use crate::harness::TestApp;

/// A program with a source named `cave` that has loaded these files.
pub(crate) async fn loaded(files: &[(&str, &str)]) -> TestApp {
    let app = TestApp::start().await;
    let folder = app.exports.path().display().to_string();
    let draft = SourceDraft {
        name: "cave".to_owned(),
        kind: "isavigne".to_owned(),
        values: BTreeMap::from([("isavigne_export_path".to_owned(), folder)]),
    };
    app.hub.create_source(draft).await.unwrap();
    for (name, text) in files {
        put(&app, name, text);
    }
    if !files.is_empty() {
        load(&app).await;
    }
    app
}

/// A file that nobody is writing any more.
pub(crate) fn put(app: &TestApp, name: &str, text: &str) {
    let path = app.exports.path().join(name);
    std::fs::write(&path, text).unwrap();
    let hour_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(3_600);
    std::fs::File::options().write(true).open(path).unwrap().set_modified(hour_ago).unwrap();
}

pub(crate) async fn load(app: &TestApp) -> i64 {
    let run = app.hub.start_load("cave", LoadRequest::default()).await.unwrap();
    app.hub.wait_load(run, Lang::Fr).await.unwrap();
    run
}

pub(crate) const CUSTOMERS: (&str, &str) = (
    "clients.csv",
    "Code client;Nom;Ville;Refus email\nC1;Élan;Lyon;oui\nC2;Brun;Nîmes;non\nC3;=1+1;\"a;b\";",
);

pub(crate) const SALES: (&str, &str) = (
    "ventes.csv",
    "Ligne;Client;Produit;Date;Quantité;Prix unitaire;Canal\n\
     L1;C1;P1;01/02/2020;2;10,50;Web\nL2;C2;P1;02/02/2020;1,5;1234,50;Boutique\nL3;C9;P1;03/02/2020;1;8;web",
);

#[tokio::test]
async fn rows_by_filter_and_sort() {
    let app = loaded(&[CUSTOMERS, SALES]).await;
    let answer = app.get("/api/data/sales_lines?sort=-unit_price_cents&limit=2").await;
    assert_eq!(answer.header("x-total-count"), "3");
    let rows = answer.data();
    assert_eq!(rows[0]["line_key"], "L2");
    assert_eq!((&rows[0]["unit_price_cents"], &rows[0]["quantity"]), (&json!(123_450), &json!(1.5)));
    assert_eq!((&rows[0]["source"], &rows[0]["order_key"]), (&json!("cave"), &json!(null)));
    assert_eq!(rows.as_array().unwrap().len(), 2);
    for (query, keys) in [
        ("channel=WEB", &["L1", "L3"][..]),
        ("check=orphan_customer&source=cave", &["L3"]),
        ("date_from=2020-02-02&date_to=2020-02-02", &["L2"]),
        ("search=c9", &["L3"]),
        ("offset=2", &["L3"]),
        ("offset=4000000000", &[]),
        ("search=%27%20or%201%3D1%20--", &[]),
        ("channel=%27%3B%20drop%20table%20customers%3B--", &[]),
    ] {
        let rows = app.get(&format!("/api/data/sales_lines?{query}")).await.data();
        let found: Vec<&str> =
            rows.as_array().unwrap().iter().map(|row| row["line_key"].as_str().unwrap()).collect();
        assert_eq!(found, keys, "{query}");
    }
    let customers = app.get("/api/data/CUSTOMERS?search=elan").await.data();
    assert_eq!((&customers[0]["last_name"], &customers[0]["email_opt_out"]), (&json!("Élan"), &json!(true)));
}

#[tokio::test]
async fn what_makes_no_sense_is_told() {
    let app = loaded(&[CUSTOMERS]).await;
    for (query, word) in [
        ("sort=last_name;drop table customers", "sort"),
        ("sort=scope_id", "sort"),
        ("check=1 = 1", "check"),
        ("check=missing_value", "check"),
        ("date_from=hier", "date_from"),
        ("date_from=2020-01-01&date_from=2020-01-02", "date_from"),
        ("limit=0", "limit"),
        ("offset=-1", "offset"),
        ("colour=red", "colour"),
        ("source=ailleurs", "ailleurs"),
    ] {
        let refusal = app.get(&format!("/api/data/customers?{}", query.replace(' ', "%20"))).await;
        assert!(refusal.refusal(400, "invalid").contains(word), "{query}");
    }
    let refusal = app.get("/api/data/product_catalog?category=vert&date_from=2020-01-01").await;
    assert!(refusal.refusal(400, "invalid").contains("pétillant"));
    app.get("/api/data/sqlite_master").await.refusal(404, "not_found");
}

#[tokio::test]
async fn quality_of_a_run_or_of_the_last() {
    let app = loaded(&[]).await;
    assert_eq!(app.get("/api/sources/cave/quality").await.data(), json!(null));
    put(&app, CUSTOMERS.0, CUSTOMERS.1);
    put(&app, SALES.0, SALES.1);
    let run = load(&app).await;
    let report = app.get("/api/sources/cave/quality").await.data();
    assert_eq!((&report["run_id"], &report["source"]), (&json!(run), &json!("cave")));
    let sales = report["tables"].as_array().unwrap().iter().find(|table| table["table"] == "SALES_LINES");
    let check = sales.unwrap()["checks"].as_array().unwrap().iter().find(|c| c["code"] == "orphan_customer");
    assert_eq!((&check.unwrap()["rows"], &check.unwrap()["checked"]), (&json!(1), &json!(3)));
    assert_eq!(app.get(&format!("/api/sources/cave/quality?run={run}")).await.data(), report);
    app.get("/api/sources/cave/quality?run=4711").await.refusal(404, "not_found");
    app.get("/api/sources/cave/quality?run=x").await.refusal(400, "invalid");
    app.get("/api/sources/nowhere/quality").await.refusal(404, "not_found");
}
