//! From local mode to protected mode, and what stands open then.

use std::net::SocketAddr;

use axum::extract::ConnectInfo;
use axum::http::Method;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::harness::{TestApp, request, with_form, with_header, with_json};
use crate::visitors::{Browser, PASSWORD, cookie, protected, with_token};

#[tokio::test]
async fn the_first_owner_protects_the_access_with_the_code_of_the_console() {
    let app = TestApp::start().await;
    let page = app.get("/access").await;
    assert!(page.text.contains("Protéger l'accès") && page.text.contains("action=\"/access/protect\""));
    let code = app.hub.setup_code().expose_secret().to_owned();
    assert!(!page.text.contains(&code));
    for (code, password, fault) in [
        ("XXXX-XXXX-XXXX", PASSWORD, "Ce code d'installation"),
        ("", PASSWORD, "Ce code d'installation"),
        (code.as_str(), "trop court", "trop court"),
    ] {
        let refused = app.form("/access/protect", &[("code", code), ("password", password)]).await;
        assert_eq!(refused.status.as_u16(), 422, "{}", refused.text);
        assert!(refused.text.contains(fault) && !refused.text.contains("CANARY"), "{}", refused.text);
        assert_eq!(app.get("/api/deals").await.status.as_u16(), 200, "still local");
    }
    let done = app.form("/access/protect", &[("code", &code.to_lowercase()), ("password", PASSWORD)]).await;
    assert_eq!((done.status.as_u16(), done.header("location")), (303, "/access?notice=protected"));
    let owner = with_header(request(Method::GET, "/api/access"), "cookie", &cookie(&done));
    assert_eq!(app.send(owner).await.data(), json!({"name": "owner", "role": "owner", "way": "session"}));

    // The code is worth nothing any more, and nobody else comes in.
    app.get("/api/deals").await.refusal(401, "unauthorized");
    let again = app.form("/access/protect", &[("code", &code), ("password", "un autre mot de passe")]).await;
    assert_eq!((again.status.as_u16(), again.header("location")), (303, "/login"));
    let owner = Browser::of_owner(&app).await;
    let again =
        owner.form("/access/protect", &[("code", &code), ("password", "un autre mot de passe")]).await;
    assert_eq!(again.status.as_u16(), 404, "{}", again.text);
    assert!(Browser::of_owner(&app).await.is_in().await, "the password is the same");
}

#[tokio::test]
async fn without_a_login_data_is_refused_and_pages_lead_to_it() {
    let app = protected().await;
    for (method, path) in [
        (Method::GET, "/api/deals"),
        (Method::POST, "/api/deals"),
        (Method::GET, "/api/nothing"),
        (Method::GET, "/api/docs/"),
        (Method::GET, "/api/openapi.json"),
        (Method::GET, "/api/sync/runs/1/events"),
        (Method::PATCH, "/api/deals/1"),
        (Method::GET, "/connectors/cave/logs"),
        (Method::GET, "/_app/runs"),
        (Method::POST, "/_app/save_config"),
    ] {
        let answer = app.send(request(method.clone(), path)).await;
        assert_eq!(answer.refusal(401, "unauthorized"), "Authentification requise", "{method} {path}");
        assert_eq!(answer.header("www-authenticate"), "Bearer");
    }
    let english = with_header(request(Method::GET, "/api/deals"), "accept-language", "en");
    assert_eq!(app.send(english).await.refusal(401, "unauthorized"), "Authentication required");
    for (path, login) in [
        ("/", "/login"),
        ("/connections/1?tab=state", "/login?next=%2Fconnections%2F1%3Ftab%3Dstate"),
        ("/nothing", "/login?next=%2Fnothing"),
        ("/access/audit", "/login?next=%2Faccess%2Faudit"),
    ] {
        let answer = app.get(path).await;
        assert_eq!((answer.status.as_u16(), answer.header("location")), (303, login), "{path}");
    }
    let sent = app.form("/webhooks", &[("url", "https://example.com")]).await;
    assert_eq!((sent.status.as_u16(), sent.header("location")), (303, "/login"));
}

#[tokio::test]
async fn what_needs_no_login_is_open() {
    let app = protected().await;
    for path in ["/healthz", "/readyz", "/login", "/favicon.svg"] {
        let status = app.get(path).await.status.as_u16();
        // The pages may not have been built where this runs.
        assert!(status == 200 || (path == "/favicon.svg" && status == 303), "{path}: {status}");
    }
    let preferences = app.form("/_app/set_preferences", &[("lang", "en")]).await;
    assert!(
        preferences.headers.get_all("set-cookie").iter().any(|c| c.to_str().unwrap().starts_with("lang=en"))
    );
    // What outside programs call is answered by whoever serves it, not by the login.
    app.call("/hooks/nothing").await.refusal(404, "not_found");
}

#[tokio::test]
async fn other_machines_are_answered_once_they_have_to_log_in() {
    let app = TestApp::start().await;
    let elsewhere = |path: &str| {
        let mut request = with_header(request(Method::GET, path), "host", "crm.example.com");
        request.extensions_mut().insert(ConnectInfo("192.0.2.7:1".parse::<SocketAddr>().unwrap()));
        request
    };
    app.send(elsewhere("/api/deals")).await.refusal(403, "local_only");
    assert_eq!(app.send(elsewhere("/healthz")).await.status.as_u16(), 403);
    app.hub.set_password(None, &PASSWORD.to_owned().into()).await.unwrap();
    app.send(elsewhere("/api/deals")).await.refusal(401, "unauthorized");
    assert_eq!(app.send(elsewhere("/healthz")).await.status.as_u16(), 200);
    let owner = Browser::of_owner(&app).await;
    let inside = with_header(elsewhere("/api/deals"), "cookie", &owner.cookie);
    assert_eq!(app.send(inside).await.status.as_u16(), 200);
}

#[tokio::test]
async fn a_login_leads_on_to_a_page_of_ours_only() {
    let app = protected().await;
    let page = app.get("/login?next=%2Fwebhooks").await;
    assert!(page.text.contains("value=\"/webhooks\""), "{}", page.text);
    for (next, page) in
        [("/webhooks?x=1", "/webhooks?x=1"), ("//example.com", "/"), ("https://example.com", "/")]
    {
        let form = [("password", PASSWORD), ("next", next)];
        let answer = app.send(with_form(request(Method::POST, "/login"), &form)).await;
        assert_eq!((answer.status.as_u16(), answer.header("location")), (303, page), "{next}");
    }
}

#[tokio::test]
async fn a_session_changes_things_from_our_own_pages_only() {
    let app = protected().await;
    let owner = Browser::of_owner(&app).await;
    let create = |request| with_json(request, json!({"client": "A", "montant_brut": 1}).to_string());
    let silent = create(owner.anywhere(Method::POST, "/api/deals"));
    app.send(silent).await.refusal(403, "foreign_origin");
    for (name, value) in [
        ("origin", "https://example.com"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        let foreign = with_header(create(owner.anywhere(Method::POST, "/api/deals")), name, value);
        app.send(foreign).await.refusal(403, "foreign_origin");
    }
    assert_eq!(owner.get("/api/deals").await.header("x-total-count"), "0");
    let ours =
        with_header(create(owner.anywhere(Method::POST, "/api/deals")), "sec-fetch-site", "same-origin");
    assert_eq!(app.send(ours).await.status.as_u16(), 201);
    // A program says nothing of pages, and no browser adds its token.
    let token = owner.token("admin").await;
    let program = with_token(create(request(Method::POST, "/api/deals")), &token);
    assert_eq!(app.send(program).await.status.as_u16(), 201);
}

#[tokio::test]
async fn the_pages_are_drawn_in_both_languages() {
    let app = protected().await;
    let owner = Browser::of_owner(&app).await;
    owner.invited("camille", "viewer").await;
    owner.token("read").await;
    for (path, french, english) in [
        ("/login", "Se connecter", "Log in"),
        ("/access", "Vos sessions", "Your sessions"),
        ("/access/tokens", "Créer un jeton", "Make a token"),
        ("/access/members", "Inviter", "Invite"),
        ("/access/members/2/delete", "Retirer camille", "Remove camille"),
        ("/access/audit", "Jeton créé", "Token made"),
    ] {
        let page = owner.get(path).await;
        assert!(page.status.as_u16() == 200 && page.text.contains(french), "{path}: {}", page.text);
        assert!(!page.text.contains("CANARY"), "{path}");
        let english_page = with_header(owner.request(Method::GET, path), "accept-language", "en");
        let english_page = app.send(english_page).await;
        assert!(english_page.text.contains(english), "{path}: {}", english_page.text);
    }
}

#[tokio::test]
async fn in_local_mode_there_is_nobody_to_look_after() {
    let app = TestApp::start().await;
    assert_eq!(app.get("/api/access").await.data(), json!({"name": null, "role": "owner", "way": "local"}));
    assert_eq!(app.get("/api/access/members").await.data(), json!([]));
    for (method, path, body) in [
        (Method::GET, "/api/access/sessions", Value::Null),
        (Method::GET, "/api/access/tokens", Value::Null),
        (Method::POST, "/api/access/tokens", json!({"name": "x", "scope": "read"})),
        (Method::POST, "/api/access/members", json!({"name": "x", "role": "viewer"})),
    ] {
        let mut asked = request(method, path);
        if !body.is_null() {
            asked = with_json(asked, body.to_string());
        }
        app.send(asked).await.refusal(400, "not_configured");
    }
    for path in ["/access/tokens", "/access/members"] {
        assert!(app.get(path).await.text.contains("Protéger l'accès"), "{path}");
    }
    assert_eq!(app.get("/login").await.header("location"), "/");
    assert_eq!(app.get("/access/audit").await.status.as_u16(), 200);
}
