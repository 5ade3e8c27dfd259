//! Messages of webhooks: which are believed, and which records they name.

use chrono::{DateTime, TimeDelta, Utc};
use connectors::hint::{Changed, Records, Unheard};
use connectors::{Connection, ErrorKind, Result};
use futures_util::StreamExt;
use model::{Record, StreamSchema};
use sandbox::Sent;
use sandbox::hubspot::{Property, PropertyType};
use secrecy::SecretString;
use serde_json::json;

use super::HubspotService;
use crate::fixture::{Fixture, open, stream_of};
use crate::hinted::hear_at;

/// Nobody answers there; what was sent is known all the same.
const ADDRESS: &str = "http://127.0.0.1:1/hints/a%40b%2Fc?from=%3Ahubspot%20x";

fn moment(sent: &Sent) -> DateTime<Utc> {
    let millis = sent.headers["x-hubspot-request-timestamp"].to_str().expect("a text");
    DateTime::from_timestamp_millis(millis.parse().expect("a number")).expect("a moment")
}

fn hear_by(
    secret: &str,
    address: &str,
    stream: &str,
    sent: &Sent,
    at: DateTime<Utc>,
) -> std::result::Result<Changed, Unheard> {
    hear_at(&*HubspotService::connector(), &SecretString::from(secret), stream, sent, address, at)
}

impl HubspotService {
    /// What is said of a stream in all that was sent after the first so many messages.
    async fn heard(&self, stream: &str, known: usize) -> Vec<Changed> {
        let sent = self.simulator.courier().sent().await;
        let hear = |sent: &Sent| hear_by(self.simulator.app_secret(), ADDRESS, stream, sent, moment(sent));
        sent[known..].iter().map(|sent| hear(sent).expect("a hint")).collect()
    }

    async fn sent(&self) -> usize {
        self.simulator.courier().sent().await.len()
    }
}

fn these(id: &str) -> Records {
    Records::These(vec![id.to_owned()])
}

#[tokio::test]
async fn a_change_by_somebody_else_names_its_record() {
    let service = HubspotService::start(false).await;
    service.fill(1);
    service.simulator.subscribe(ADDRESS, "deals");
    assert_eq!(service.sent().await, 0, "nothing is told of what was before");
    let deals = service.deals();
    let company = service.simulator.records("companies").add([json!({"name": "Cave"})]).expect("a company");
    assert_eq!(service.sent().await, 0, "nobody subscribed to companies");

    let id = deals.add([json!({"dealname": "Neuf"})]).expect("a deal").remove(0);
    let heard = service.heard("deals", 0).await;
    assert_eq!((heard.len(), heard[0].events.len(), &heard[0].records), (1, 1, &these(&id)));
    deals.set(&id, &json!({"amount": 7, "dealname": "Autre"})).expect("a change");
    let heard = service.heard("deals", 1).await;
    assert_eq!((heard.len(), heard[0].events.len(), &heard[0].records), (1, 2, &these(&id)));
    assert_ne!(heard[0].events[0], heard[0].events[1]);
    deals.set(&id, &json!({"amount": 7})).expect("no change");
    assert_eq!(service.sent().await, 2);
    deals.link(&id, "companies", &company[0]).expect("a link");
    assert_eq!(service.heard("deals", 2).await[0].records, these(&id));
    assert!(deals.delete(&id));
    let heard = service.heard("deals", 3).await;
    assert_eq!((heard.len(), &heard[0].records), (1, &these(&id)));
}

#[tokio::test]
async fn a_change_through_the_api_names_its_record() {
    let opened = open::<HubspotService>(0).await;
    opened.service.simulator.subscribe(ADDRESS, "deals");
    let writes = [opened.create(&HubspotService::sample(1)), opened.create(&HubspotService::refused())];
    opened.connection.write(&opened.stream, &writes).await.expect("outcomes");
    let id = opened.service.stored().remove(0);
    let heard = opened.service.heard("deals", 0).await;
    assert_eq!((heard.len(), &heard[0].records), (1, &these(&id)), "of what was refused nothing is told");
    let update = opened.update(&id, &[("amount", model::Value::Number(8.0))].into());
    opened.connection.write(&opened.stream, &[update]).await.expect("outcomes");
    let heard = opened.service.heard("deals", 1).await;
    assert_eq!((heard.len(), heard[0].events.len(), &heard[0].records), (1, 1, &these(&id)));
}

#[tokio::test]
async fn a_message_about_another_type_names_none() {
    let service = HubspotService::start(false).await;
    let nom = Property::new("nom", "Nom", PropertyType::Text);
    let cuvees = service.simulator.add_object("cuvees", "Cuvées", "nom", vec![nom]);
    for (place, (object, stream)) in [("contacts", "contacts"), ("cuvees", &cuvees)].into_iter().enumerate() {
        service.simulator.subscribe(ADDRESS, object);
        let property = if object == "contacts" { "firstname" } else { "nom" };
        let id =
            service.simulator.records(object).add([json!({property: "Zoé"})]).expect("a record").remove(0);
        assert_eq!(service.heard(stream, place).await[0].records, these(&id));
        let heard = service.heard("deals", place).await;
        assert_eq!((heard[0].events.len(), &heard[0].records), (1, &Records::None));
    }
}

#[tokio::test]
async fn many_changes_come_in_messages_of_a_hundred() {
    let service = HubspotService::start(false).await;
    service.simulator.subscribe(ADDRESS, "deals");
    service.fill(150);
    let heard = service.heard("deals", 0).await;
    let mut counts: Vec<usize> = heard.iter().map(|changed| changed.events.len()).collect();
    counts.sort_unstable();
    assert_eq!(counts, [50, 100]);
    let mut named: Vec<String> = heard
        .into_iter()
        .flat_map(|changed| match changed.records {
            Records::These(ids) => ids,
            other => panic!("{other:?}"),
        })
        .collect();
    named.sort();
    assert_eq!(named, service.stored());
}

#[tokio::test]
async fn one_bit_more_or_less_is_not_believed() {
    let service = HubspotService::start(false).await;
    service.simulator.subscribe(ADDRESS, "deals");
    service.fill(1);
    let sent = service.simulator.courier().sent().await.remove(0);
    let (secret, at) = (service.simulator.app_secret(), moment(&sent));
    assert!(hear_by(secret, ADDRESS, "deals", &sent, at).is_ok());
    let flipped = |text: &str, place: usize| {
        let mut bytes = text.as_bytes().to_vec();
        bytes[place] ^= 1;
        String::from_utf8(bytes).expect("a text")
    };
    for place in 0..sent.body.len() {
        let other = Sent { body: flipped(&sent.body, place), ..sent.clone() };
        assert_eq!(hear_by(secret, ADDRESS, "deals", &other, at), Err(Unheard::NotSigned), "{}", other.body);
    }
    for name in ["x-hubspot-signature-v3", "x-hubspot-request-timestamp"] {
        let value = sent.headers[name].to_str().expect("a text");
        for place in 0..value.len() {
            let mut other = sent.clone();
            other.headers.insert(name, flipped(value, place).parse().expect("a value"));
            assert_eq!(
                hear_by(secret, ADDRESS, "deals", &other, at),
                Err(Unheard::NotSigned),
                "{name} {place}"
            );
        }
    }
    for place in 0..secret.len() {
        let other = flipped(secret, place);
        assert_eq!(hear_by(&other, ADDRESS, "deals", &sent, at), Err(Unheard::NotSigned), "{other}");
    }
    for place in 0..ADDRESS.len() {
        let other = flipped(ADDRESS, place);
        assert_eq!(hear_by(secret, &other, "deals", &sent, at), Err(Unheard::NotSigned), "{other}");
    }
}

#[tokio::test]
async fn what_comes_late_or_too_soon_is_out_of_time() {
    let service = HubspotService::start(false).await;
    service.simulator.subscribe(ADDRESS, "deals");
    service.fill(1);
    let sent = service.simulator.courier().sent().await.remove(0);
    let hear = |at| hear_by(service.simulator.app_secret(), ADDRESS, "deals", &sent, at).map(drop);
    let limit = TimeDelta::minutes(5);
    let moment = moment(&sent);
    assert_eq!((hear(moment + limit), hear(moment - limit)), (Ok(()), Ok(())));
    let more = limit + TimeDelta::milliseconds(1);
    assert_eq!(hear(moment + more), Err(Unheard::OutOfTime));
    assert_eq!(hear(moment - more), Err(Unheard::OutOfTime));
}

async fn fetch(connection: &dyn Connection, stream: &StreamSchema, ids: &[String]) -> Result<Vec<Record>> {
    let pages = connection.fetch(stream, &stream.fields, ids).expect("can be asked");
    let pages: Result<Vec<_>> = pages.collect::<Vec<_>>().await.into_iter().collect();
    Ok(pages?.into_iter().flat_map(|page| page.records).collect())
}

#[tokio::test]
async fn a_record_read_by_its_id_names_what_it_is_associated_with() {
    let opened = open::<HubspotService>(3).await;
    let companies = opened.service.simulator.records("companies");
    let companies = companies.add([json!({"name": "Cave"}), json!({"name": "Chai"})]).expect("companies");
    let deals = opened.service.stored();
    for company in &companies {
        opened.service.deals().link(&deals[1], "companies", company).expect("a link");
    }
    let whole = opened.pages().await.expect("pages").remove(0).records;
    let asked = [deals[1].clone(), deals[0].clone(), deals[1].clone()];
    let mut fetched = fetch(&*opened.connection, &opened.stream, &asked).await.expect("records");
    fetched.sort_by(|one, other| one.id.cmp(&other.id));
    assert_eq!(fetched, whole[..2]);
    assert_eq!(
        fetched[1].fields["associations.companies"],
        model::Value::List(vec![super::text("Cave"), super::text("Chai")])
    );
}

#[tokio::test]
async fn a_record_read_by_its_id_is_not_taken_for_empty_where_a_property_is_gone() {
    let service = HubspotService::start(false).await;
    service.fill(1);
    let connection = service.connected(&[]);
    let stream = stream_of(&*connection, "Deals").await;
    service.deals().remove_property("reference");
    let error = fetch(&*connection, &stream, &service.stored()).await.expect_err("a property is gone");
    assert_eq!(error.kind, ErrorKind::NotFound);
    assert!(error.message.en.contains("Référence"), "{error:?}");
}
