//! What an organisation may ask in a day.

use std::time::Duration;

use reqwest::Method;
use sandbox::salesforce::{Limits, Options};
use serde_json::json;

use crate::client::{bench_with, refused};

#[tokio::test]
async fn requests_are_counted_for_a_day_and_told_with_every_answer() {
    let options = Options { limits: Limits { daily_requests: 12 }, ..Options::default() };
    let mut at = bench_with(options).await;
    at.sim.use_up(9);
    let first = at.request(Method::GET, "sobjects").send().await.unwrap();
    assert_eq!(first.headers()["sforce-limit-info"], "api-usage=10/12");
    let (_, limits) = at.get("limits").await;
    assert_eq!(limits["DailyApiRequests"], json!({"Max": 12, "Remaining": 1}));
    assert_eq!(at.get("sobjects").await.0, 200);
    assert_eq!(refused(at.get("limits").await), (403, "REQUEST_LIMIT_EXCEEDED".to_owned()));
    assert_eq!(at.sim.used(), 12, "a refused request does not count");

    at.sim.clock().advance(Duration::from_secs(25 * 3_600));
    let tokens = at
        .token(&[
            ("grant_type", "client_credentials"),
            ("client_id", sandbox::salesforce::CLIENT_ID),
            ("client_secret", sandbox::salesforce::CLIENT_SECRET),
        ])
        .await;
    at.token = tokens.1["access_token"].as_str().unwrap().to_owned();
    assert_eq!(at.get("limits").await.1["DailyApiRequests"]["Remaining"], json!(11));
}
