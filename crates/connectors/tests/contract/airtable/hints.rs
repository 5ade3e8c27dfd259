//! Webhooks of Airtable: asked for, heard, renewed and ended.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use connectors::hint::{Records, Unheard};
use connectors::http::{Http, Policy};
use connectors::{Connection, ErrorKind};
use sandbox::airtable::{Field, Grant, Id, Role, scopes};
use sandbox::{Kind, Sent};
use secrecy::SecretString;
use serde_json::json;

use super::{AirtableService, BASE, settings};
use crate::fixture::{Fixture, Opened, connect, open, stream_of};
use crate::hinted::{flipped, hear, nowhere, other, with_header};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const SIGNATURE: &str = "x-airtable-content-mac";

type Airtable = Opened<AirtableService>;

impl Airtable {
    async fn sent(&self) -> Vec<Sent> {
        self.service.simulator.courier().sent().await
    }

    fn change(&self) {
        self.service.fill(1);
    }
}

fn connection(service: &AirtableService, token: &str) -> Arc<dyn Connection> {
    connect(service, &Http::new(Policy::without_waiting()).expect("a client"), settings(BASE, token))
}

#[tokio::test]
async fn every_change_of_the_table_is_told_and_none_of_another() {
    let opened = open::<AirtableService>(1).await;
    let subscription = opened.subscribe().await;
    assert!(opened.sent().await.is_empty());
    let (clock, table) = (opened.service.simulator.clock(), &opened.service.table);
    let written =
        opened.connection.write(&opened.stream, &[opened.create(&AirtableService::sample(1))]).await;
    assert_eq!(written.expect("an outcome").len(), 1);
    assert_eq!(opened.sent().await.len(), 1);
    clock.advance(Duration::from_secs(1));
    let id = Id::parse(&opened.service.stored()[0]).expect("an id");
    table.set(id, &json!({"Name": "Autrement"})).expect("a change");
    assert_eq!(opened.sent().await.len(), 2);
    table.set(id, &json!({"Name": "Autrement"})).expect("no change");
    let elsewhere = opened.service.base.table("Elsewhere", [Field::text("Name")]);
    elsewhere.insert([json!({"Name": "A"})]).expect("a record");
    clock.advance(Duration::from_secs(1));
    assert!(table.delete(id));
    let sent = opened.sent().await;
    assert_eq!(sent.len(), 3);
    let mut events = Vec::new();
    for message in &sent {
        assert_eq!((&*message.url, message.status), (nowhere().as_str(), None));
        let heard = hear(&*AirtableService::connector(), &subscription.secret, &opened.stream.id, message);
        let heard = heard.expect("it is Airtable's");
        assert_eq!(heard.records, Records::Unknown);
        assert!(heard.events[0].starts_with(&subscription.id), "{heard:?}");
        events.extend(heard.events);
    }
    events.dedup();
    assert_eq!(events.len(), 3);
}

#[tokio::test]
async fn a_message_that_is_not_the_services_is_not_believed() {
    let opened = open::<AirtableService>(0).await;
    let subscription = opened.subscribe().await;
    opened.change();
    let sent = opened.sent().await.remove(0);
    let hear = |secret: &SecretString, sent: &Sent| {
        hear(&*AirtableService::connector(), secret, &opened.stream.id, sent).expect_err("not believed")
    };
    let secret = &subscription.secret;
    assert_eq!(hear(&other(secret), &sent), Unheard::NotSigned);
    let forged = Sent { body: flipped(&sent.body, 20), ..sent.clone() };
    assert_eq!(hear(secret, &forged), Unheard::NotSigned);
    let signature = sent.headers[SIGNATURE].to_str().expect("a text");
    assert_eq!(hear(secret, &with_header(&sent, SIGNATURE, &flipped(signature, 40))), Unheard::NotSigned);
    let mut unsigned = sent.clone();
    unsigned.headers.remove(SIGNATURE);
    assert_eq!(hear(secret, &unsigned), Unheard::NotSigned);
}

#[tokio::test]
async fn a_webhook_lives_a_week_from_its_last_renewal() {
    let opened = open::<AirtableService>(0).await;
    let subscription = opened.subscribe().await;
    let clock = opened.service.simulator.clock();
    let week = |moment: chrono::DateTime<chrono::Utc>| {
        let left = moment - clock.now();
        assert!(left <= TimeDelta::days(7) && left > TimeDelta::days(6), "{left}");
    };
    week(subscription.expires_at.expect("an end"));
    clock.advance(5 * DAY);
    let renewed = opened.subscriber().renew(&subscription.id).await.expect("an answer").expect("it lives");
    week(renewed.expires_at.expect("an end"));
    clock.advance(5 * DAY);
    opened.change();
    assert_eq!(opened.sent().await.len(), 1);
    clock.advance(3 * DAY);
    opened.change();
    assert_eq!(opened.sent().await.len(), 1, "it has expired");
    assert_eq!(opened.subscriber().renew(&subscription.id).await, Ok(None));
    assert_eq!(opened.service.base.webhooks(), 0, "it does not count any more");
}

#[tokio::test]
async fn a_webhook_that_notifies_nobody_is_gone() {
    let opened = open::<AirtableService>(0).await;
    let subscription = opened.subscribe().await;
    opened.service.base.stop_notifications();
    opened.change();
    assert!(opened.sent().await.is_empty());
    assert_eq!(opened.subscriber().renew(&subscription.id).await, Ok(None));
    assert_eq!(opened.service.base.webhooks(), 0);
}

#[tokio::test]
async fn a_webhook_that_was_taken_away_is_gone() {
    let opened = open::<AirtableService>(0).await;
    let (subscription, kept) = (opened.subscribe().await, opened.subscribe().await);
    for _ in 0..2 {
        assert_eq!(opened.subscriber().unsubscribe(&subscription.id).await, Ok(()));
    }
    assert_eq!(opened.subscriber().renew(&subscription.id).await, Ok(None));
    assert_eq!(opened.subscriber().renew("ach/../../x").await, Ok(None));
    opened.change();
    let sent = opened.sent().await;
    assert_eq!(sent.len(), 1);
    let heard = hear(&*AirtableService::connector(), &kept.secret, &opened.stream.id, &sent[0]);
    assert!(heard.expect("the other's").events[0].starts_with(&kept.id));
}

#[tokio::test]
async fn who_may_make_no_webhook_is_told_why() {
    let service = AirtableService::start(false).await;
    let all = Grant::default().scopes;
    let without = |scope: &str| {
        let scopes: Vec<&str> = all.iter().map(String::as_str).filter(|own| *own != scope).collect();
        Grant::default().scopes(&scopes)
    };
    for (grant, said) in [
        (without(scopes::WEBHOOK_MANAGE), "Il manque le droit webhook:manage au token Airtable."),
        (without(scopes::RECORDS_READ), "Il manque le droit data.records:read au token Airtable."),
        (
            Grant::default().role(Role::Edit),
            "Le token Airtable ne permet pas de créer un webhook dans cette base.",
        ),
    ] {
        let connection = connection(&service, &service.simulator.grant(grant));
        let stream = stream_of(&*connection, "Deals").await;
        let subscriber = connection.subscriber().expect("webhooks can be asked for");
        let error = subscriber.subscribe(&stream, &nowhere()).await.expect_err("refused");
        assert_eq!((error.kind, &*error.message.fr), (ErrorKind::Forbidden, said));
        assert!(error.hint.is_some());
    }
}

#[tokio::test]
async fn an_eleventh_webhook_is_refused_and_so_is_one_of_no_table_or_base() {
    let opened = open::<AirtableService>(0).await;
    for _ in 0..10 {
        opened.subscribe().await;
    }
    let refused =
        async || opened.subscriber().subscribe(&opened.stream, &nowhere()).await.expect_err("refused");
    let error = refused().await;
    assert_eq!(error.kind, ErrorKind::Rejected);
    assert_eq!(error.message.fr, "La base Airtable a déjà tous les webhooks qu'elle peut avoir.");
    assert!(error.hint.expect("a hint").en.contains("ten"));
    opened.service.base.delete_table("Deals");
    assert_eq!(refused().await.kind, ErrorKind::Rejected);
    opened.service.simulator.remove_base(opened.service.base.id());
    let error = refused().await;
    assert_eq!((error.kind, &*error.message.fr), (ErrorKind::NotFound, "Base Airtable introuvable"));
    assert_eq!(opened.service.log().count(Kind::Subscribe), 13, "none is repeated");
}

#[tokio::test]
async fn what_is_no_id_of_a_record_is_not_asked_for() {
    use futures_util::StreamExt;
    let opened = open::<AirtableService>(2).await;
    let ids = ["rec'),1=1,OR('".to_owned(), "recAAAAAAAAAAAAAA".to_owned(), String::new()];
    let pages = opened.connection.fetch(&opened.stream, &opened.stream.fields, &ids).expect("by ids");
    let pages: Vec<_> = pages.collect().await;
    assert!(pages.into_iter().all(|page| page.expect("no fault").records.is_empty()));
    assert_eq!(opened.service.log().count(Kind::List), 1);
}
