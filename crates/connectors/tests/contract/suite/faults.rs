//! What goes wrong on the way, and what people are told.

use connectors::http::{Http, Policy};
use connectors::{Context, Error, ErrorKind};
use sandbox::{Answer, Fault, Kind, RetryAfter, Rule};

use crate::fixture::{Fixture, connect, ids, open};

pub(crate) async fn a_revoked_token_is_unauthorized<F: Fixture>() {
    let opened = open::<F>(3).await;
    opened.service.revoke();
    let create = opened.create(&F::sample(1));
    for error in [
        opened.connection.check().await.expect_err("check"),
        opened.connection.discover().await.expect_err("discover"),
        opened.connection.count(&opened.stream, 10).await.expect_err("count"),
        opened.pages().await.expect_err("read"),
    ] {
        assert_eq!(error.kind, ErrorKind::Unauthorized);
        assert_told(&error);
    }
    let error = opened.connection.write(&opened.stream, &[create]).await.expect_err("write");
    // Who only reads has no token to be refused for a write.
    let writes = F::connector().spec().capabilities.writes;
    assert_eq!(error.kind, if writes { ErrorKind::Unauthorized } else { ErrorKind::Rejected });
    assert_told(&error);
}

pub(crate) async fn an_unknown_container_is_told<F: Fixture>() {
    let opened = open::<F>(0).await;
    let http = Http::new(Policy::without_waiting()).expect("a client");
    let elsewhere = connect(&opened.service, &http, opened.service.settings_elsewhere());
    let error = elsewhere.check().await.expect_err("it does not exist");
    assert_eq!(error.kind, ErrorKind::NotFound);
    assert_told(&error);
}

pub(crate) async fn passing_faults_are_repeated_when_reading<F: Fixture>() {
    for fault in [
        Fault::Status(500),
        Fault::Status(502),
        Fault::Status(503),
        Fault::Status(504),
        Fault::Unavailable(RetryAfter::Absent),
        Fault::ResetMidBody,
        Fault::Dropped,
        Fault::CutJson,
        Fault::EmptyBody,
        Fault::RateLimited(RetryAfter::Absent),
    ] {
        for page in [1, 2] {
            let opened = open::<F>(150).await;
            opened.script(Rule::new(Kind::List, fault.clone()).nth(page).times(3));
            let pages = opened.pages().await.unwrap_or_else(|error| panic!("{fault:?}: {error}"));
            assert_eq!(ids(&pages), opened.service.stored(), "{fault:?} on page {page}");
            assert!(pages.iter().all(|page| !page.restarted));
        }
    }
}

pub(crate) async fn lasting_faults_end_with_their_kind<F: Fixture>() {
    for (fault, kind) in [
        (Fault::Status(500), ErrorKind::Unavailable),
        (Fault::Status(503), ErrorKind::Unavailable),
        (Fault::ResetMidBody, ErrorKind::Unavailable),
        (Fault::Dropped, ErrorKind::Unavailable),
        (Fault::CutJson, ErrorKind::UnexpectedReply),
        (Fault::RateLimited(RetryAfter::Absent), ErrorKind::RateLimited),
    ] {
        let opened = open::<F>(3).await;
        opened.script(Rule::new(Kind::List, fault.clone()).always());
        let error = opened.pages().await.expect_err("the fault lasts");
        assert_eq!(error.kind, kind, "{fault:?}");
        assert!(!error.maybe_applied, "nothing was to be written");
        assert_told(&error);
        let attempts = Policy::default().attempts as usize;
        assert_eq!(opened.service.log().count(Kind::List), attempts, "{fault:?}");
    }
}

pub(crate) async fn answers_of_another_shape_are_told_apart<F: Fixture>() {
    for fault in [Fault::HtmlPage, Fault::WrongType] {
        let opened = open::<F>(3).await;
        opened.script(Rule::new(Kind::List, fault.clone()).always());
        let error = opened.pages().await.expect_err("no data");
        assert_eq!(error.kind, ErrorKind::UnexpectedReply, "{fault:?}");
        assert_told(&error);
        assert_eq!(opened.service.log().count(Kind::List), 1, "{fault:?} is not repeated");
        assert_eq!(error.message.fr.contains("HTML"), matches!(fault, Fault::HtmlPage));
    }
}

/// Read level by level, it would take all of the stack.
pub(crate) async fn an_answer_nested_without_end_is_refused<F: Fixture>() {
    let opened = open::<F>(3).await;
    let nested = Answer::text(200, "application/json", r#"{"x":"#.repeat(1_000_000));
    opened.script(Rule::new(Kind::List, Fault::Answer(nested)).always());
    let error = opened.pages().await.expect_err("no data");
    assert_eq!(error.kind, ErrorKind::UnexpectedReply);
    assert_told(&error);
}

pub(crate) async fn an_unreachable_service_is_told<F: Fixture>() {
    let opened = open::<F>(0).await;
    // Nobody listens on a port that was just given back.
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .and_then(|socket| socket.local_addr())
        .expect("a port")
        .port();
    let http = Http::new(Policy::without_waiting()).expect("a client");
    let context = Context { http, base_url: Some(format!("http://127.0.0.1:{port}")), tokens: None };
    let connection = F::connector().connect(&context, opened.service.settings()).expect("a connection");
    let error = connection.check().await.expect_err("nobody is there");
    assert_eq!(error.kind, ErrorKind::Unavailable);
    assert!(error.message.fr.contains("injoignable (connexion refusée)"), "{error}");
    assert_told(&error);
}

pub(crate) async fn a_paging_token_that_expired_begins_the_listing_anew<F: Fixture>() {
    let opened = open::<F>(250).await;
    opened.script(Rule::new(Kind::List, Fault::ExpiredOffset).nth(3));
    let pages = opened.pages().await.expect("all pages");
    let restart = pages.iter().position(|page| page.restarted).expect("the page says so");
    assert_eq!(ids(&pages[restart..]), opened.service.stored(), "from there everything comes again");

    opened.script(Rule::new(Kind::List, Fault::ExpiredOffset).from_nth(2));
    let error = opened.pages().await.expect_err("it never ends");
    assert_eq!(error.kind, ErrorKind::Unavailable);
    assert_told(&error);
}

/// Both languages say something, and nothing of the inside.
fn assert_told(error: &Error) {
    let hint = error.hint.as_ref().unwrap_or_else(|| panic!("{error} has no hint"));
    for text in [&error.message, hint] {
        for words in [&text.fr, &text.en] {
            assert!(!words.is_empty());
            for inside in
                ["reqwest", "hyper", "serde", "error sending", "os error", "http://", "127.0.0.1", "::"]
            {
                assert!(!words.contains(inside), "{words}");
            }
        }
    }
}
