//! Request limits: the window, the penalty, the quota, and how the log proves them.

use std::time::Duration;

use chrono::DateTime;
use sandbox::airtable::{Grant, Limits, Options, Rate};
use sandbox::{Clock, Fault, Kind, RetryAfter, Rule};
use serde_json::json;

use crate::client::{BASE, Bench, bench_with, kind};

async fn strict() -> (Bench, Clock) {
    let clock = Clock::manual(DateTime::UNIX_EPOCH);
    (bench_with(Options { clock: clock.clone(), ..Options::default() }).await, clock)
}

async fn statuses(bench: &Bench, count: usize) -> Vec<u16> {
    let mut statuses = Vec::new();
    for _ in 0..count {
        statuses.push(bench.get(&format!("{BASE}/Deals")).await.0);
    }
    statuses
}

#[tokio::test]
async fn five_a_second_pass_the_sixth_locks_the_base_for_thirty_seconds() {
    let (bench, clock) = strict().await;
    assert_eq!(statuses(&bench, 5).await, [200; 5]);
    let (status, body) = bench.get(&format!("{BASE}/Deals")).await;
    let limited = json!({"error": {"type": "RATE_LIMIT_REACHED", "message": "Rate limit exceeded. Please try again later"}});
    assert_eq!((status, body), (429, limited));
    clock.advance(Duration::from_millis(29_999));
    assert_eq!(statuses(&bench, 1).await, [429]);
    clock.advance(Duration::from_millis(1));
    assert_eq!(statuses(&bench, 5).await, [200; 5], "being refused meanwhile has not lengthened it");
}

#[tokio::test]
async fn the_window_slides() {
    let (bench, clock) = strict().await;
    for _ in 0..20 {
        assert_eq!(statuses(&bench, 1).await, [200]);
        clock.advance(Duration::from_millis(200));
    }
    assert_eq!(bench.sim.log().most_within(Duration::from_secs(1)), 5);
    assert_eq!(bench.sim.log().during_lockout(Duration::from_secs(30)).len(), 0);
    assert_eq!(statuses(&bench, 2).await, [200, 429], "four are in the last second already");
}

#[tokio::test]
async fn each_base_has_its_own_limit_and_meta_calls_of_a_base_count() {
    let (bench, _clock) = strict().await;
    bench.sim.base("appOtherOther0000", "Other").unwrap().table("T", []);
    assert_eq!(statuses(&bench, 4).await, [200; 4]);
    assert_eq!(bench.get(&format!("meta/bases/{BASE}/tables")).await.0, 200);
    assert_eq!(statuses(&bench, 1).await, [429]);
    assert_eq!(bench.get(&format!("meta/bases/{BASE}/tables")).await.0, 429);
    assert_eq!(bench.get("appOtherOther0000/T").await.0, 200);
    assert_eq!(bench.get("meta/whoami").await.0, 200);
}

#[tokio::test]
async fn fifty_a_second_for_one_user_over_all_bases() {
    let (mut bench, _clock) = strict().await;
    for _ in 0..50 {
        assert_eq!(bench.get("meta/whoami").await.0, 200);
    }
    assert_eq!(bench.get("meta/whoami").await.0, 429);
    bench.token = bench.sim.grant(Grant { email: "else@example.com".into(), ..Grant::default() });
    assert_eq!(bench.get("meta/whoami").await.0, 200);
}

#[tokio::test]
async fn requests_without_a_valid_token_use_up_nothing() {
    let (mut bench, _clock) = strict().await;
    let token = std::mem::replace(&mut bench.token, "patWrong".into());
    assert_eq!(statuses(&bench, 10).await, [401; 10]);
    bench.token = token;
    assert_eq!(statuses(&bench, 5).await, [200; 5]);
}

#[tokio::test]
async fn the_log_tells_calls_in_the_lockout() {
    let (bench, clock) = strict().await;
    statuses(&bench, 6).await;
    assert_eq!(bench.sim.log().most_within(Duration::from_secs(1)), 6);
    clock.advance(Duration::from_secs(10));
    statuses(&bench, 2).await;
    clock.advance(Duration::from_secs(20));
    statuses(&bench, 1).await;
    assert_eq!(bench.sim.log().during_lockout(Duration::from_secs(30)).len(), 2);
}

#[tokio::test]
async fn limits_can_be_set_and_a_lockout_can_be_started() {
    let (bench, clock) = strict().await;
    let rate = Rate { requests: 2, per: Duration::from_secs(10), penalty: Duration::from_secs(3) };
    bench.sim.set_limits(Limits { per_base: Some(rate), ..Limits::none() });
    assert_eq!(statuses(&bench, 3).await, [200, 200, 429]);
    clock.advance(Duration::from_secs(3));
    assert_eq!(statuses(&bench, 2).await, [200, 200]);
    bench.sim.set_limits(Limits::none());
    assert_eq!(statuses(&bench, 30).await, [200; 30]);
    bench.sim.set_limits(Limits::default());
    bench.sim.lock_out(bench.base.id());
    assert_eq!(statuses(&bench, 1).await, [429]);
}

#[tokio::test]
async fn the_months_calls_run_out() {
    let clock = Clock::manual(DateTime::UNIX_EPOCH);
    let limits = Limits { monthly_calls: Some(3), ..Limits::none() };
    let bench = bench_with(Options { limits, clock: clock.clone(), ..Options::default() }).await;
    assert_eq!(statuses(&bench, 4).await, [200, 200, 200, 429]);
    clock.advance(Duration::from_secs(3600));
    let (_, body) = bench.get(&format!("{BASE}/Deals")).await;
    assert_eq!(kind(&body), "PUBLIC_API_BILLING_LIMIT_EXCEEDED");
}

#[tokio::test]
async fn a_fault_hits_only_requests_that_were_let_in() {
    let (bench, clock) = strict().await;
    bench.sim.fault(Rule::new(Kind::List, Fault::RateLimited(RetryAfter::Seconds(1))).nth(6));
    assert_eq!(statuses(&bench, 7).await, [200, 200, 200, 200, 200, 429, 429]);
    assert_eq!(bench.sim.faults().pending(), 1, "these were the limiter's own");
    clock.advance(Duration::from_secs(30));
    assert_eq!(statuses(&bench, 2).await, [429, 200]);
    assert_eq!(bench.sim.faults().pending(), 0);
}
