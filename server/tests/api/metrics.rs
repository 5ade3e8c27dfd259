//! `/metrics`: what the program tells of its work in numbers.

use axum::http::Method;
use sandbox::{Fault, Kind, RetryAfter, Rule};
use serde_json::json;

use crate::harness::{TestApp, request, with_header};

/// The value of the one line that begins so.
#[track_caller]
fn value(text: &str, series: &str) -> f64 {
    let lines: Vec<&str> = text.lines().filter(|line| line.starts_with(series)).collect();
    assert_eq!(lines.len(), 1, "{series} in\n{text}");
    lines[0].rsplit(' ').next().unwrap().parse().unwrap()
}

#[tokio::test]
async fn runs_records_calls_and_requests_are_counted() {
    let app = TestApp::configured().await;
    app.fill([json!({"Name": "Alpha", "Amount": 1}), json!({"Name": "Beta"})]);
    app.airtable.fault(Rule::new(Kind::List, Fault::RateLimited(RetryAfter::Seconds(0))));
    app.call("/api/sync/airtable/import").await.json();
    app.get("/api/deals").await.data();
    app.get("/api/sync/runs/404").await.refusal(404, "not_found");

    let answer = app.get("/metrics").await;
    assert_eq!(answer.header("content-type"), "application/openmetrics-text; version=1.0.0; charset=utf-8");
    let text = &answer.text;
    for (series, expected) in [
        (r#"passerelle_runs_total{kind="airtable",status="partial"}"#, 1.0),
        (r#"passerelle_run_records_total{kind="airtable",outcome="created"}"#, 1.0),
        (r#"passerelle_run_records_total{kind="airtable",outcome="failed"}"#, 1.0),
        (r#"passerelle_run_duration_seconds_count{kind="airtable"}"#, 1.0),
        ("passerelle_runs_going_on", 0.0),
        (r#"passerelle_provider_calls_total{service="Airtable",answer="4xx"}"#, 1.0),
        (r#"passerelle_provider_throttled_total{service="Airtable"}"#, 1.0),
        ("passerelle_webhook_messages_waiting", 0.0),
        ("passerelle_schedules_due", 0.0),
        ("passerelle_database_up", 1.0),
        (r#"passerelle_http_requests_total{route="/api/deals",method="GET",status="200"}"#, 1.0),
        (r#"passerelle_http_requests_total{route="/api/sync/runs/{id}",method="GET",status="404"}"#, 1.0),
        (r#"passerelle_http_request_duration_seconds_count{route="/api/deals",method="GET"}"#, 1.0),
        (concat!(r#"passerelle_build_info{version=""#, env!("CARGO_PKG_VERSION"), r#""}"#), 1.0),
    ] {
        assert_eq!(value(text, series), expected, "{series}");
    }
    assert!(value(text, r#"passerelle_provider_calls_total{service="Airtable",answer="2xx"}"#) >= 1.0);
    assert!(text.ends_with("# EOF\n"));
}

#[tokio::test]
async fn nobody_makes_up_series() {
    let app = TestApp::start().await;
    let series = async || app.get("/metrics").await.text.lines().count();
    let unknown = async |n: u32| {
        app.get(&format!("/nothing/{n}")).await;
        app.get(&format!("/api/nothing/{n}")).await;
        app.get(&format!("/api/deals/{n}")).await;
        let method = Method::from_bytes(format!("M{n}").as_bytes()).unwrap();
        app.send(request(method, "/api/deals")).await;
        app.send(with_header(request(Method::GET, "/"), "host", &format!("h{n}.example"))).await;
    };
    unknown(0).await;
    app.get("/metrics").await;
    let before = series().await;
    for n in 1..20 {
        unknown(n).await;
    }
    assert_eq!(series().await, before);
}

#[tokio::test]
async fn a_database_that_does_not_answer_is_told() {
    let app = TestApp::start().await;
    app.hub.close().await;
    app.get("/api/deals").await.refusal(500, "internal");
    let text = app.get("/metrics").await.text;
    assert_eq!(value(&text, "passerelle_database_up"), 0.0);
    assert!(text.contains("passerelle_http_requests_total"));
    // The process lives, and says that it cannot work.
    assert_eq!(app.get("/healthz").await.status.as_u16(), 200);
    assert_eq!(app.get("/readyz").await.status.as_u16(), 503);
}
