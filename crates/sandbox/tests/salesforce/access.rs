//! Who is let in, by each grant, and how others are refused.

use std::time::Duration;

use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use reqwest::Method;
use sandbox::assertion::{KEY, OTHER_KEY};
use sandbox::salesforce::{CLIENT_ID, CLIENT_SECRET, USERNAME};
use serde_json::{Value, json};

use crate::client::{Bench, answer, bench, refused};

const JWT: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/// The two words of a refused grant.
fn no((status, body): (u16, Value)) -> (u16, String, String) {
    let text = |key: &str| body[key].as_str().unwrap_or_default().to_owned();
    (status, text("error"), text("error_description"))
}

fn said(error: &str, description: &str) -> (u16, String, String) {
    (400, error.to_owned(), description.to_owned())
}

async fn opens(at: &Bench, (status, tokens): (u16, Value)) -> bool {
    let token = tokens["access_token"].as_str().unwrap_or_default();
    let request = at.http.get(format!("{}/services/data/v68.0/limits", at.sim.url())).bearer_auth(token);
    status == 200 && tokens["instance_url"] == json!(at.sim.url()) && answer(request).await.0 == 200
}

#[tokio::test]
async fn an_application_speaks_for_itself() {
    let at = bench().await;
    let grant = ("grant_type", "client_credentials");
    let (id, secret) = (("client_id", CLIENT_ID), ("client_secret", CLIENT_SECRET));
    let tokens = at.token(&[grant, id, secret]).await;
    assert!(tokens.1.get("refresh_token").is_none() && tokens.1.get("expires_in").is_none());
    assert!(opens(&at, tokens).await);
    let wrong = at.token(&[grant, ("client_id", "another"), secret]).await;
    assert_eq!(no(wrong), said("invalid_client_id", "client identifier invalid"));
    for secret in [&[][..], &[("client_secret", "wrong")]] {
        let wrong = at.token(&[&[grant, id], secret].concat()).await;
        assert_eq!(no(wrong), said("invalid_client", "invalid client credentials"));
    }
    at.sim.set_run_as(false);
    let nobody = at.token(&[grant, id, secret]).await;
    assert_eq!(no(nobody), said("invalid_grant", "no client credentials user enabled"));
    let other = at.token(&[("grant_type", "device"), id]).await;
    assert_eq!(no(other), said("unsupported_grant_type", "grant type not supported"));
}

#[tokio::test]
async fn a_refresh_token_serves_until_it_is_taken_back() {
    let at = bench().await;
    let renew = async |token: &str| {
        at.token(&[("grant_type", "refresh_token"), ("client_id", CLIENT_ID), ("refresh_token", token)]).await
    };
    let token = at.sim.grant();
    for _ in 0..2 {
        assert!(opens(&at, renew(&token).await).await);
    }
    at.sim.rotate(true);
    let (_, rotated) = renew(&token).await;
    let gone = said("invalid_grant", "expired access/refresh token");
    assert_eq!(no(renew(&token).await), gone, "another took its place");
    let next = rotated["refresh_token"].as_str().unwrap().to_owned();
    at.sim.revoke();
    assert_eq!(no(renew(&next).await), gone);
}

#[tokio::test]
async fn a_signed_assertion_is_judged_by_its_claims_and_its_signature() {
    let at = bench().await;
    let now = at.sim.clock().now().timestamp();
    let sign_with = |key: &str, claims: &Value| {
        let key = EncodingKey::from_rsa_pem(key.as_bytes()).unwrap();
        encode(&Header::new(Algorithm::RS256), claims, &key).unwrap()
    };
    let sign = |claims: &Value| sign_with(KEY, claims);
    let good =
        json!({"iss": CLIENT_ID, "sub": USERNAME, "aud": "https://login.salesforce.com", "exp": now + 170});
    let ask = async |assertion: &str| at.token(&[("grant_type", JWT), ("assertion", assertion)]).await;
    let stranger = sign_with(OTHER_KEY, &good);
    assert_eq!(no(ask(&stranger).await), said("invalid_grant", "invalid assertion"));
    assert!(opens(&at, ask(&sign(&good)).await).await);
    for (claim, value, error) in [
        ("iss", json!("another"), "client identifier invalid"),
        ("sub", json!("someone@example.com"), "user hasn't approved this consumer"),
        ("aud", json!("https://example.com"), "Audience validation failed"),
        ("exp", json!(now - 1), "expired authorization code"),
        ("exp", json!(now + 600), "expired authorization code"),
    ] {
        let mut claims = good.clone();
        claims[claim] = value;
        assert_eq!(no(ask(&sign(&claims)).await).2, error, "{claim}");
    }
    let mut forged = sign(&good);
    forged.replace_range(forged.len() - 8.., "AAAAAAAA");
    assert_eq!(no(ask(&forged).await).2, "invalid assertion");
    at.sim.approve(false);
    assert_eq!(no(ask(&sign(&good)).await).2, "user hasn't approved this consumer");
}

#[tokio::test]
async fn a_person_agrees_and_the_code_serves_once() {
    let at = bench().await;
    let page = format!("{}/services/oauth2/authorize", at.sim.url());
    let back = "http://127.0.0.1:3000/oauth/callback";
    let query = [("response_type", "code"), ("client_id", CLIENT_ID), ("redirect_uri", back), ("state", "s")];
    let led = at.http.get(page).query(&query).send().await.unwrap();
    let led = url::Url::parse(led.headers()["location"].to_str().unwrap()).unwrap();
    let code = led.query_pairs().find(|(name, _)| name == "code").unwrap().1.into_owned();
    let exchange = [
        ("grant_type", "authorization_code"),
        ("client_id", CLIENT_ID),
        ("client_secret", CLIENT_SECRET),
        ("code", &code),
        ("redirect_uri", back),
    ];
    let tokens = at.token(&exchange).await;
    assert!(tokens.1["refresh_token"].is_string());
    assert!(opens(&at, tokens).await);
    assert_eq!(no(at.token(&exchange).await), said("invalid_grant", "expired authorization code"));
}

#[tokio::test]
async fn sessions_end_by_the_clock_and_by_revocation() {
    let mut at = bench().await;
    assert_eq!(at.get("limits").await.0, 200);
    at.sim.clock().advance(Duration::from_secs(7_201));
    assert_eq!(refused(at.get("limits").await), (401, "INVALID_SESSION_ID".to_owned()));
    at.token = "nonsense".to_owned();
    let response = at.request(Method::GET, "limits").send().await.unwrap();
    assert_eq!(
        (response.status().as_u16(), &response.headers()["www-authenticate"]),
        (401, &"Token".parse().unwrap())
    );
    let (status, versions) = answer(at.http.get(format!("{}/services/data", at.sim.url()))).await;
    assert_eq!((status, &versions[2]["version"]), (200, &json!("68.0")), "anybody may ask");
}

#[tokio::test]
async fn an_edition_without_the_api() {
    let at = bench().await;
    at.sim.set_api(false);
    assert_eq!(refused(at.get("limits").await), (403, "API_DISABLED_FOR_ORG".to_owned()));
}
