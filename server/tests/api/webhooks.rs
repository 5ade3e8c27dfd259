//! Webhooks: signed messages to a receiver on this machine, and what becomes of those that do not arrive.

use std::time::Duration;

use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::harness::{Answer, TestApp};
use crate::webhook_receiver::{Receiver, allowed};

async fn add(app: &TestApp, url: String, events: &[&str]) -> (i64, String) {
    let answer = app.post("/api/webhooks", json!({"url": url, "title": "Équipe", "events": events})).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    let data = answer.data();
    (data["webhook"]["id"].as_i64().unwrap(), data["secret"].as_str().unwrap().to_owned())
}

/// The messages to a webhook once they are as they should be.
async fn deliveries(app: &TestApp, id: i64, fact: impl Fn(&[Value]) -> bool) -> Vec<Value> {
    let waiting = async {
        loop {
            let found = app.get(&format!("/api/webhooks/{id}/deliveries")).await.data();
            let found = found.as_array().unwrap().clone();
            if fact(&found) {
                return found;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), waiting).await.unwrap()
}

async fn import(app: &TestApp) -> Answer {
    app.call("/api/sync/airtable/import").await
}

#[tokio::test]
async fn a_message_arrives_signed_and_tells_no_secret() {
    let app = allowed(Duration::from_secs(15)).await;
    let receiver = Receiver::start().await;
    let (id, secret) = add(&app, format!("{}/ok", receiver.url), &["run.finished", "run.failed"]).await;
    app.fill([json!({"Name": "CANARY & Fils", "Amount": 12})]);
    let run_id = import(&app).await.json()["run_id"].clone();

    let found = deliveries(&app, id, |all| all.len() == 1 && all[0]["status"] == "delivered").await;
    let delivery = &found[0];
    assert_eq!(
        (&delivery["attempts"], &delivery["response_status"], &delivery["event"]),
        (&json!(1), &json!(200), &json!("run.finished"))
    );
    let arrived = receiver.arrived();
    let [(headers, body)] = arrived.as_slice() else { panic!("{arrived:?}") };
    let header = |name: &str| headers[name].to_str().unwrap();
    let key = STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
    mac.update(format!("{}.{}.{body}", header("webhook-id"), header("webhook-timestamp")).as_bytes());
    let signature = STANDARD.decode(header("webhook-signature").strip_prefix("v1,").unwrap()).unwrap();
    mac.verify_slice(&signature).unwrap();
    assert_eq!(header("webhook-id"), delivery["message_id"]);
    assert_eq!(header("content-type"), "application/json");

    let told: Value = serde_json::from_str(body).unwrap();
    assert_eq!(told, delivery["payload"]);
    assert_eq!((&told["type"], &told["data"]["run_id"]), (&json!("run.finished"), &run_id));
    assert_eq!(told["data"]["counts"]["created"], 1);
    assert_eq!(told["data"]["path"], format!("/runs/{run_id}"));
    for hidden in [app.token.as_str(), secret.as_str(), "CANARY"] {
        assert!(!body.contains(hidden), "{body}");
        assert!(!app.get("/api/webhooks").await.text.contains(hidden), "{hidden}");
    }

    // Sent again, its receiver knows it by the same id.
    let again = app.call(&format!("/api/webhooks/{id}/deliveries/{}/redeliver", delivery["id"])).await.data();
    assert_eq!(again["message_id"], delivery["message_id"]);
    deliveries(&app, id, |all| all.len() == 2 && all[0]["status"] == "delivered").await;
    assert_eq!(receiver.arrived().len(), 2);

    // A test is answered at once; another secret signs from then on.
    let other = app.call(&format!("/api/webhooks/{id}/secret")).await.data();
    assert_ne!(other["secret"], secret.as_str());
    let tested = app.call(&format!("/api/webhooks/{id}/test")).await.data();
    assert_eq!((&tested["status"], &tested["event"]), (&json!("delivered"), &json!("test")));
}

#[tokio::test]
async fn a_failure_is_told_once_with_its_reason_and_then_the_recovery() {
    let app = allowed(Duration::from_secs(15)).await;
    let receiver = Receiver::start().await;
    let events = ["run.failed", "token.expired", "run.recovered"];
    let (id, _) = add(&app, format!("{}/ok", receiver.url), &events).await;
    app.put("/api/connectors/config/airtable", json!({"api_token": "patWrong.secretCANARY0123456789"})).await;
    import(&app).await;
    import(&app).await;
    app.configure().await;
    import(&app).await;
    let found =
        deliveries(&app, id, |all| all.len() == 4 && all.iter().all(|d| d["status"] == "delivered")).await;
    let told: Vec<&str> = found.iter().rev().map(|d| d["event"].as_str().unwrap()).collect();
    assert_eq!(told, ["run.failed", "token.expired", "run.failed", "run.recovered"]);
    let error = &found[3]["payload"]["data"]["error"];
    assert_eq!(error["code"], "unauthorized");
    assert_eq!(error["message"]["fr"], "Token Airtable invalide ou expiré");
    assert!(receiver.arrived().iter().all(|(_, body)| !body.contains("CANARY")));
}

#[tokio::test]
async fn what_hangs_is_tried_again_later() {
    let app = allowed(Duration::from_millis(50)).await;
    let receiver = Receiver::start().await;
    let (id, _) = add(&app, format!("{}/hangs", receiver.url), &["run.finished"]).await;
    let (well, _) = add(&app, format!("{}/ok", receiver.url), &["run.finished"]).await;
    import(&app).await;
    let found = deliveries(&app, id, |all| all.len() == 1 && all[0]["attempts"] != 0).await;
    let delivery = &found[0];
    assert_eq!((&delivery["status"], &delivery["completed_at"]), (&json!("pending"), &Value::Null));
    assert!(delivery["next_at"].as_str() > delivery["created_at"].as_str(), "{delivery}");
    assert!(delivery["error"].as_str().unwrap().contains("n'a pas répondu à temps"), "{delivery}");
    deliveries(&app, well, |all| all.len() == 1 && all[0]["status"] == "delivered").await;
    let waiting = app.call(&format!("/api/webhooks/{id}/deliveries/{}/redeliver", delivery["id"])).await;
    waiting.refusal(400, "invalid");
}

#[tokio::test]
async fn a_redirect_is_a_failure_and_gone_is_the_end() {
    let app = allowed(Duration::from_secs(15)).await;
    let receiver = Receiver::start().await;
    let try_at = async |path: &str| {
        let (id, _) = add(&app, format!("{}{path}", receiver.url), &["run.finished"]).await;
        (id, app.call(&format!("/api/webhooks/{id}/test")).await.data())
    };
    let (_, told) = try_at("/elsewhere").await;
    assert_eq!((&told["status"], &told["response_status"]), (&json!("failed"), &json!(302)));
    assert!(told["error"].as_str().unwrap().contains("redirection"), "{told}");
    let (_, told) = try_at("/broken").await;
    assert_eq!((&told["status"], &told["response_status"]), (&json!("failed"), &json!(503)));
    assert!(told["error"].as_str().unwrap().len() < 600, "{told}");

    let (id, told) = try_at("/gone").await;
    assert_eq!(told["response_status"], 410);
    let path = format!("/api/webhooks/{id}");
    let webhook = app.get(&path).await.data();
    assert!(webhook["disabled"].as_str().unwrap().contains("ne veut plus de messages"), "{webhook}");
    import(&app).await;
    assert_eq!(deliveries(&app, id, |_| true).await.len(), 1, "nothing more is sent there");
    let webhook = app.put(&path, json!({"is_active": true})).await.data();
    assert_eq!(webhook["disabled"], Value::Null);
    assert!(receiver.arrived().is_empty());
}

#[tokio::test]
async fn addresses_that_lead_inside_are_refused_and_not_dialled() {
    let app = TestApp::start().await;
    let receiver = Receiver::start().await;
    let inside = [format!("{}/ok", receiver.url), receiver.url.replace("127.0.0.1", "localhost")];
    for url in inside {
        let sentence = app.post("/api/webhooks", json!({"url": url})).await.refusal(400, "invalid");
        assert!(sentence.contains("n'est pas autorisée"), "{sentence}");
    }
    for (body, says) in [
        (json!({}), "L'adresse n'en est pas une"),
        (json!({"url": "ftp://example.com"}), "n'est pas autorisée"),
        (json!({"url": "https://me:secret@example.com"}), "n'est pas autorisée"),
        (json!({"url": "https://example.com", "events": []}), "Choisissez au moins un événement"),
        (json!({"url": "https://example.com", "events": ["test"]}), "n'est pas un événement"),
        (json!({"url": "https://example.com", "events": "run.failed"}), "une liste attendu"),
        (json!({"url": "https://example.com", "title": "x".repeat(101)}), "100 caractères"),
        (json!({"url": "https://example.com", "secret": "whsec_"}), "n'existe pas ici"),
    ] {
        let sentence = app.post("/api/webhooks", body).await.refusal(400, "invalid");
        assert!(sentence.contains(says), "{sentence}");
    }
    assert!(receiver.arrived().is_empty());
    assert_eq!(app.get("/api/webhooks").await.data(), json!([]));

    let (id, _) = add(&app, "https://example.com/hook".to_owned(), &["run.failed", "run.failed"]).await;
    let path = format!("/api/webhooks/{id}");
    assert_eq!(app.get(&path).await.data()["events"], json!(["run.failed"]));
    assert_eq!(app.delete(&path).await.status, StatusCode::OK);
    app.get(&path).await.refusal(404, "not_found");
    app.call(&format!("{path}/test")).await.refusal(404, "not_found");
}
