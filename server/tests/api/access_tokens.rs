//! Tokens: shown once, good for what their scope says, noted when they are used, worthless when they are revoked.

use axum::http::Method;
use chrono::TimeDelta;
use serde_json::json;

use crate::harness::{TestApp, request, with_header, with_json};
use crate::visitors::{Browser, TestClock, protected, protected_by, with_token};

async fn status(app: &TestApp, token: &str, method: Method, path: &str) -> u16 {
    app.send(with_token(request(method, path), token)).await.status.as_u16()
}

#[tokio::test]
async fn a_token_is_shown_once() {
    let app = protected().await;
    let owner = Browser::of_owner(&app).await;
    let page = owner.form("/access/tokens", &[("name", "Tableau de bord"), ("scope", "read")]).await;
    let token =
        page.text.split("id=\"secret\"").nth(1).and_then(|rest| rest.split(['>', '<']).nth(1)).unwrap();
    assert!(token.starts_with("psr_") && token.len() == 76, "{token}");
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(status(&app, token, Method::GET, "/api/deals").await, 200);
    let listed = owner.get("/api/access/tokens").await;
    assert_eq!(listed.data()[0]["hint"], token[..10]);
    for told in [listed.text, owner.get("/access/tokens").await.text, owner.get("/access/audit").await.text] {
        assert!(told.contains("Tableau de bord") && !told.contains(&token[10..40]), "{told}");
    }
    for (name, scope, part) in
        [("", "read", "un nom"), ("x", "root", "Valeurs acceptées : read, sync, admin")]
    {
        let refused = owner.post("/api/access/tokens", json!({"name": name, "scope": scope})).await;
        assert!(refused.refusal(400, "invalid").contains(part), "{}", refused.text);
    }
}

/// Method, path, and which scopes may: read, sync, admin.
const CALLS: &[(Method, &str, [bool; 3])] = &[
    (Method::GET, "/api/deals", [true, true, true]),
    (Method::GET, "/", [true, true, true]),
    (Method::GET, "/api/sync/runs/1/events", [true, true, true]),
    (Method::POST, "/api/deals", [false, false, true]),
    (Method::DELETE, "/api/deals/1", [false, false, true]),
    (Method::PUT, "/api/connectors/config/airtable", [false, false, true]),
    (Method::POST, "/_app/save_config", [false, false, true]),
    (Method::POST, "/api/sync/airtable/import", [false, true, true]),
    (Method::POST, "/api/sync/airtable/preview", [false, true, true]),
    (Method::POST, "/api/sync/runs/1/cancel", [false, true, true]),
    (Method::POST, "/api/connectors/test/airtable", [false, true, true]),
    (Method::POST, "/_app/start_sync", [false, true, true]),
    (Method::GET, "/api/access/tokens", [false, false, true]),
    (Method::GET, "/api/access/members", [false, false, true]),
    (Method::GET, "/access/audit", [false, false, true]),
];

#[tokio::test]
async fn a_scope_is_what_it_says() {
    let app = protected().await;
    let owner = Browser::of_owner(&app).await;
    for (place, scope) in ["read", "sync", "admin"].into_iter().enumerate() {
        let token = owner.token(scope).await;
        for (method, path, may) in CALLS {
            let answer = status(&app, &token, method.clone(), path).await;
            assert_eq!(answer != 403, may[place], "{scope}: {method} {path}: {answer}");
            assert_ne!(answer, 401, "{scope}: {method} {path}");
        }
    }
    // A token may no more than its member.
    let viewer = owner.invited("camille", "viewer").await;
    let token = viewer.token("read").await;
    assert_eq!(status(&app, &token, Method::GET, "/api/deals").await, 200);
    viewer.post("/api/access/tokens", json!({"name": "x", "scope": "sync"})).await.refusal(403, "forbidden");
    let editor = owner.invited("dominique", "editor").await;
    let token = editor.token("admin").await;
    assert_eq!(status(&app, &token, Method::GET, "/api/access/members").await, 403);
    assert_eq!(status(&app, &token, Method::DELETE, "/api/deals/1").await, 404);
    let id = app.hub.members().await.unwrap()[2].id;
    assert_eq!(
        owner.put(&format!("/api/access/members/{id}"), json!({"role": "viewer"})).await.status.as_u16(),
        200
    );
    assert_eq!(status(&app, &token, Method::DELETE, "/api/deals/1").await, 403, "at once");
}

#[tokio::test]
async fn what_is_no_token_enters_nowhere() {
    let app = protected().await;
    let owner = Browser::of_owner(&app).await;
    let token = owner.token("read").await;
    let mistyped = format!("{}{}", &token[..75], if token.ends_with('0') { '1' } else { '0' });
    for header in [&format!("Bearer {mistyped}"), "Bearer psr_", "Bearer", "Basic b3duZXI6eA==", &token] {
        let asked = with_header(request(Method::GET, "/api/deals"), "authorization", header);
        app.send(asked).await.refusal(401, "unauthorized");
        // Nor is it made good by a session beside it.
        let asked = with_header(owner.request(Method::GET, "/api/deals"), "authorization", header);
        app.send(asked).await.refusal(401, "unauthorized");
    }
    let lower = with_header(request(Method::GET, "/api/deals"), "authorization", &format!("bearer {token}"));
    assert_eq!(app.send(lower).await.status.as_u16(), 200);
}

#[tokio::test]
async fn its_last_use_is_noted_once_a_minute_and_it_can_be_revoked() {
    let clock = TestClock::new();
    let app = protected_by(&clock).await;
    let owner = Browser::of_owner(&app).await;
    let (token, other) = (owner.token("read").await, owner.token("sync").await);
    let used = async || owner.get("/api/access/tokens").await.data()[1]["last_used_at"].clone();
    assert_eq!(used().await, json!(null));
    assert_eq!(status(&app, &token, Method::GET, "/api/deals").await, 200);
    let first = used().await;
    assert!(first.is_string());
    clock.pass(TimeDelta::seconds(59));
    status(&app, &token, Method::GET, "/api/deals").await;
    assert_eq!(used().await, first);
    clock.pass(TimeDelta::seconds(1));
    status(&app, &token, Method::GET, "/api/deals").await;
    assert_ne!(used().await, first);

    let id = owner.get("/api/access/tokens").await.data()[1]["id"].clone();
    let stranger = owner.invited("camille", "editor").await;
    assert_eq!(stranger.get("/api/access/tokens").await.data(), json!([]), "one's own only");
    stranger.delete(&format!("/api/access/tokens/{id}")).await.refusal(404, "not_found");
    assert_eq!(owner.delete(&format!("/api/access/tokens/{id}")).await.data(), json!({"id": id}));
    assert_eq!(status(&app, &token, Method::GET, "/api/deals").await, 401);
    assert_eq!(status(&app, &other, Method::GET, "/api/deals").await, 200);
}

#[tokio::test]
async fn a_token_works_where_pages_are_forms() {
    let app = protected().await;
    let token = Browser::of_owner(&app).await.token("admin").await;
    let create = with_token(request(Method::POST, "/api/deals"), &token);
    let create = with_json(create, json!({"client": "Élan", "montant_brut": 10}).to_string());
    assert_eq!(app.send(create).await.status.as_u16(), 201);
}
