//! What holds at every address the router knows: the list is the router's own, so none can be forgotten.

use axum::http::{HeaderMap, Method};
use serde_json::{Value, json};

use crate::harness::{TestApp, request, with_header, with_json};

/// What a browser says of a request that another site began.
const FOREIGN: [(&str, &str); 6] = [
    ("origin", "https://example.com"),
    ("origin", "http://127.0.0.1:4000"),
    ("origin", "http://sibling.127.0.0.1:3000"),
    ("origin", "null"),
    ("sec-fetch-site", "cross-site"),
    ("sec-fetch-site", "same-site"),
];

/// What another site can send without being asked whether it may.
const SIMPLE: [&str; 3] =
    ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x"];

/// Everything a caller could have changed.
async fn everything(app: &TestApp) -> Vec<Value> {
    let mut all = Vec::new();
    for path in ["/api/deals", "/api/connectors/config", "/api/sync/logs", "/api/webhooks", "/api/datasets"] {
        all.push(app.get(path).await.data());
    }
    all.push(app.get("/api/connections/").await.json());
    all
}

async fn filled() -> TestApp {
    let app = TestApp::configured().await;
    app.fill([json!({"Name": "Alpha", "Amount": 1})]);
    app.call("/api/sync/airtable/import").await.json();
    app
}

#[tokio::test]
async fn another_site_changes_nothing() {
    let app = filled().await;
    let before = everything(&app).await;
    for path in app.paths() {
        // A service's message is known by its signature, and no browser sends one along.
        let expected = if path.starts_with("/hooks/") { [404, 405] } else { [403, 403] };
        for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
            for (name, value) in FOREIGN {
                for kind in SIMPLE {
                    let form = with_header(request(method.clone(), &path), "content-type", kind);
                    let answer = app.send(with_header(form, name, value)).await;
                    let status = answer.status.as_u16();
                    assert!(expected.contains(&status), "{method} {path} {name}: {value}: {status}");
                }
            }
        }
    }
    assert_eq!(everything(&app).await, before);
}

#[tokio::test]
async fn reading_changes_nothing() {
    let app = filled().await;
    let before = everything(&app).await;
    for path in app.paths() {
        for method in [Method::GET, Method::HEAD] {
            let followed = with_header(request(method.clone(), &path), "sec-fetch-site", "cross-site");
            let answer = app.send(followed).await;
            // A server function tells every fault of its arguments so, to the page's own code.
            let is_inside = path.starts_with("/_app/");
            assert!(is_inside || !answer.status.is_server_error(), "{method} {path}: {}", answer.status);
        }
    }
    assert_eq!(everything(&app).await, before);
}

/// What must be on every answer, whatever it is.
#[track_caller]
fn is_protected(headers: &HeaderMap, what: &str) {
    let header = |name: &str| headers.get(name).map_or("", |value| value.to_str().unwrap());
    let policy = header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'; "), "{what}: {policy}");
    for part in ["frame-ancestors 'none'", "base-uri 'none'", "form-action "] {
        assert!(policy.contains(part), "{what}: {policy}");
    }
    assert!(!policy.contains("http") && !policy.contains('*'), "{what}: {policy}");
    assert!(!policy.contains("'unsafe-inline'; connect") || what.contains("/api/docs"), "{what}: {policy}");
    assert_eq!(header("x-content-type-options"), "nosniff", "{what}");
    assert_eq!(header("referrer-policy"), "same-origin", "{what}");
    assert_eq!(header("cross-origin-opener-policy"), "same-origin", "{what}");
    assert!(!header("x-request-id").is_empty(), "{what}");
    if header("content-type") == "application/json" {
        assert_eq!(header("cache-control"), "no-store", "{what}");
    }
}

#[tokio::test]
async fn every_answer_is_protected() {
    let app = filled().await;
    for path in app.paths() {
        for method in [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::DELETE, Method::OPTIONS]
        {
            // Refused before it does anything, and as it comes.
            for foreign in [true, false] {
                if !foreign && method != Method::GET {
                    continue;
                }
                let mut asked = request(method.clone(), &path);
                if foreign {
                    asked = with_header(asked, "sec-fetch-site", "cross-site");
                }
                is_protected(&app.send(asked).await.headers, &format!("{method} {path}"));
            }
        }
    }
    let long = with_json(request(Method::POST, "/api/deals"), "x".repeat(3 * 1024 * 1024));
    let wrong = with_json(request(Method::POST, "/api/deals"), "{");
    let plain = with_header(request(Method::POST, "/api/deals"), "content-type", "text/plain");
    let elsewhere = with_header(request(Method::GET, "/"), "host", "example.com");
    let unknown = request(Method::from_bytes(b"BREW").unwrap(), "/api/deals");
    for (asked, status) in [(long, 413), (wrong, 400), (plain, 415), (elsewhere, 403), (unknown, 405)] {
        let answer = app.send(asked).await;
        assert_eq!(answer.status.as_u16(), status);
        is_protected(&answer.headers, &status.to_string());
    }
}

#[tokio::test]
async fn an_error_of_the_server_shows_nothing_of_its_inside() {
    let app = filled().await;
    let paths = app.paths();
    app.hub.close().await;
    let mut failed = 0;
    for path in paths {
        for method in [Method::GET, Method::POST, Method::PUT, Method::DELETE] {
            let asked = with_json(request(method.clone(), &path), "{}");
            let answer = app.send(asked).await;
            if !answer.status.is_server_error() {
                continue;
            }
            failed += 1;
            let text = answer.text.to_lowercase();
            for word in ["sqlx", "sqlite", "select ", "pool", ".rs:", "panicked", "/tmp/", "stack"] {
                assert!(!text.contains(word), "{method} {path} says {word}: {text}");
            }
            is_protected(&answer.headers, &format!("{method} {path}"));
        }
    }
    assert!(failed > 50, "only {failed} answers were errors");
}

#[tokio::test]
async fn what_may_hold_a_secret_is_not_compressed() {
    let app = TestApp::start().await;
    let asked = |method, path| with_header(request(method, path), "accept-encoding", "gzip, br");
    let document = || asked(Method::GET, "/api/openapi.json");
    assert_eq!(app.send(document()).await.header("content-encoding"), "br");
    let from_elsewhere = with_header(document(), "sec-fetch-site", "cross-site");
    assert_eq!(app.send(from_elsewhere).await.header("content-encoding"), "");
    let body = json!({"url": "https://example.com/hook", "title": "x".repeat(60), "events": ["run.failed"]});
    let made = app.send(with_json(asked(Method::POST, "/api/webhooks"), body.to_string())).await;
    assert_eq!((made.status.as_u16(), made.header("content-encoding")), (201, ""));
    assert!(made.data()["secret"].is_string());
}
