//! The envelope of every refusal: JSON, whole, in the reader's language, never a 5xx for a bad request.

use axum::http::{Method, StatusCode};
use serde_json::json;

use crate::harness::{TestApp, request, with_header, with_json};

#[tokio::test]
async fn an_address_or_a_method_that_is_not_there() {
    let app = TestApp::start().await;
    for path in
        ["/api", "/api/", "/api/nothing", "/api/deals/1/2/3", "/api/connectors", "/api/sync/airtable/x/y"]
    {
        assert_eq!(app.get(path).await.refusal(404, "not_found"), "Cette adresse n'existe pas.", "{path}");
        app.call(path).await.refusal(404, "not_found");
    }
    for (method, path) in [
        (Method::PATCH, "/api/deals"),
        (Method::POST, "/api/deals/1"),
        (Method::GET, "/api/connectors/test/airtable"),
        (Method::DELETE, "/api/connectors/config"),
        (Method::GET, "/api/sync/airtable/import"),
        (Method::PUT, "/api/sync/logs"),
    ] {
        let answer = app.send(request(method, path)).await;
        answer.refusal(405, "method_not_allowed");
        assert!(!answer.header("allow").is_empty(), "{path}");
    }
}

#[tokio::test]
async fn a_body_that_cannot_be_read() {
    let app = TestApp::start().await;
    let post = |body: &str| with_json(request(Method::POST, "/api/deals"), body.to_owned());
    for body in ["", "{", "{\"client\":}", "nul", "{\"client\":\"A\"} x", "{\"client\":\"\u{1}\"}"] {
        let error = app.send(post(body)).await.refusal(400, "invalid_json");
        assert!(error.starts_with("JSON invalide"), "{body}: {error}");
    }
    let deep = format!("{}1{}", "[".repeat(5_000), "]".repeat(5_000));
    app.send(post(&deep)).await.refusal(400, "invalid_json");
    for body in ["[]", "null", "3", "\"text\""] {
        let error = app.send(post(body)).await.refusal(400, "invalid");
        assert!(error.contains("objet JSON"), "{body}: {error}");
    }
}

#[tokio::test]
async fn what_stands_in_a_bad_body_is_not_repeated() {
    let app = TestApp::start().await;
    let body = format!("{{\"api_token\":\"{}\" oops", app.token);
    let answer = app.send(with_json(request(Method::PUT, "/api/connectors/config/airtable"), body)).await;
    answer.refusal(400, "invalid_json");
}

#[tokio::test]
async fn a_body_that_is_not_json() {
    let app = TestApp::start().await;
    for kind in
        ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "json", ""]
    {
        let plain = with_json(request(Method::POST, "/api/deals"), r#"{"client":"A","montant_brut":1}"#);
        let answer = app.send(with_header(plain, "content-type", kind)).await;
        answer.refusal(415, "unsupported_media_type");
    }
    let with_charset = with_json(request(Method::POST, "/api/deals"), r#"{"client":"A","montant_brut":1}"#);
    let with_charset = with_header(with_charset, "content-type", "Application/JSON; charset=utf-8");
    assert_eq!(app.send(with_charset).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn a_body_that_is_too_large() {
    let app = TestApp::start().await;
    let body = json!({"client": "A", "montant_brut": 1, "notes": "x".repeat(2 * 1024 * 1024)}).to_string();
    let sized = with_header(
        with_json(request(Method::POST, "/api/deals"), body.clone()),
        "content-length",
        &body.len().to_string(),
    );
    for request in [with_json(request(Method::POST, "/api/deals"), body), sized] {
        let error = app.send(request).await.refusal(413, "too_large");
        assert!(error.contains("2 Mo"), "{error}");
    }
    assert_eq!(app.get("/api/deals").await.header("x-total-count"), "0");
}

#[tokio::test]
async fn an_id_that_is_none() {
    let app = TestApp::start().await;
    for id in ["abc", "1.5", "%20", "99999999999999999999", "1;drop", "%ff"] {
        for path in [format!("/api/deals/{id}"), format!("/api/sync/runs/{id}")] {
            let answer = app.send(request(Method::PUT, &path)).await;
            assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
            let answer = app.get(&path).await;
            assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
            answer.json();
        }
    }
    for id in ["0", "-1", "404", "9223372036854775807"] {
        app.get(&format!("/api/sync/runs/{id}")).await.refusal(404, "not_found");
        app.delete(&format!("/api/deals/{id}")).await.refusal(404, "not_found");
    }
}

#[tokio::test]
async fn the_reader_s_language() {
    let app = TestApp::start().await;
    for (header, value, expected) in [
        ("accept-language", "en", "There is nothing at this address."),
        ("accept-language", "en-GB,fr;q=0.8", "There is nothing at this address."),
        ("accept-language", "fr,en;q=0.9", "Cette adresse n'existe pas."),
        ("accept-language", "de", "Cette adresse n'existe pas."),
        ("cookie", "theme=dark; lang=en", "There is nothing at this address."),
        ("cookie", "lang=xx", "Cette adresse n'existe pas."),
    ] {
        let answer = app.send(with_header(request(Method::GET, "/api/nothing"), header, value)).await;
        assert_eq!(answer.refusal(404, "not_found"), expected, "{header}: {value}");
    }
    let chosen = with_header(request(Method::GET, "/api/nothing"), "cookie", "lang=fr");
    let answer = app.send(with_header(chosen, "accept-language", "en")).await;
    assert_eq!(answer.refusal(404, "not_found"), "Cette adresse n'existe pas.");
}
