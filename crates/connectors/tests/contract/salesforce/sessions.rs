//! Sessions: how each kind of access gets one, keeps it and loses it.

use connectors::http::{Http, Policy};
use connectors::{Context, ErrorKind, Settings};
use sandbox::Kind;
use sandbox::assertion::{KEY, OTHER_KEY};
use sandbox::salesforce::{CLIENT_ID, CLIENT_SECRET, USERNAME};
use secrecy::SecretString;

use super::{SalesforceService, connection};
use crate::fixture::Fixture;

/// Settings that name no kind of access: what is given tells it.
fn access(values: &[(&str, &str)], secrets: &[(&str, &str)]) -> Settings {
    let fixed = [("instance_url", "https://macave.my.salesforce.com"), ("client_id", CLIENT_ID)];
    let owned = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
    let secret = |(key, value): &(&str, &str)| ((*key).to_owned(), SecretString::from(*value));
    Settings {
        values: fixed.iter().chain(values).map(owned).collect(),
        secrets: secrets.iter().map(secret).collect(),
    }
}

fn by_jwt(key: &str) -> Settings {
    // As a form of one line gives it.
    access(&[("username", USERNAME)], &[("private_key", &key.replace('\n', ""))])
}

fn by_secret() -> Settings {
    access(&[], &[("client_secret", CLIENT_SECRET)])
}

fn by_refresh_token(service: &SalesforceService) -> Settings {
    access(&[], &[("client_secret", CLIENT_SECRET), ("refresh_token", &service.simulator.grant())])
}

#[tokio::test]
async fn a_session_that_ended_is_begun_anew() {
    let service = SalesforceService::start(false).await;
    for settings in [by_secret(), by_refresh_token(&service), by_jwt(KEY)] {
        let connection = connection(&service, settings);
        connection.check().await.expect("a session");
        service.simulator.end_sessions();
        service.log().clear();
        connection.check().await.expect("another session");
        let statuses: Vec<_> = service.log().entries().iter().map(|entry| entry.status).collect();
        assert_eq!(statuses[..3], [Some(401), Some(200), Some(200)], "refused, renewed, answered");
        service.log().clear();
        connection.check().await.expect("the same session");
        assert_eq!(service.log().count(Kind::Account), 0, "it is kept");
    }
}

#[tokio::test]
async fn a_refresh_token_that_rotates_is_kept() {
    let service = SalesforceService::start(false).await;
    service.simulator.rotate(true);
    let connection = connection(&service, by_refresh_token(&service));
    for _ in 0..3 {
        connection.check().await.expect("a session");
        service.simulator.end_sessions();
    }
}

#[tokio::test]
async fn wrong_revoked_and_not_allowed_are_told_apart() {
    let service = SalesforceService::start(false).await;
    let refused = async |settings: Settings| {
        let error = connection(&service, settings).check().await.expect_err("refused");
        assert!(error.hint.is_some());
        (error.kind, error.message.fr.to_string())
    };
    let unauthorized = |(kind, message): (ErrorKind, String), words: &str| {
        assert_eq!(kind, ErrorKind::Unauthorized, "{message}");
        assert!(message.contains(words), "{message}");
    };
    let mut stranger = by_secret();
    stranger.values.insert("client_id".to_owned(), "another".to_owned());
    unauthorized(refused(stranger).await, "client identifier invalid");
    let wrong = access(&[], &[("client_secret", "wrong")]);
    unauthorized(refused(wrong).await, "invalid client credentials");
    unauthorized(refused(by_jwt(OTHER_KEY)).await, "refuse la clé");
    service.simulator.approve(false);
    unauthorized(refused(by_jwt(KEY)).await, "user hasn't approved this consumer");
    service.simulator.set_run_as(false);
    unauthorized(refused(by_secret()).await, "no client credentials user enabled");
    let given = by_refresh_token(&service);
    service.simulator.revoke();
    unauthorized(refused(given).await, "a expiré ou a été révoquée");
}

#[tokio::test]
async fn what_is_no_key_is_told_before_anything_is_sent() {
    let http = Http::new(Policy::without_waiting()).expect("a client");
    let context = Context { http, base_url: None, tokens: None };
    let refused = SalesforceService::connector().connect(&context, by_jwt("no key at all"));
    let Err(error) = refused else { panic!("no key") };
    assert_eq!(error.kind, ErrorKind::InvalidSettings);
    assert!(error.message.fr.contains("PEM"), "{error}");
}

#[tokio::test]
async fn a_person_is_led_to_the_organisation_s_own_page() {
    let http = Http::new(Policy::without_waiting()).expect("a client");
    let context = Context { http, base_url: None, tokens: None };
    let settings = access(&[("auth_type", "authorization_code")], &[("client_secret", CLIENT_SECRET)]);
    let client =
        SalesforceService::connector().oauth2(&context, &settings).expect("a client").expect("no fault");
    let page = client.authorize("http://127.0.0.1:3000/oauth/callback", "s", "c").expect("a page");
    assert!(
        page.as_str().starts_with("https://macave.my.salesforce.com/services/oauth2/authorize?"),
        "{page}"
    );
    assert!(page.as_str().contains("scope=api+refresh_token"), "{page}");
    let typed = super::settings("00D");
    assert!(SalesforceService::connector().oauth2(&context, &typed).is_none(), "nobody is asked");
}
