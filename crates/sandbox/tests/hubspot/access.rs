//! Tokens and their rights.

use sandbox::hubspot::{Grant, OWNERS_READ};
use serde_json::{Value, json};
use url::Url;

use crate::client::{Bench, answer, bench};

const DEALS: &str = "/crm/v3/objects/deals";

#[tokio::test]
async fn wrong_expired_and_insufficient_tokens_are_told_apart() {
    let mut bench = bench().await;
    let (status, body) = answer(bench.http.get(format!("{}{DEALS}", bench.sim.url()))).await;
    assert_eq!((status, &body["category"]), (401, &json!("INVALID_AUTHENTICATION")));
    assert!(body["message"].as_str().unwrap().starts_with("Authentication credentials not found."));

    bench.token = bench.sim.grant(Grant::default());
    bench.sim.expire(&bench.token);
    assert_eq!(bench.get(DEALS).await.1["category"], "EXPIRED_AUTHENTICATION");
    bench.token = bench.sim.grant(Grant::default());
    bench.sim.revoke(&bench.token);
    assert_eq!(bench.get(DEALS).await.1["category"], "INVALID_AUTHENTICATION");

    bench.token = bench.sim.grant(Grant::read_only().without(&[OWNERS_READ]));
    assert_eq!(bench.get(DEALS).await.0, 200);
    for (answer, scope) in [
        (bench.get("/crm/v3/owners").await, OWNERS_READ),
        (bench.post(DEALS, json!({"properties": {}})).await, "crm.objects.deals.write"),
    ] {
        assert_eq!((answer.0, &answer.1["category"]), (403, &json!("MISSING_SCOPES")));
        assert_eq!(answer.1["errors"][0]["context"]["requiredGranularScopes"], json!([scope]));
    }
}

#[tokio::test]
async fn tokens_come_for_a_code_and_are_renewed() {
    let mut bench = bench().await;
    let back = "http://127.0.0.1:3000/oauth/callback";
    let (client, secret) = (bench.sim.client_id(), bench.sim.client_secret());
    let page = format!("{}/oauth/authorize?client_id={client}&redirect_uri={back}&state=s", bench.sim.url());
    let led = bench.http.get(page).send().await.unwrap();
    let led = Url::parse(led.headers()["location"].to_str().unwrap()).unwrap();
    let code = led.query_pairs().find(|(name, _)| name == "code").unwrap().1.into_owned();

    let (status, refusal) = token(&bench, &[("grant_type", "refresh_token"), ("refresh_token", "no")]).await;
    assert_eq!((status, &refusal["status"]), (400, &json!("BAD_REFRESH_TOKEN")));
    let exchange = [("grant_type", "authorization_code"), ("code", &code), ("redirect_uri", back)];
    let (_, tokens) = token(&bench, &exchange).await;
    assert_eq!(token(&bench, &exchange).await.1["status"], "BAD_AUTH_CODE", "a code serves once");
    bench.token = tokens["access_token"].as_str().unwrap().to_owned();
    assert_eq!(bench.get(DEALS).await.0, 200);
    bench.sim.clock().advance(std::time::Duration::from_secs(1_801));
    assert_eq!(bench.get(DEALS).await.1["category"], "EXPIRED_AUTHENTICATION");
    let refresh = tokens["refresh_token"].as_str().unwrap();
    let renew = [("grant_type", "refresh_token"), ("refresh_token", refresh)];
    let (_, again) = token(&bench, &renew).await;
    assert_eq!(again["refresh_token"], tokens["refresh_token"], "it is not replaced");
    bench.token = again["access_token"].as_str().unwrap().to_owned();
    assert_eq!(bench.get(DEALS).await.0, 200);
    bench.sim.revoke(refresh);
    assert_eq!((bench.get(DEALS).await.0, token(&bench, &renew).await.0), (401, 400));
    assert_ne!(secret, client);
}

async fn token(bench: &Bench, fields: &[(&str, &str)]) -> (u16, Value) {
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    form.append_pair("client_id", bench.sim.client_id())
        .append_pair("client_secret", bench.sim.client_secret());
    let body = form.extend_pairs(fields).finish();
    let request = bench.http.post(format!("{}/oauth/v1/token", bench.sim.url()));
    answer(request.header("content-type", "application/x-www-form-urlencoded").body(body)).await
}
