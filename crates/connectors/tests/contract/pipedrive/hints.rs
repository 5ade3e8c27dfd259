//! Webhooks of Pipedrive: asked for, heard, looked after and ended.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use connectors::ErrorKind;
use connectors::hint::{Records, Renewed, Unheard};
use futures_util::StreamExt;
use sandbox::pipedrive::{Entity, Rights};
use sandbox::{Kind, Sent};
use secrecy::SecretString;
use serde_json::json;

use super::refusals::{granted, refusal};
use super::{PipedriveService, connection};
use crate::fixture::{Fixture, Opened, open, stream_of};
use crate::hinted::{flipped, hear, nowhere, other, with_header};

type Pipedrive = Opened<PipedriveService>;

impl Pipedrive {
    async fn sent(&self) -> Vec<Sent> {
        self.service.simulator.courier().sent().await
    }
}

#[tokio::test]
async fn every_change_of_a_deal_is_told_by_its_id() {
    let opened = open::<PipedriveService>(2).await;
    let subscription = opened.subscribe().await;
    let (deals, stream) = (opened.service.deals(), &*opened.stream.id);
    let hear = |stream: &str, sent: &Sent| {
        hear(&*PipedriveService::connector(), &subscription.secret, stream, sent).expect("it is Pipedrive's")
    };
    let mut events = Vec::new();
    let mut told = async |id: &str| {
        let sent = opened.sent().await;
        assert_eq!(sent.len(), events.len() + 1);
        let heard = hear(stream, &sent[events.len()]);
        assert_eq!(heard.records, Records::These(vec![id.to_owned()]));
        assert_eq!(hear("persons", &sent[events.len()]).records, Records::None);
        events.extend(heard.events);
    };
    let create = [opened.create(&PipedriveService::sample(1))];
    opened.connection.write(&opened.stream, &create).await.expect("an outcome");
    told("3").await;
    assert!(deals.set(1, &json!({"title": "Autrement"})));
    told("1").await;
    assert!(deals.set(1, &json!({"title": "Autrement"})), "which changes nothing");
    opened.service.table(Entity::Persons).make([json!({"name": "Personne"})]);
    assert!(deals.delete(2));
    told("2").await;
    let sent = opened.sent().await;
    assert!(sent.iter().all(|sent| (&*sent.url, sent.status) == (nowhere().as_str(), None)));
    events.sort();
    events.dedup();
    assert_eq!(events.len(), 3);
}

#[tokio::test]
async fn a_message_without_our_password_is_not_believed() {
    let opened = open::<PipedriveService>(0).await;
    let subscription = opened.subscribe().await;
    opened.service.fill(1);
    let sent = opened.sent().await.remove(0);
    let hear = |secret: &SecretString, sent: &Sent| {
        hear(&*PipedriveService::connector(), secret, "deals", sent).expect_err("not believed")
    };
    let secret = &subscription.secret;
    assert_eq!(hear(&other(secret), &sent), Unheard::NotSigned);
    let said = sent.headers["authorization"].to_str().expect("a text");
    let credentials = BASE64_STANDARD.decode(said.trim_start_matches("Basic ")).expect("HTTP Basic");
    let credentials = String::from_utf8(credentials).expect("a text");
    let (user, password) = credentials.split_once(':').expect("a user and a password");
    for wrong in [
        flipped(&credentials, 2),
        flipped(&credentials, user.len() + 5),
        format!("{user}:"),
        format!("{credentials}x"),
        password.to_owned(),
    ] {
        let header = format!("Basic {}", BASE64_STANDARD.encode(&wrong));
        assert_eq!(hear(secret, &with_header(&sent, "authorization", &header)), Unheard::NotSigned);
    }
    let bearer = with_header(&sent, "authorization", &said.replace("Basic", "Bearer"));
    assert_eq!(hear(secret, &bearer), Unheard::NotSigned);
    let mut bare = sent;
    bare.headers.clear();
    assert_eq!(hear(secret, &bare), Unheard::NotSigned);
}

#[tokio::test]
async fn a_webhook_goes_on_until_the_service_gives_it_up() {
    let opened = open::<PipedriveService>(0).await;
    let subscription = opened.subscribe().await;
    assert_eq!(subscription.expires_at, None);
    let renew = async || opened.subscriber().renew(&subscription.id).await;
    assert_eq!(renew().await, Ok(Some(Renewed { expires_at: None })));
    opened.service.simulator.deactivate_webhooks();
    opened.service.fill(1);
    assert!(opened.sent().await.is_empty());
    assert_eq!(renew().await, Ok(None));
    assert_eq!(opened.service.simulator.webhooks(), 0, "it does not count any more");
    assert_eq!(renew().await, Ok(None));
}

#[tokio::test]
async fn a_webhook_that_was_taken_away_is_gone() {
    let opened = open::<PipedriveService>(0).await;
    let (subscription, kept) = (opened.subscribe().await, opened.subscribe().await);
    for id in [&*subscription.id, &*subscription.id, "aucun"] {
        assert_eq!(opened.subscriber().unsubscribe(id).await, Ok(()));
    }
    assert_eq!(opened.subscriber().renew(&subscription.id).await, Ok(None));
    opened.service.fill(1);
    let sent = opened.sent().await;
    assert_eq!(sent.len(), 1);
    assert!(hear(&*PipedriveService::connector(), &kept.secret, "deals", &sent[0]).is_ok());
}

#[tokio::test]
async fn an_application_needs_a_right_of_its_own() {
    let service = PipedriveService::start(false).await;
    let few =
        service.simulator.access(Rights::scopes(&["base", "deals:read", "contacts:read", "users:read"]));
    let connection = connection(&service, granted(&service, &few));
    let stream = stream_of(&*connection, "Deals").await;
    let subscriber = connection.subscriber().expect("webhooks can be asked for");
    let error = subscriber.subscribe(&stream, &nowhere()).await.expect_err("refused");
    assert_eq!(error.kind, ErrorKind::Forbidden);
    assert_eq!(error.message.fr, "L'application Pipedrive n'a pas le droit de créer des webhooks.");
    assert!(error.hint.expect("a hint").en.contains("Webhooks"));
    assert_eq!(subscriber.renew("1").await.expect_err("refused").kind, ErrorKind::Forbidden);
    // With all rights, an application is told as a user is.
    let all = service.simulator.access(Rights::full());
    let connection = super::connection(&service, granted(&service, &all));
    let subscriber = connection.subscriber().expect("webhooks can be asked for");
    let subscription = subscriber.subscribe(&stream, &nowhere()).await.expect("a webhook");
    service.fill(1);
    let sent = service.simulator.courier().sent().await;
    assert!(hear(&*PipedriveService::connector(), &subscription.secret, "deals", &sent[0]).is_ok());
}

#[tokio::test]
async fn one_webhook_too_many_is_told_apart_from_other_refusals() {
    let opened = open::<PipedriveService>(0).await;
    let refused =
        async || opened.subscriber().subscribe(&opened.stream, &nowhere()).await.expect_err("refused");
    opened.next(Kind::Subscribe, refusal(400, "URL is not reachable", None));
    let error = refused().await;
    assert_eq!(error.kind, ErrorKind::Rejected);
    assert_eq!(error.message.fr, "Pipedrive refuse de créer le webhook : URL is not reachable");
    opened.next(Kind::Subscribe, refusal(403, "Forbidden", None));
    assert!(refused().await.message.fr.contains("L'utilisateur de ce token"));
    for _ in 0..40 {
        opened.subscribe().await;
    }
    let error = refused().await;
    assert_eq!(error.kind, ErrorKind::Rejected);
    assert!(error.message.fr.contains("tous les webhooks"), "{error}");
    assert_eq!(opened.service.simulator.webhooks(), 40);
}

#[tokio::test]
async fn what_is_no_number_is_not_asked_for() {
    let opened = open::<PipedriveService>(2).await;
    let ids = ["1&status=all".to_owned(), "aucun".to_owned(), String::new()];
    let pages = opened.connection.fetch(&opened.stream, &opened.stream.fields, &ids).expect("by ids");
    assert_eq!(pages.collect::<Vec<_>>().await.len(), 0);
    assert_eq!(opened.service.log().count(Kind::Get), 0);
}
