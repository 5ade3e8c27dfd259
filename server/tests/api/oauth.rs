//! The way of a browser to an authorization page and back.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::http::Method;
use connectors::{Connection, Connector, Context, Error, ErrorKind, Settings};
use hub::{AllowedHost, HubOptions, Policy};
use model::spec::{FieldGroup, FieldKind, FormField};
use model::{ConnectorSpec, Text};
use sandbox::oauth::{Options, Simulator};
use serde_json::json;
use url::Url;

use crate::harness::{Answer, TestApp, request, with_header};

const START: &str = "/oauth/start/notion";

/// In the place of a service that is there from the beginning: one that a person agrees to. It is only set out
/// to, never worked with.
struct Vault;

impl Connector for Vault {
    fn spec(&self) -> ConnectorSpec {
        let kinds = [
            ("token_url", FieldKind::Url),
            ("authorize_url", FieldKind::Url),
            ("client_id", FieldKind::Text),
            ("client_secret", FieldKind::Secret),
        ];
        let field = |(key, kind): (&str, FieldKind)| FormField {
            key: key.to_owned(),
            label: Text::same(key),
            help: Text::same("."),
            example: String::new(),
            kind,
            required: false,
            shown_when: None,
        };
        ConnectorSpec {
            id: "notion".to_owned(),
            name: "Vault".to_owned(),
            summary: Text::same("."),
            groups: vec![FieldGroup { title: Text::same("."), fields: kinds.map(field).into() }],
            capabilities: Default::default(),
        }
    }

    fn guide(&self) -> &'static str {
        ""
    }

    fn connect(&self, _: &Context, _: Settings) -> connectors::Result<Arc<dyn Connection>> {
        Err(Error::new(ErrorKind::InvalidSettings, Text::same(".")))
    }
}

async fn start() -> (TestApp, Simulator) {
    let server = Simulator::start(Options::default()).await.unwrap();
    let app = TestApp::start_as(|options| HubOptions {
        connectors: vec![Arc::new(connectors::airtable::Airtable), Arc::new(Vault)],
        policy: Policy {
            allow_private: vec![AllowedHost::parse("127.0.0.1").unwrap()],
            ..Policy::without_waiting()
        },
        ..options
    })
    .await;
    let settings = json!({
        "token_url": server.token_url(),
        "authorize_url": server.authorize_url(),
        "client_id": server.client_id(),
    });
    let body = json!({"settings": settings, "api_token": server.client_secret()});
    let saved = app.put("/api/connectors/config/notion", body).await;
    assert_eq!(saved.status.as_u16(), 200, "{}", saved.text);
    (app, server)
}

/// The page of the connection.
async fn place(app: &TestApp) -> String {
    let accounts = app.hub.accounts(model::Lang::Fr).await.unwrap();
    let account = accounts.iter().find(|account| account.provider == "notion").unwrap();
    format!("/connections/{}", account.id)
}

/// Sets out; the cookie, and the address the service's page leads back to.
async fn set_out(app: &TestApp, cookie: Option<&str>) -> (String, String) {
    set_out_from(app, START, cookie).await
}

/// The same for another connection.
async fn set_out_from(app: &TestApp, start: &str, cookie: Option<&str>) -> (String, String) {
    let mut asked = request(Method::GET, start);
    if let Some(cookie) = cookie {
        asked = with_header(asked, "cookie", cookie);
    }
    let answer = app.send(asked).await;
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.text);
    let set = answer.header("set-cookie");
    for part in ["HttpOnly", "SameSite=Lax", "Path=/oauth"] {
        assert!(set.contains(part), "{set}");
    }
    let cookie = set.split(';').next().unwrap().to_owned();
    #[expect(clippy::disallowed_methods, reason = "the person's browser, not the product")]
    let browser = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let page = browser.get(answer.header("location")).send().await.unwrap();
    let back = Url::parse(page.headers()["location"].to_str().unwrap()).unwrap();
    assert_eq!(back.host_str(), Some("127.0.0.1"));
    (cookie, format!("{}?{}", back.path(), back.query().unwrap()))
}

async fn come_back(app: &TestApp, cookie: &str, path: &str) -> Answer {
    let from_the_service = with_header(request(Method::GET, path), "sec-fetch-site", "cross-site");
    app.send(with_header(from_the_service, "cookie", cookie)).await
}

#[track_caller]
fn refused(answer: &Answer, status: u16, words: &str) {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.text);
    assert!(answer.header("content-type").starts_with("text/html"));
    assert!(answer.text.contains(words), "{words}: {}", answer.text);
    // Somebody from another site is not led on.
    assert!(status == 403 || answer.text.contains("href=\"/connections\""), "the way back");
}

#[tokio::test]
async fn there_and_back_connects() {
    let (app, server) = start().await;
    let (cookie, back) = set_out(&app, None).await;
    let answer = come_back(&app, &cookie, &back).await;
    let place = place(&app).await;
    let connected = format!("{place}?notice=connected");
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, connected.as_str()));
    let page = app.get(&connected).await;
    assert_eq!(page.status.as_u16(), 200);
    for words in
        ["Connexion autorisée", "Autorisée", "Échéance de l", "Reconnecter", "\"/oauth/start/notion\""]
    {
        assert!(page.text.contains(words), "{words}: {}", page.text);
    }
    assert!(app.hub.grant("notion").await.unwrap().unwrap().connected);
    assert!(server.issued().iter().all(|secret| !format!("{answer:?}").contains(secret)));
    refused(&come_back(&app, &cookie, &back).await, 400, "déjà servi");

    // A browser keeps its session.
    let (again, back) = set_out(&app, Some(&cookie)).await;
    assert_eq!(again, cookie);
    assert_eq!(come_back(&app, &cookie, &back).await.status.as_u16(), 303);
}

#[tokio::test]
async fn what_leads_back_wrongly_connects_nothing() {
    let (app, server) = start().await;
    let (cookie, back) = set_out(&app, None).await;
    let query: BTreeMap<String, String> =
        url::form_urlencoded::parse(back.split_once('?').unwrap().1.as_bytes()).into_owned().collect();
    let forged = format!("/oauth/callback?code={}&state=forged", query["code"]);
    refused(&come_back(&app, &cookie, &forged).await, 400, "inconnu");
    for nothing in ["/oauth/callback", "/oauth/callback?code=x", "/oauth/callback?state=x"] {
        refused(&come_back(&app, &cookie, nothing).await, 400, "incomplet");
    }
    // Somebody was made to follow a link that another one had begun.
    refused(&come_back(&app, "lang=fr", &back).await, 400, "autre navigateur");
    let (_, back) = set_out(&app, None).await;
    refused(&come_back(&app, "oauth_session=stolen", &back).await, 400, "autre navigateur");

    server.refuse_consent(true);
    let (cookie, back) = set_out(&app, None).await;
    refused(&come_back(&app, &cookie, &back).await, 400, "refusée sur la page du service");
    assert!(server.token_requests().is_empty());
    assert_eq!(app.hub.grant("notion").await.unwrap(), None);
}

#[tokio::test]
async fn not_everybody_may_set_out() {
    let (app, _server) = start().await;
    refused(&app.get("/oauth/start/airtable").await, 400, "ne passe pas par une autorisation");
    refused(&app.get("/oauth/start/nobody").await, 404, "existe pas");
    let sent = with_header(request(Method::GET, START), "sec-fetch-site", "cross-site");
    refused(&app.send(sent).await, 403, "un autre site");
    assert_eq!(app.call(START).await.status.as_u16(), 405);
}

#[tokio::test]
async fn the_page_of_a_connection_says_how_its_authorization_stands() {
    let server = Simulator::start(Options::default()).await.unwrap();
    let app = TestApp::start_as(|options| HubOptions {
        policy: Policy {
            allow_private: vec![AllowedHost::parse("127.0.0.1").unwrap()],
            ..Policy::without_waiting()
        },
        ..options
    })
    .await;
    let (me, token, authorize) = (server.me_url(), server.token_url(), server.authorize_url());
    let form = [
        ("connection_type", "rest_api"),
        ("name", "Clients"),
        ("destination", "dataset"),
        ("url", &me),
        ("auth_type", "oauth2"),
        ("oauth_grant", "authorization_code"),
        ("authorize_url", &authorize),
        ("token_url", &token),
        ("client_id", server.client_id()),
        ("client_secret", server.client_secret()),
    ];
    let saved = app.form("/connections", &form).await;
    assert_eq!(saved.status.as_u16(), 303, "{}", saved.text);
    let place = saved.header("location").split('?').next().unwrap().to_owned();
    let shows = async |words: &[&str]| {
        let page = app.get(&place).await;
        for words in words {
            assert!(page.text.contains(words), "{words}: {}", page.text);
        }
        page.text
    };
    let page = shows(&["Pas encore autorisée", "Connecter"]).await;
    let (_, start) = page.split_once("href=\"/oauth/start/").unwrap();
    let start = format!("/oauth/start/{}", start.split('"').next().unwrap());

    let (cookie, back) = set_out_from(&app, &start, None).await;
    let answer = come_back(&app, &cookie, &back).await;
    assert_eq!(answer.header("location"), format!("{place}?notice=connected"));
    shows(&["Autorisée", "Échéance de l", "Reconnecter"]).await;

    let tested = app.form(&format!("{place}/test"), &[]).await;
    assert!(tested.text.contains("Connexion OK"), "{}", tested.text);
    server.revoke_all();
    app.form(&format!("{place}/sync"), &[]).await;
    let id = place.rsplit('/').next().unwrap().parse().unwrap();
    app.hub.wait_account_sync(id, 1, &hub::AccountSync::default(), model::Lang::Fr).await.unwrap();
    shows(&["Autorisation perdue", "a expiré ou a été révoquée", "Reconnecter"]).await;
}
