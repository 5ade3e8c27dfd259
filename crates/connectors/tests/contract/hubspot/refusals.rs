//! What HubSpot refuses, and what people are told.

use std::time::Duration;

use connectors::{ErrorKind, Outcome, Retry};
use model::budget::Window;
use sandbox::hubspot::{Grant, Limits, OWNERS_READ};
use sandbox::{Fault, Kind, Rule};

use super::HubspotService;
use crate::fixture::{Fixture, open, stream_of};

#[tokio::test]
async fn wrong_expired_and_insufficient_tokens_are_told_apart() {
    let service = HubspotService::start(false).await;
    let expired = service.simulator.grant(Grant::default());
    service.simulator.expire(&expired);
    let blind = service.simulator.grant(Grant::default().without(&["crm.objects.deals.read"]));
    for (token, kind, words) in [
        ("pat-eu1-nobody", ErrorKind::Unauthorized, "ne reconnaît pas ce jeton"),
        (expired.as_str(), ErrorKind::Unauthorized, "a expiré"),
        (&blind, ErrorKind::Forbidden, "Il manque au jeton HubSpot : crm.objects.deals.read."),
    ] {
        let error = service.by_token(token).check().await.expect_err(words);
        assert_eq!(error.kind, kind);
        assert!(error.message.fr.contains(words), "{error}");
        assert!(error.hint.is_some());
    }
}

#[tokio::test]
async fn a_right_that_is_missing_leaves_out_what_it_is_for() {
    let service = HubspotService::start(false).await;
    service.fill(1);
    let grant =
        Grant::read_only().without(&[OWNERS_READ, "crm.schemas.companies.read", "crm.schemas.custom.read"]);
    let connection = service.by_token(&service.simulator.grant(grant));
    let streams = connection.discover().await.expect("the others");
    let names: Vec<&str> = streams.iter().map(|stream| stream.id.as_str()).collect();
    assert_eq!(names, ["deals", "contacts"]);
    assert!(streams[0].find("associations.companies").is_none());
    assert!(!streams[0].find("hubspot_owner_id").expect("as ids").writable);

    let create = connectors::Write::Create([("dealname".into(), super::text("A"))].into());
    let error = connection.write(&streams[0], &[create]).await.expect_err("it may only read");
    assert_eq!(error.kind, ErrorKind::Forbidden);
    assert!(error.message.en.contains("crm.objects.deals.write"), "{error}");

    let none = Grant::default().without(&["crm.schemas.deals.read"]);
    let error =
        service.by_token(&service.simulator.grant(none)).discover().await.expect_err("the one it is about");
    assert!(error.message.fr.contains("crm.schemas.deals.read"), "{error}");
}

#[tokio::test]
async fn an_object_type_that_does_not_exist_is_named() {
    let service = HubspotService::start(false).await;
    let error = service.connected(&[("object_type", "affaires")]).check().await.expect_err("none");
    assert_eq!(error.kind, ErrorKind::NotFound);
    assert!(error.message.fr.contains("« affaires »") && error.hint.is_some(), "{error}");
}

#[tokio::test]
async fn a_key_that_is_not_unique_is_told() {
    let service = HubspotService::start(false).await;
    for (key, kind, words) in [
        ("dealname", ErrorKind::InvalidSettings, "« Deal Name » n'est pas à valeur unique"),
        ("absente", ErrorKind::NotFound, "n'a pas ces propriétés : absente"),
    ] {
        let error = service.connected(&[("unique_property", key)]).discover().await.expect_err(key);
        assert_eq!(error.kind, kind);
        assert!(error.message.fr.contains(words) && error.hint.is_some(), "{error}");
    }
}

#[tokio::test]
async fn a_day_s_quota_is_told_apart_from_a_second_s() {
    let opened = open::<HubspotService>(3).await;
    opened.service.simulator.set_limits(Limits { daily: Some(0), ..Limits::default() });
    let error = opened.pages().await.expect_err("nothing left");
    assert_eq!((error.kind, error.retry), (ErrorKind::RateLimited, Retry::Never));
    assert!(error.message.fr.contains("quotidien"), "{error}");
}

#[tokio::test]
async fn a_search_that_came_too_soon_is_asked_again_a_second_later() {
    let service = HubspotService::start(false).await;
    let connection = service.connected(&[("changes_only", "true")]);
    let stream = stream_of(&*connection, "Deals").await;
    service
        .simulator
        .faults()
        .add(Rule::new(Kind::List, Fault::RateLimited(sandbox::RetryAfter::Absent)).on_path("/search"));
    let start = tokio::time::Instant::now();
    let rows: Vec<_> = futures_util::StreamExt::collect(connection.rows(&stream, Some("0"))).await;
    assert!(rows.iter().all(Result::is_ok));
    assert!(start.elapsed() >= Duration::from_secs(1));
}

#[tokio::test]
async fn what_is_left_is_known_after_an_answer() {
    let opened = open::<HubspotService>(1).await;
    assert_eq!(opened.connection.budgets(), [], "nothing was said without limits");
    opened.service.simulator.set_limits(Limits::default());
    opened.connection.check().await.expect("an account");
    let budgets = opened.connection.budgets();
    let told: Vec<_> = budgets.iter().map(|budget| (budget.window, budget.limit, budget.left)).collect();
    assert_eq!(told, [(Window::Seconds(10), Some(100), 98), (Window::Day, Some(250_000), 249_998)]);
}

#[tokio::test]
async fn a_locked_account_is_asked_again() {
    let opened = open::<HubspotService>(1).await;
    opened.script(Rule::new(Kind::Update, HubspotService::echo(423, "locked")).times(2));
    let update = opened.update(&opened.service.stored()[0], &HubspotService::sample(1));
    let outcomes = opened.connection.write(&opened.stream, &[update]).await.expect("an outcome");
    assert!(matches!(outcomes[..], [Outcome::Written(_)]), "{outcomes:?}");
}
