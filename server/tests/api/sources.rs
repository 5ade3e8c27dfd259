//! Sources of data for programs: tested, synced, and how they stand.

use std::fs::File;
use std::io::Write;
use std::time::{Duration, SystemTime};

use axum::http::Method;
use serde_json::{Value, json};

use crate::harness::{Answer, TestApp, request, with_header, with_json};

/// A source named `cave` over the folder of exports.
pub(crate) async fn with_cave() -> TestApp {
    let app = TestApp::start().await;
    let folder = app.exports.path().display().to_string();
    let answer = app
        .form(
            "/connectors",
            &[("connector_name", "cave"), ("connector_type", "isavigne"), ("isavigne_export_path", &folder)],
        )
        .await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/connectors/cave?notice=saved"));
    app
}

/// A file that nobody has touched for an hour.
pub(crate) fn export(app: &TestApp, name: &str, lines: &[&str]) {
    let mut file = File::create(app.exports.path().join(name)).unwrap();
    file.write_all(lines.join("\n").as_bytes()).unwrap();
    file.set_modified(SystemTime::now() - Duration::from_secs(3_600)).unwrap();
}

pub(crate) fn wine(app: &TestApp) {
    export(app, "clients.csv", &["Code client;Nom", "C1;Dupont", "C2;Durand"]);
    export(
        app,
        "ventes.csv",
        &[
            "Ligne;Client;Produit;Date;Quantité;Prix unitaire",
            "L1;C1;P1;21/11/2026;2;10,50",
            "L2;C2;P1;pas une date;1;10,50",
        ],
    );
}

async fn synced(app: &TestApp, body: Value) -> Answer {
    app.post("/connectors/cave/sync", body).await
}

#[tokio::test]
async fn a_source_is_tested_and_synced() {
    let app = with_cave().await;
    let empty = app.call("/connectors/cave/test").await.json();
    assert_eq!((&empty["success"], &empty["status"]), (&json!(false), &json!("error")));
    assert!(empty["message"].as_str().unwrap().starts_with('✗'), "{empty}");

    wine(&app);
    let tested = app.call("/connectors/cave/test").await.json();
    assert_eq!((&tested["success"], &tested["status"]), (&json!(true), &json!("healthy")));
    assert!(tested["message"].as_str().unwrap().starts_with("✓ Connexion OK"), "{tested}");

    let answer = app.call("/connectors/cave/sync").await;
    let load = answer.json();
    assert_eq!(answer.status.as_u16(), 200);
    assert_eq!((&load["success"], &load["connector_type"]), (&json!(true), &json!("isavigne")));
    assert_eq!(load["records_processed"], json!({"CUSTOMERS": 2, "SALES_LINES": 2}));
    assert!(load["duration_seconds"].is_number() && load["timestamp"].is_string(), "{load}");
    assert!(load["errors"][0].as_str().unwrap().contains("ligne 3"), "{load}");
    assert_eq!(load["warnings"], json!([]));

    let logs = app.get("/connectors/cave/logs?limit=1").await.json();
    assert_eq!((&logs["connector_name"], &logs["total"]), (&json!("cave"), &json!(1)));
    assert_eq!(logs["logs"][0]["run_id"], load["run_id"]);
    assert_eq!(app.get("/connectors/cave/logs?offset=1").await.json()["logs"], json!([]));

    let status = app.get("/connectors/api/status").await.json();
    assert_eq!((&status["connectors_registered"], &status["total_syncs"]), (&json!(1), &json!(1)));
    assert_eq!((&status["successful_syncs"], &status["failed_syncs"]), (&json!(1), &json!(0)));
    assert!(status["avg_sync_duration_seconds"].is_number() && status["timestamp"].is_string());
    assert_eq!(status["connectors_by_status"], json!({"error": 1}), "rows were refused");
    let metrics = app.get("/connectors/api/metrics").await.json();
    assert_eq!(metrics["total_records_synced"], 3);
    assert_eq!(metrics["records_by_table"], json!({"CUSTOMERS": 2, "SALES_LINES": 1}));
    assert_eq!((&metrics["total_errors"], &metrics["total_warnings"]), (&json!(1), &json!(0)));
}

#[tokio::test]
async fn one_table_or_only_what_is_new() {
    let app = with_cave().await;
    wine(&app);
    let only = synced(&app, json!({"source": "customers", "last_sync": null})).await.json();
    assert_eq!(only["records_processed"], json!({"CUSTOMERS": 2}));
    let later = synced(&app, json!({"source": null, "last_sync": "2999-12-27T16:00:00"})).await.json();
    assert_eq!((&later["success"], &later["records_processed"]), (&json!(true), &json!({})));
    let all = synced(&app, json!({})).await.json();
    assert_eq!(all["records_processed"], json!({"SALES_LINES": 2}));
}

#[tokio::test]
async fn what_makes_no_sense_is_named() {
    let app = with_cave().await;
    let both = synced(&app, json!({"source": "clients", "last_sync": "hier", "all": true})).await;
    let told = both.refusal(400, "invalid");
    for part in ["clients", "contact_history", "hier", "2025-12-27T16:00:00", "all"] {
        assert!(told.contains(part), "{told}");
    }
    assert!(synced(&app, json!({"source": 7})).await.refusal(400, "invalid").contains("nombre"));
    let path = "/connectors/cave/sync";
    let broken = app.send(with_json(request(Method::POST, path), "{")).await;
    broken.refusal(400, "invalid_json");
    let mut text = request(Method::POST, path);
    *text.body_mut() = "source=customers".into();
    app.send(text).await.refusal(415, "unsupported_media_type");
    app.get("/connectors/cave/logs?limit=0").await.refusal(400, "invalid");
    app.get("/connectors/cave/logs?page=2").await.refusal(400, "invalid");
    assert_eq!(app.get("/connectors/cave/logs").await.json()["total"], 0, "nothing was begun");
}

#[tokio::test]
async fn a_source_that_is_not_there_is_told_in_the_envelope() {
    let app = TestApp::start().await;
    for name in ["cave", "airtable", "new", "é%2F..", "%00"] {
        for call in ["test", "sync"] {
            let answer = app.call(&format!("/connectors/{name}/{call}")).await;
            answer.refusal(404, "not_found");
        }
        app.get(&format!("/connectors/{name}/logs")).await.refusal(404, "not_found");
    }
    app.get("/connectors/api/nothing").await.refusal(404, "not_found");
    let english = with_header(request(Method::POST, "/connectors/cave/test"), "accept-language", "en");
    assert!(app.send(english).await.refusal(404, "not_found").starts_with("There is no connector"));
}

#[tokio::test]
async fn a_source_that_cannot_be_read_fails_with_every_key() {
    let app = with_cave().await;
    std::fs::remove_dir(app.exports.path()).unwrap();
    let answer = app.call("/connectors/cave/sync").await;
    let load = answer.json();
    assert_eq!((answer.status.as_u16(), &load["success"]), (500, &json!(false)), "{load}");
    for key in ["connector_type", "records_processed", "duration_seconds", "warnings", "timestamp"] {
        assert!(!load[key].is_null(), "{key}: {load}");
    }
    assert!(!load["errors"].as_array().unwrap().is_empty(), "{load}");
    std::fs::create_dir(app.exports.path()).unwrap();
}

#[tokio::test]
async fn whoever_does_not_wait_gets_the_run() {
    let app = with_cave().await;
    wine(&app);
    let hurry = with_header(request(Method::POST, "/connectors/cave/sync"), "prefer", "respond-async");
    let answer = app.send(hurry).await;
    assert_eq!((answer.status.as_u16(), &answer.json()["success"]), (202, &json!(true)));
    let run_id = answer.json()["run_id"].as_i64().unwrap();
    assert_eq!(answer.header("location"), format!("/api/sync/runs/{run_id}"));
    let load = app.hub.wait_load(run_id, model::Lang::Fr).await.unwrap();
    assert_eq!(load.processed(), 4);
    let refused = app.get(&format!("/api/sync/runs/{run_id}/failures")).await.data();
    assert_eq!(refused[0]["client"], "ventes.csv, ligne 3");
}

#[tokio::test]
async fn other_sites_cannot_act() {
    let app = with_cave().await;
    for (path, is_json) in [
        ("/connectors/cave/test", true),
        ("/connectors/cave/sync", true),
        ("/connectors", false),
        ("/connectors/cave", false),
        ("/connectors/cave/delete", false),
    ] {
        let foreign = with_header(request(Method::POST, path), "origin", "https://example.com");
        let answer = app.send(foreign).await;
        assert_eq!(answer.status.as_u16(), 403, "{path}");
        let kind = if is_json { "application/json" } else { "text/html; charset=utf-8" };
        assert_eq!(answer.header("content-type"), kind, "{path}");
    }
    assert_eq!(app.get("/connectors/api/status").await.json()["connectors_registered"], 1);
}
