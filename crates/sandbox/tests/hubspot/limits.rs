//! The windows and what is told of them.

use std::time::Duration;

use sandbox::Clock;
use sandbox::hubspot::{Limits, Options};
use serde_json::json;

use crate::client::{Bench, bench_with};

async fn strict(limits: Limits) -> Bench {
    let clock = Clock::manual(chrono::DateTime::from_timestamp(1_700_000_000, 0).unwrap());
    bench_with(Options { limits, clock, ..Options::default() }).await
}

#[tokio::test]
async fn the_headers_tell_what_is_left() {
    let bench = strict(Limits { per_ten_seconds: Some(3), ..Limits::default() }).await;
    let path = format!("{}/crm/v3/objects/deals", bench.sim.url());
    let answer = bench.http.get(path).bearer_auth(&bench.token).send().await.unwrap();
    let told = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(told("x-hubspot-ratelimit-remaining"), "2");
    assert_eq!(told("x-hubspot-ratelimit-daily-remaining"), "249999");
    for _ in 0..2 {
        assert_eq!(bench.get("/crm/v3/objects/deals").await.0, 200);
    }
    let (status, body) = bench.get("/crm/v3/objects/deals").await;
    assert_eq!((status, &body["policyName"]), (429, &json!("TEN_SECONDLY_ROLLING")));
    bench.sim.clock().advance(Duration::from_secs(10));
    assert_eq!(bench.get("/crm/v3/objects/deals").await.0, 200);
}

#[tokio::test]
async fn searches_and_days_are_counted_by_themselves() {
    let bench = strict(Limits { daily: Some(7), ..Limits::default() }).await;
    for _ in 0..5 {
        bench.search(json!({})).await;
    }
    let (status, body) = bench.post("/crm/v3/objects/deals/search", json!({})).await;
    assert_eq!((status, &body["policyName"]), (429, &json!("SECONDLY")));
    for (status, policy) in [(200, json!(null)), (200, json!(null)), (429, json!("DAILY"))] {
        let (told, body) = bench.get("/crm/v3/objects/deals").await;
        assert_eq!((told, &body["policyName"]), (status, &policy));
    }
    bench.sim.clock().advance(Duration::from_secs(86_400));
    assert_eq!(bench.get("/crm/v3/objects/deals").await.0, 200);
}
