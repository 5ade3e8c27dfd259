//! Tokens of both kinds, scopes, plans, and the authorization server.

use reqwest::Method;
use sandbox::pipedrive::{Entity, Rights};
use serde_json::{Value, json};

use crate::client::{Bench, answer, bench, posting};

#[tokio::test]
async fn without_a_good_token_everything_is_refused_alike() {
    let bench = bench().await;
    let me = bench.data("/api/v1/users/me").await;
    assert_eq!((&me["company_domain"], &me["name"]), (&json!("acme"), &json!("Camille Martin")));
    let granted = bench.sim.access(Rights::full());
    let requests = [
        bench.request(Method::GET, "/api/v2/deals"),
        bench.request(Method::GET, "/nowhere"),
        bench.request(Method::GET, "/api/v2/deals").header("x-api-token", "another"),
        // Each kind has a header of its own.
        bench.request(Method::GET, "/api/v2/deals").header("x-api-token", &granted),
        bench.request(Method::GET, "/api/v2/deals").bearer_auth(bench.sim.token()),
    ];
    for request in requests {
        let (status, body) = answer(request).await;
        assert_eq!((status, &body["error"]), (401, &json!("unauthorized access")));
    }
    bench.sim.revoke(bench.sim.token());
    assert_eq!(bench.get("/api/v1/users/me").await.0, 401);
    assert!(!format!("{:?}", bench.sim.log().entries()).contains(bench.sim.token()));
}

#[tokio::test]
async fn scopes_plans_and_unpaid_bills_are_told_apart() {
    let bench = bench().await;
    let reader = bench.sim.access(Rights::read_only());
    let (status, _) = answer(bench.request(Method::GET, "/api/v2/deals").bearer_auth(&reader)).await;
    assert_eq!(status, 200);
    let create = bench.request(Method::POST, "/api/v2/deals").json(&json!({"title": "A"}));
    let (status, body) = answer(create.bearer_auth(&reader)).await;
    assert_eq!((status, &body["error"]), (403, &json!("Scope and URL mismatch")));
    let contacts = bench.sim.access(Rights::scopes(&["base", "contacts:full"]));
    let deals = bench.request(Method::GET, "/api/v2/dealFields").bearer_auth(&contacts);
    assert_eq!(answer(deals).await.0, 403);

    bench.deals().set_cap(Some(1));
    let create = async || bench.send(Method::POST, "/api/v2/deals", json!({"title": "A"})).await;
    assert_eq!(create().await.0, 200);
    let (status, body) = create().await;
    assert_eq!((status, &body["code"]), (403, &json!("feature_capping_deals_limit")));
    bench.sim.set_unpaid(true);
    assert_eq!(bench.get("/api/v2/deals").await.0, 402);
}

async fn tokens(bench: &Bench, form: &[(&str, &str)]) -> (u16, Value) {
    let (client, secret) = bench.sim.client();
    let request = bench.request(Method::POST, "/oauth/token").basic_auth(client, Some(secret));
    answer(posting(request, form)).await
}

#[tokio::test]
async fn a_refresh_token_serves_until_the_application_is_uninstalled() {
    let bench = bench().await;
    let refresh = bench.sim.grant();
    let form = [("grant_type", "refresh_token"), ("refresh_token", &refresh)];
    for _ in 0..2 {
        let (status, body) = tokens(&bench, &form).await;
        assert_eq!((status, &body["refresh_token"]), (200, &json!(refresh)));
        assert_eq!(body["api_domain"], json!(bench.sim.url()));
        let access = body["access_token"].as_str().unwrap();
        let deals = bench.request(Method::GET, "/api/v2/deals").bearer_auth(access);
        assert_eq!(answer(deals).await.0, 200);
        bench.sim.end_access();
        let deals = bench.request(Method::GET, "/api/v2/deals").bearer_auth(access);
        assert_eq!(answer(deals).await.0, 401);
    }
    bench.sim.uninstall();
    let (status, body) = tokens(&bench, &form).await;
    assert_eq!((status, &body["error"]), (400, &json!("invalid_grant")));
    let stranger = bench.request(Method::POST, "/oauth/token").basic_auth("another", Some("x"));
    assert_eq!(answer(posting(stranger, &form)).await.0, 401);
}

#[tokio::test]
async fn a_code_serves_once_and_at_its_own_address() {
    let bench = bench().await;
    #[expect(clippy::disallowed_methods, reason = "the test's own client, not the product's")]
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let back = "http://127.0.0.1:9/back";
    let page = format!(
        "{}/oauth/authorize?client_id={}&redirect_uri={back}&state=s1",
        bench.sim.url(),
        bench.sim.client().0
    );
    let response = http.get(page).send().await.unwrap();
    let location = response.headers()["location"].to_str().unwrap().to_owned();
    let code = location.split("code=").nth(1).unwrap().split('&').next().unwrap();
    assert!(location.starts_with(back) && location.ends_with("state=s1"));
    let form = |uri| [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", uri)];
    assert_eq!(tokens(&bench, &form(back)).await.0, 200);
    assert_eq!(tokens(&bench, &form(back)).await.0, 400, "a second time");
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let bench = bench().await;
    assert_eq!(bench.get("/api/v2/nowhere").await.0, 404);
    let (status, body) = bench.get("/api/v2/persons/9").await;
    assert_eq!((status, &body["error"]), (404, &json!("Person not found")));
    assert_eq!(bench.sim.table(Entity::Persons).ids(), [0_i64; 0]);
}
