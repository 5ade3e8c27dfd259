//! The request limit of a token.

use std::time::Duration;

use chrono::DateTime;
use sandbox::Clock;
use sandbox::notion::{Grant, Limits, Options, Pace};
use serde_json::json;

use crate::client::{Bench, bench_with, refusal};

async fn strict() -> (Bench, Clock) {
    let clock = Clock::manual(DateTime::UNIX_EPOCH);
    (bench_with(Options { clock: clock.clone(), ..Options::default() }).await, clock)
}

async fn statuses(bench: &Bench, count: usize) -> Vec<u16> {
    let mut statuses = Vec::new();
    for _ in 0..count {
        statuses.push(bench.get("users/me").await.0);
    }
    statuses
}

#[tokio::test]
async fn three_a_second_pass_for_ever() {
    let (bench, clock) = strict().await;
    for _ in 0..60 {
        assert_eq!(statuses(&bench, 3).await, [200; 3]);
        clock.advance(Duration::from_secs(1));
    }
    assert_eq!(bench.sim.log().most_within(Duration::from_secs(60)), 180);
}

#[tokio::test]
async fn a_small_burst_passes_and_more_is_told_how_long_to_wait() {
    let (bench, clock) = strict().await;
    assert_eq!(statuses(&bench, 10).await, [200; 10]);
    let response = bench.request(reqwest::Method::GET, "users/me").send().await.unwrap();
    assert_eq!(
        (response.status().as_u16(), &response.headers()["retry-after"]),
        (429, &"1".parse().unwrap())
    );
    let body: serde_json::Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
    assert_eq!(
        refusal(&body),
        ("rate_limited", "You have been rate limited. Please try again in a few minutes.")
    );
    assert_eq!(body["additional_data"]["rate_limit_reason"], "public_api_request_rate_limit");
    clock.advance(Duration::from_secs(1));
    assert_eq!(statuses(&bench, 4).await, [200, 200, 200, 429], "refused requests have used up nothing");
}

#[tokio::test]
async fn every_token_has_its_own_limit() {
    let (mut bench, _clock) = strict().await;
    assert_eq!(statuses(&bench, 11).await.last(), Some(&429));
    bench.token = bench.sim.grant(Grant::default());
    assert_eq!(statuses(&bench, 10).await, [200; 10]);
}

#[tokio::test]
async fn requests_without_a_valid_token_use_up_nothing() {
    let (mut bench, _clock) = strict().await;
    let token = std::mem::replace(&mut bench.token, "ntn_wrong".into());
    assert_eq!(statuses(&bench, 20).await, [401; 20]);
    bench.token = token;
    assert_eq!(statuses(&bench, 10).await, [200; 10]);
}

#[tokio::test]
async fn limits_can_be_set_used_up_and_taken_away() {
    let (bench, clock) = strict().await;
    let pace = Pace { requests: 1, per: Duration::from_secs(30), burst: 2 };
    bench.sim.set_limits(Limits { per_token: Some(pace), ..Limits::none() });
    assert_eq!(statuses(&bench, 3).await, [200, 200, 429]);
    let response = bench.request(reqwest::Method::GET, "users/me").send().await.unwrap();
    assert_eq!(response.headers()["retry-after"], "30");
    clock.advance(Duration::from_secs(30));
    assert_eq!(statuses(&bench, 2).await, [200, 429]);
    bench.sim.set_limits(Limits::default());
    bench.sim.exhaust(&bench.token);
    assert_eq!(statuses(&bench, 1).await, [429]);
    bench.sim.set_limits(Limits::none());
    assert_eq!(statuses(&bench, 30).await, [200; 30]);
    assert_eq!(bench.query(json!({})).await["results"], json!([]));
}
