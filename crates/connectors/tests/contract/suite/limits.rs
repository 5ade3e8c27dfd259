//! The service's limits are obeyed, by all connections together.

use std::sync::Arc;
use std::time::{Duration, Instant};

use connectors::http::{Http, Policy};
use connectors::{ErrorKind, Outcome, Retry};
use prometheus_client::encoding::text::encode;
use prometheus_client::registry::Registry;
use sandbox::{Fault, Kind, Log, RetryAfter, Rule};

use crate::fixture::{Fixture, connect, ids, open, open_with, stream_of};

pub(crate) async fn retry_after_is_obeyed<F: Fixture>() {
    for when in [RetryAfter::Seconds(1), RetryAfter::Date(Duration::from_millis(1_900))] {
        let opened = open::<F>(150).await;
        opened.script(Rule::new(Kind::List, Fault::RateLimited(when.clone())).nth(2));
        let pages = opened.pages().await.expect("after the wait");
        assert_eq!(ids(&pages), opened.service.stored());
        // A date has no fractions of a second.
        let asked = if when == RetryAfter::Seconds(1) { 1_000 } else { 800 };
        assert_eq!(early(opened.service.log(), Duration::from_millis(asked)), 0, "{when:?}");
    }
}

pub(crate) async fn an_outage_that_says_how_long_is_waited_for<F: Fixture>() {
    let opened = open::<F>(3).await;
    opened.next(Kind::List, Fault::Unavailable(RetryAfter::Seconds(1)));
    let start = Instant::now();
    opened.pages().await.expect("after the wait");
    assert!(start.elapsed() >= Duration::from_secs(1), "{:?}", start.elapsed());
}

pub(crate) async fn a_penalty_is_kept_by_every_connection<F: Fixture>() {
    // Long enough to be told from a slow machine, whatever the service's own penalty is.
    let scale = 0.6 / F::PENALTY.as_secs_f64();
    let policy = Policy { time_scale: scale, ..Policy::without_waiting() };
    let penalty = F::PENALTY.mul_f64(scale);
    let service = F::start(false).await;
    let http = Http::new(policy.clone()).expect("a client");
    let other = connect(&service, &http, service.settings());
    let connection = connect(&service, &http, service.settings());
    let stream = stream_of(&*connection, F::STREAM).await;
    service.log().clear();
    service.faults().add(Rule::new(Kind::List, Fault::RateLimited(RetryAfter::Absent)));
    let first = tokio::spawn(async move { connection.count(&stream, 10).await });
    until(|| knows_of_a_refusal(&http)).await;
    let start = Instant::now();
    let others = futures_util::future::join_all((0..4).map(|_| other.check())).await;
    assert!(others.iter().all(Result::is_ok));
    assert!(start.elapsed() >= penalty - Duration::from_millis(100), "{:?}", start.elapsed());
    first.await.expect("no panic").expect("after the penalty");
    assert_eq!(early(service.log(), penalty), 0);
}

pub(crate) async fn a_long_retry_after_is_not_waited_for<F: Fixture>() {
    let opened = open::<F>(3).await;
    opened.next(Kind::List, Fault::RateLimited(RetryAfter::Seconds(3_600)));
    let start = Instant::now();
    let error = opened.pages().await.expect_err("not now");
    assert!(start.elapsed() < Duration::from_secs(10));
    assert_eq!(error.kind, ErrorKind::RateLimited);
    assert_eq!(error.retry, Retry::After(Duration::from_secs(3_600)));
    let hint = error.hint.expect("a hint");
    assert!(hint.fr.contains("60 minutes") && hint.en.contains("60 minutes"), "{hint:?}");
}

pub(crate) async fn careless_retry_afters_do_not_stop_the_reading<F: Fixture>() {
    for when in [RetryAfter::Seconds(0), RetryAfter::Seconds(-5), RetryAfter::garbage()] {
        let opened = open::<F>(150).await;
        opened.script(Rule::new(Kind::List, Fault::RateLimited(when.clone())).nth(2).times(2));
        let pages = opened.pages().await.unwrap_or_else(|error| panic!("{when:?}: {error}"));
        assert_eq!(ids(&pages), opened.service.stored());
    }
    let opened = open::<F>(3).await;
    opened.next(Kind::List, Fault::RateLimited(RetryAfter::huge()));
    assert_eq!(opened.pages().await.expect_err("thirty years").kind, ErrorKind::RateLimited);
}

pub(crate) async fn a_used_up_quota_is_not_tried_again<F: Fixture>() {
    let opened = open::<F>(3).await;
    opened.script(Rule::new(Kind::List, Fault::QuotaExceeded).always());
    let error = opened.pages().await.expect_err("no calls left");
    assert_eq!((error.kind, error.retry), (ErrorKind::RateLimited, Retry::Never));
    assert!(error.message.fr.contains("quota") && error.message.en.contains("quota"), "{error}");
    assert_eq!(opened.service.log().count(Kind::List), 1);
}

pub(crate) async fn eight_writers_stay_within_the_window<F: Fixture>() {
    let opened = open_with(F::start(true).await, 0, Policy::default()).await;
    let opened = Arc::new(opened);
    let writers = (0..8).map(|writer| {
        let opened = Arc::clone(&opened);
        tokio::spawn(async move {
            for number in 0..3 {
                let create = opened.create(&F::sample(writer * 3 + number));
                let outcomes = opened.connection.write(&opened.stream, &[create]).await.expect("an outcome");
                assert!(matches!(outcomes[..], [Outcome::Written(_)]));
            }
        })
    });
    for writer in futures_util::future::join_all(writers).await {
        writer.expect("no panic");
    }
    assert_eq!(opened.service.stored().len(), 24);
    hardly_ever_refused(opened.service.log());
}

/// The same for a connector that only reads.
pub(crate) async fn eight_readers_stay_within_the_window<F: Fixture>() {
    let opened = Arc::new(open_with(F::start(true).await, 1, Policy::default()).await);
    let readers = (0..8).map(|_| {
        let opened = Arc::clone(&opened);
        tokio::spawn(async move {
            for _ in 0..2 {
                opened.connection.check().await.expect("an account");
            }
        })
    });
    for reader in futures_util::future::join_all(readers).await {
        reader.expect("no panic");
    }
    hardly_ever_refused(opened.service.log());
}

/// The service refuses what comes too fast, and eight at once without pace would be refused again and again. A
/// request that was held up on its way may still meet the next one at the door.
fn hardly_ever_refused(log: &Log) {
    let statuses: Vec<Option<u16>> = log.entries().iter().map(|entry| entry.status).collect();
    let refused = statuses.iter().filter(|status| **status == Some(429)).count();
    assert!(refused * 8 <= statuses.len(), "{refused} of {} refused", statuses.len());
    // What is new is answered 201 by some.
    assert!(statuses.iter().all(|status| matches!(status, Some(200 | 201 | 429))), "{statuses:?}");
}

pub(crate) async fn cancelling_ends_a_silence_at_once<F: Fixture>() {
    let opened = open::<F>(3).await;
    opened.next(Kind::List, Fault::RateLimited(RetryAfter::Seconds(30)));
    let opened = Arc::new(opened);
    let run = Arc::clone(&opened);
    let reading = tokio::spawn(async move { run.pages().await });
    until(|| opened.service.log().entries().iter().any(|entry| entry.status == Some(429))).await;
    let start = Instant::now();
    reading.abort();
    assert!(reading.await.expect_err("cancelled").is_cancelled());
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}

/// Requests that came less than this after a 429.
fn early(log: &Log, penalty: Duration) -> usize {
    log.during_lockout(penalty).len()
}

/// Whether a client has drawn its consequence from a refusal: it counts it then.
fn knows_of_a_refusal(http: &Http) -> bool {
    let (mut registry, mut counts) = (Registry::default(), String::new());
    http.calls().register(&mut registry);
    encode(&mut counts, &registry).expect("text");
    counts.contains("provider_throttled_total{")
}

/// Waits for a condition; the test runner's own limit is the end of it.
async fn until(holds: impl Fn() -> bool) {
    loop {
        tokio::time::sleep(Duration::from_millis(5)).await;
        if holds() {
            return;
        }
    }
}
