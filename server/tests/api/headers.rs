//! Headers of every answer: what a browser may do with it, how long it is kept, which request it was.

use axum::http::Method;

use crate::harness::{TestApp, request, with_header};

#[tokio::test]
async fn every_answer_is_protected() {
    let app = TestApp::start().await;
    for path in [
        "/",
        "/connectors",
        "/nothing",
        "/healthz",
        "/readyz",
        "/api/deals",
        "/api/nothing",
        "/api/openapi.json",
        "/api/docs/",
    ] {
        let answer = app.get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; "), "{path}: {policy}");
        assert!(
            policy.contains("frame-ancestors 'none'") && policy.contains("base-uri 'none'"),
            "{path}: {policy}"
        );
        assert!(!policy.contains("http") && !policy.contains('*'), "{path}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert!(!answer.header("x-request-id").is_empty(), "{path}");
    }
    let refused = app.send(with_header(request(Method::GET, "/"), "host", "example.com")).await;
    assert_eq!(refused.status.as_u16(), 403);
    assert!(refused.header("content-security-policy").starts_with("default-src 'none'; "));
}

#[tokio::test]
async fn a_page_allows_its_own_scripts_by_a_number_used_once() {
    let app = TestApp::start().await;
    let nonce = async || {
        let page = app.get("/").await;
        assert_eq!((page.status.as_u16(), page.header("content-type")), (200, "text/html; charset=utf-8"));
        let policy = page.header("content-security-policy").to_owned();
        let nonce =
            policy.split_once("'nonce-").and_then(|(_, rest)| rest.split_once('\'')).unwrap().0.to_owned();
        assert!(page.text.contains(&format!("nonce=\"{nonce}\"")));
        nonce
    };
    assert_ne!(nonce().await, nonce().await);
}

#[tokio::test]
async fn an_unknown_page_is_a_page_and_not_found() {
    let app = TestApp::start().await;
    let page = app.get("/nothing/here").await;
    assert_eq!((page.status.as_u16(), page.header("content-type")), (404, "text/html; charset=utf-8"));
    assert_eq!(app.call("/nothing/here").await.status.as_u16(), 405);
}

#[tokio::test]
async fn a_request_keeps_the_id_a_proxy_gave_it_if_it_is_one() {
    let app = TestApp::start().await;
    let given = |id: &str| with_header(request(Method::GET, "/healthz"), "x-request-id", id);
    assert_eq!(app.send(given("abc-123")).await.header("x-request-id"), "abc-123");
    for id in ["a b", "x\"y", &"a".repeat(65)] {
        assert_ne!(app.send(given(id)).await.header("x-request-id"), id);
    }
}

#[tokio::test]
async fn health_needs_no_json() {
    let app = TestApp::start().await;
    assert_eq!(app.get("/healthz").await.status.as_u16(), 200);
    assert_eq!(app.get("/readyz").await.status.as_u16(), 200);
}

#[tokio::test]
async fn long_answers_are_compressed_for_those_who_ask() {
    let app = TestApp::start().await;
    for encoding in ["gzip", "br"] {
        let asked = with_header(request(Method::GET, "/api/openapi.json"), "accept-encoding", encoding);
        assert_eq!(app.send(asked).await.header("content-encoding"), encoding);
    }
    assert_eq!(app.get("/api/openapi.json").await.header("content-encoding"), "");
}
