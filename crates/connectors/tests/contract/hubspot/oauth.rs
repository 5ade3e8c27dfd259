//! Access by OAuth 2.0, at HubSpot's own addresses and in its own words.

use std::collections::BTreeMap;

use connectors::http::{Http, Policy};
use connectors::{Connector, Context, ErrorKind, Settings};
use secrecy::SecretString;

use super::HubspotService;
use crate::fixture::{Fixture, connect};

fn settings(service: &HubspotService, refresh: Option<&str>) -> Settings {
    let secret = |text: &str| SecretString::from(text.to_owned());
    let mut secrets =
        BTreeMap::from([("client_secret".to_owned(), secret(service.simulator.client_secret()))]);
    secrets.extend(refresh.map(|token| ("refresh_token".to_owned(), secret(token))));
    let values = [("auth_type", "oauth2"), ("client_id", service.simulator.client_id())];
    let values = values.map(|(key, value)| (key.to_owned(), value.to_owned())).into();
    Settings { values, secrets }
}

#[tokio::test]
async fn a_refresh_token_opens_the_account_until_it_is_revoked() {
    let service = HubspotService::start(false).await;
    let refresh = service.simulator.consent();
    let http = Http::new(Policy::without_waiting()).expect("a client");
    let connection = connect(&service, &http, settings(&service, Some(&refresh)));
    assert_eq!(connection.check().await.expect("an account").name, "48151623");
    service.simulator.revoke(&refresh);
    let error = connection.check().await.expect_err("it was revoked");
    assert_eq!(error.kind, ErrorKind::Unauthorized);
    assert!(error.hint.is_some() && !format!("{error:?}").contains(&refresh));
}

#[tokio::test]
async fn a_wrong_client_is_told() {
    let service = HubspotService::start(false).await;
    let refresh = service.simulator.consent();
    let mut wrong = settings(&service, Some(&refresh));
    wrong.secrets.insert("client_secret".to_owned(), SecretString::from("wrong"));
    let http = Http::new(Policy::without_waiting()).expect("a client");
    let error = connect(&service, &http, wrong).check().await.expect_err("the secret is wrong");
    assert_eq!(error.kind, ErrorKind::Unauthorized);
}

#[tokio::test]
async fn a_person_is_led_to_hubspot_s_own_page() {
    let service = HubspotService::start(false).await;
    let http = Http::new(Policy::without_waiting()).expect("a client");
    let connector = connectors::hubspot::Hubspot;
    let context = |base_url| Context { http: http.clone(), base_url, tokens: None };
    let real = connector.oauth2(&context(None), &settings(&service, None)).expect("OAuth").expect("a client");
    assert_eq!(real.token_url.as_str(), "https://api.hubapi.com/oauth/v1/token");
    let page = real.authorize("https://passerelle.example/oauth/callback", "s", "c").expect("an address");
    assert!(
        page.as_str().starts_with("https://app.hubspot.com/oauth/authorize?response_type=code"),
        "{page}"
    );
    assert!(real.scope.contains("crm.objects.deals.read"));
    let here = connector.oauth2(&context(Some(service.base_url())), &settings(&service, None));
    let here = here.expect("OAuth").expect("a client").authorize_url.expect("a page");
    assert_eq!(here.as_str(), format!("{}/oauth/authorize", service.base_url()));
    assert!(connector.oauth2(&context(None), &service.settings()).is_none(), "a token needs nobody");
    let unfinished = Settings { secrets: BTreeMap::new(), ..settings(&service, None) };
    let error = connector.oauth2(&context(None), &unfinished).expect("OAuth").expect_err("no secret");
    assert!(error.message.fr.contains("Secret de l'application"), "{error}");
}
