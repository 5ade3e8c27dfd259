//! Local mode: who may ask, and from where something may be changed.

use std::net::SocketAddr;

use axum::extract::ConnectInfo;
use axum::http::Method;
use serde_json::json;

use crate::harness::{TestApp, request, with_header, with_json};

#[tokio::test]
async fn only_names_of_this_machine_are_answered() {
    let app = TestApp::start().await;
    for (host, allowed) in [
        ("127.0.0.1:3000", true),
        ("127.0.0.1", true),
        ("localhost", true),
        ("localhost:8080", true),
        ("LOCALHOST:8080", true),
        ("[::1]", true),
        ("[::1]:3000", true),
        ("example.com", false),
        ("localhost.example.com", false),
        ("example.com:3000", false),
        ("127.0.0.1.nip.io", false),
        ("127.0.0.1@example.com", false),
        ("127.0.0.2", false),
        ("127.1", false),
        ("2130706433", false),
        ("0.0.0.0", false),
        ("192.168.1.10:3000", false),
        ("[::]", false),
        ("[::1", false),
        ("::1", false),
        ("[::1]x", false),
        ("[localhost]", false),
        ("localhost:", false),
        ("localhost:99999", false),
        ("localhost:80:80", false),
        ("", false),
    ] {
        for path in ["/", "/api/deals", "/healthz", "/nothing"] {
            let answer = app.send(with_header(request(Method::GET, path), "host", host)).await;
            assert_eq!(answer.status.as_u16() != 403, allowed, "{host}{path}: {}", answer.status);
        }
    }
}

#[tokio::test]
async fn a_refusal_is_json_under_api_and_a_page_elsewhere() {
    let app = TestApp::start().await;
    let from = |path| with_header(request(Method::GET, path), "host", "example.com");
    app.send(from("/api/deals")).await.refusal(403, "local_only");
    let page = app.send(from("/")).await;
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert!(page.text.contains("Passerelle ne répond qu'à cette machine"));
}

#[tokio::test]
async fn a_request_without_one_host_is_refused() {
    let app = TestApp::start().await;
    let mut without = request(Method::GET, "/api/deals");
    without.headers_mut().remove("host");
    app.send(without).await.refusal(403, "local_only");
    let mut twice = request(Method::GET, "/api/deals");
    twice.headers_mut().append("host", "localhost".parse().unwrap());
    app.send(twice).await.refusal(403, "local_only");
    // A target with a name of its own, as a proxy gets it.
    app.send(request(Method::GET, "http://example.com/api/deals")).await.refusal(403, "local_only");
}

#[tokio::test]
async fn only_this_machine_s_programs_are_answered() {
    let app = TestApp::start().await;
    for (peer, allowed) in [
        ("127.0.0.1:1", true),
        ("127.8.9.10:1", true),
        ("[::1]:1", true),
        ("[::ffff:127.0.0.1]:1", true),
        ("192.168.1.10:1", false),
        ("[::ffff:192.168.1.10]:1", false),
        ("8.8.8.8:1", false),
        ("[2001:db8::1]:1", false),
    ] {
        let mut from = request(Method::GET, "/api/deals");
        from.extensions_mut().insert(ConnectInfo(peer.parse::<SocketAddr>().unwrap()));
        assert_eq!(app.send(from).await.status.as_u16() == 200, allowed, "{peer}");
    }
    let mut unknown = request(Method::GET, "/api/deals");
    unknown.extensions_mut().remove::<ConnectInfo<SocketAddr>>();
    app.send(unknown).await.refusal(403, "local_only");
}

/// What a browser says about where a request comes from, and whether it may change something.
const ORIGINS: [(&[(&str, &str)], bool); 14] = [
    (&[], true),
    (&[("origin", "http://127.0.0.1:3000")], true),
    (&[("sec-fetch-site", "same-origin")], true),
    (&[("sec-fetch-site", "none")], true),
    (&[("origin", "http://127.0.0.1:3000"), ("sec-fetch-site", "same-origin")], true),
    (&[("sec-fetch-site", "cross-site")], false),
    (&[("sec-fetch-site", "same-site")], false),
    (&[("sec-fetch-site", "")], false),
    (&[("origin", "http://127.0.0.1:3000"), ("sec-fetch-site", "cross-site")], false),
    (&[("origin", "http://example.com")], false),
    (&[("origin", "http://127.0.0.1:4000")], false),
    (&[("origin", "http://localhost:3000")], false),
    (&[("origin", "http://127.0.0.1:3000.example.com")], false),
    (&[("origin", "null")], false),
];

#[tokio::test]
async fn nothing_is_changed_from_another_site() {
    let app = TestApp::start().await;
    for (headers, allowed) in ORIGINS {
        let mut create = with_json(
            request(Method::POST, "/api/deals"),
            json!({"client": "A", "montant_brut": 1}).to_string(),
        );
        for (name, value) in headers {
            create = with_header(create, name, value);
        }
        let before = app.get("/api/deals").await.header("x-total-count").to_owned();
        let answer = app.send(create).await;
        let after = app.get("/api/deals").await.header("x-total-count").to_owned();
        if allowed {
            assert_eq!(answer.status.as_u16(), 201, "{headers:?}");
        } else {
            answer.refusal(403, "foreign_origin");
        }
        assert_eq!(before != after, allowed, "{headers:?}");
    }
}

#[tokio::test]
async fn every_address_that_changes_something_asks_where_it_comes_from() {
    let app = TestApp::start().await;
    let document = app.get("/api/openapi.json").await.json();
    let mut addresses: Vec<(Method, String)> = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys().filter(|method| *method != "get") {
            addresses.push((
                method.to_uppercase().parse().unwrap(),
                path.replace("{id}", "1").replace("{provider}", "airtable"),
            ));
        }
    }
    addresses.push((Method::POST, "/".to_owned()));
    addresses.push((Method::POST, "/connectors".to_owned()));
    assert!(addresses.len() > 12);
    for (method, path) in addresses {
        let foreign = with_header(request(method.clone(), &path), "origin", "https://example.com");
        assert_eq!(app.send(foreign).await.status.as_u16(), 403, "{method} {path}");
    }
}

#[tokio::test]
async fn reading_is_not_asked_where_it_comes_from() {
    let app = TestApp::start().await;
    let followed = with_header(request(Method::GET, "/"), "sec-fetch-site", "cross-site");
    assert_eq!(app.send(followed).await.status.as_u16(), 200);
}
