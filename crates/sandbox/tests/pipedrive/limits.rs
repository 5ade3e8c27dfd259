//! Bursts, the day's budget, and faults in the service's words.

use std::time::Duration;

use chrono::{TimeZone, Utc};
use reqwest::Method;
use sandbox::pipedrive::{Limits, Options, block_page};
use sandbox::{Clock, Fault, Kind, Rule};
use serde_json::json;

use crate::client::{Bench, bench, bench_with};

async fn limited(limits: Limits) -> Bench {
    let clock = Clock::manual(Utc.with_ymd_and_hms(2027, 5, 1, 10, 0, 0).unwrap());
    bench_with(Options { limits, clock, ..Options::default() }).await
}

/// Status, and the headers of these names.
async fn told<const N: usize>(bench: &Bench, path: &str, names: [&str; N]) -> (u16, [String; N]) {
    let response = bench.ask(Method::GET, path).send().await.unwrap();
    let header = |name: &str| {
        response.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
    };
    (response.status().as_u16(), names.map(header))
}

#[tokio::test]
async fn twenty_requests_in_any_two_seconds() {
    let bench = limited(Limits::default()).await;
    let names = ["x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset", "retry-after"];
    for number in 0..20 {
        let (status, [limit, remaining, ..]) = told(&bench, "/api/v2/deals/1", names).await;
        assert_eq!((status, limit.as_str(), remaining), (404, "20", (19 - number).to_string()));
    }
    let (status, [_, remaining, reset, retry_after]) = told(&bench, "/api/v2/deals/1", names).await;
    assert_eq!((status, remaining.as_str(), reset.as_str(), retry_after.as_str()), (429, "0", "2", ""));
    bench.sim.clock().advance(Duration::from_millis(1_500));
    assert_eq!(told(&bench, "/api/v2/deals/1", ["x-ratelimit-reset"]).await, (429, ["1".to_owned()]));
    bench.sim.clock().advance(Duration::from_millis(500));
    assert_eq!(told(&bench, "/api/v2/deals/1", []).await.0, 404);
}

#[tokio::test]
async fn searches_have_a_burst_of_their_own() {
    let bench = limited(Limits::default()).await;
    for _ in 0..10 {
        assert_eq!(bench.get("/api/v2/persons/search?term=ab").await.0, 200);
    }
    assert_eq!(bench.get("/api/v2/persons/search?term=ab").await.0, 429);
    assert_eq!(bench.get("/api/v2/persons").await.0, 200);
}

#[tokio::test]
async fn a_day_has_its_budget() {
    let bench = limited(Limits { daily: Some(30), per_api_token: None, ..Limits::default() }).await;
    let left = ["x-daily-requests-left"];
    for (path, expected) in [
        ("/api/v2/deals", "20"),
        ("/api/v2/deals/1", "19"),
        ("/api/v1/users/me", "17"),
        ("/api/v2/dealFields", "7"),
    ] {
        assert_eq!(told(&bench, path, left).await.1, [expected], "{path}");
    }
    assert_eq!(told(&bench, "/api/v2/deals", left).await, (429, ["7".to_owned()]), "10 are not left");
    bench.sim.use_up_day();
    assert_eq!(told(&bench, "/api/v2/deals/1", left).await, (429, ["0".to_owned()]));
    bench.sim.clock().advance(Duration::from_secs(14 * 3_600));
    assert_eq!(told(&bench, "/api/v2/deals/1", left).await, (404, ["29".to_owned()]), "the next day");
}

#[tokio::test]
async fn faults_speak_as_the_service_does() {
    let bench = bench().await;
    for (fault, status) in [
        (Fault::Status(502), 502),
        (Fault::Unauthorized, 401),
        (Fault::QuotaExceeded, 429),
        (Fault::ExpiredOffset, 400),
        (Fault::Answer(block_page()), 403),
    ] {
        let name = fault.name();
        bench.sim.fault(Rule::new(Kind::Create, fault));
        let (found, body) = bench.send(Method::POST, "/api/v2/deals", json!({"title": "A"})).await;
        assert_eq!((found, body["success"] == false), (status, body.is_object()), "{name}");
    }
    assert!(bench.deals().ids().is_empty());
    bench.sim.fault(Rule::new(Kind::Create, Fault::DoneThenStatus(502)));
    assert_eq!(bench.send(Method::POST, "/api/v2/deals", json!({"title": "A"})).await.0, 502);
    assert_eq!(bench.deals().ids().len(), 1);
}
