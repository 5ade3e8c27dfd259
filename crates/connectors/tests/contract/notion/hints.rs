//! Messages of webhooks: how they begin, which are believed, and which pages they name.

use connectors::hint::{Changed, Heard, Message, Records, Unheard};
use connectors::{Connection, ErrorKind, Result};
use futures_util::StreamExt;
use model::{Record, StreamSchema, Value};
use sandbox::notion::{Id, Property};
use sandbox::{Kind, Sent};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use super::{NotionService, reopened};
use crate::fixture::{Fixture, open};

/// Nobody answers there; what was sent is known all the same.
const ADDRESS: &str = "http://127.0.0.1:1/hints/7";

fn hear(secret: Option<&SecretString>, stream: &str, sent: &Sent) -> std::result::Result<Heard, Unheard> {
    let connector = NotionService::connector();
    let hints = connector.hints().expect("hints");
    let at = chrono::Utc::now();
    let message = Message { address: ADDRESS, headers: &sent.headers, body: sent.body.as_bytes(), at };
    hints.hear(secret, stream, &message)
}

impl NotionService {
    /// Subscribes; what messages are signed with from now on.
    async fn introduced(&self) -> SecretString {
        self.simulator.subscribe(ADDRESS);
        let sent = self.simulator.courier().sent().await.remove(0);
        let Ok(Heard::Introduction(token)) = hear(None, &self.stream(), &sent) else { panic!("a token") };
        assert!(self.simulator.verify(token.expose_secret()));
        token
    }

    fn stream(&self) -> String {
        self.source.id().to_string()
    }

    async fn sent(&self) -> usize {
        self.simulator.courier().sent().await.len()
    }

    /// What the one message after the first so many says of a stream.
    async fn heard(&self, token: &SecretString, stream: &str, known: usize) -> Changed {
        let sent = self.simulator.courier().sent().await;
        assert_eq!(sent.len(), known + 1, "{:?}", sent.last());
        match hear(Some(token), stream, &sent[known]).expect("a hint") {
            Heard::Change(changed) => changed,
            Heard::Introduction(_) => panic!("no introduction"),
        }
    }
}

fn these(id: Id) -> Records {
    Records::These(vec![id.to_string()])
}

#[tokio::test]
async fn nothing_is_told_before_the_token_was_typed() {
    let service = NotionService::start(false).await;
    service.simulator.subscribe(ADDRESS);
    service.fill(1);
    assert!(!service.simulator.verify("secret_of_somebody_else"));
    service.fill(1);
    let sent = service.simulator.courier().sent().await;
    assert_eq!(sent.len(), 1);
    let Ok(Heard::Introduction(token)) = hear(None, &service.stream(), &sent[0]) else { panic!("a token") };
    let again = hear(Some(&token), &service.stream(), &sent[0]);
    assert_eq!(again.err(), Some(Unheard::NotSigned), "a secret that is known is not replaced");
    assert!(service.simulator.verify(token.expose_secret()));
    service.fill(1);
    assert_eq!(service.sent().await, 2);
}

#[tokio::test]
async fn a_change_by_somebody_else_names_its_page() {
    let service = NotionService::start(false).await;
    let (token, stream) = (service.introduced().await, service.stream());
    let id = service.source.insert([json!({"Name": "Neuf"})]).expect("a page").remove(0);
    let created = service.heard(&token, &stream, 1).await;
    assert_eq!((created.events.len(), created.records), (1, these(id)));
    service.source.set(id, &json!({"Amount": 7, "Name": "Autre"})).expect("a change");
    let changed = service.heard(&token, &stream, 2).await;
    assert_eq!(changed.records, these(id));
    assert_ne!(changed.events, created.events);
    service.source.set(id, &json!({"Amount": 7})).expect("no change");
    assert!(service.source.set_trashed(id, true));
    assert_eq!(service.heard(&token, &stream, 3).await.records, these(id));
    assert!(service.source.set_trashed(id, false));
    assert_eq!(service.heard(&token, &stream, 4).await.records, these(id));
    assert!(service.source.delete(id));
    assert_eq!(service.heard(&token, &stream, 5).await.records, these(id));
    assert!(service.source.rename_property("Notes", "Remarques"));
    assert_eq!(service.heard(&token, &stream, 6).await.records, Records::Unknown);
}

#[tokio::test]
async fn a_change_through_the_api_names_its_page() {
    let opened = open::<NotionService>(0).await;
    let token = opened.service.introduced().await;
    let stream = opened.service.stream();
    let create = opened.create(&NotionService::sample(1));
    opened.connection.write(&opened.stream, &[create]).await.expect("outcomes");
    let id = Id::parse(&opened.service.stored()[0]).expect("an id");
    assert_eq!(opened.service.heard(&token, &stream, 1).await.records, these(id));
    let update = opened.update(&id.to_string(), &[("Amount", Value::Number(8.0))].into());
    opened.connection.write(&opened.stream, &[update]).await.expect("outcomes");
    assert_eq!(opened.service.heard(&token, &stream, 2).await.records, these(id));
}

#[tokio::test]
async fn a_message_about_another_source_names_none() {
    let service = NotionService::start(false).await;
    let token = service.introduced().await;
    let other = service.database.data_source("Others", [Property::title("Name")]);
    let id = other.insert([json!({"Name": "X"})]).expect("a page").remove(0);
    let heard = service.heard(&token, &service.stream(), 1).await;
    assert_eq!((heard.events.len(), heard.records), (1, Records::None));
    assert_eq!(service.heard(&token, &other.id().to_string(), 1).await.records, these(id));
    other.add_property(Property::text("Note"));
    assert_eq!(service.heard(&token, &service.stream(), 2).await.records, Records::None);
    service.database.unshare();
    service.fill(1);
    assert_eq!(service.sent().await, 3, "the integration may not see it");
}

#[tokio::test]
async fn one_bit_more_or_less_is_not_believed() {
    let service = NotionService::start(false).await;
    let (token, stream) = (service.introduced().await, service.stream());
    service.fill(1);
    let sent = service.simulator.courier().sent().await.remove(1);
    assert!(hear(Some(&token), &stream, &sent).is_ok());
    let flipped = |text: &str, place: usize| {
        let mut bytes = text.as_bytes().to_vec();
        bytes[place] ^= 1;
        String::from_utf8(bytes).expect("a text")
    };
    let refused = |token: &SecretString, sent: &Sent, what: &str, place: usize| {
        assert_eq!(hear(Some(token), &stream, sent).err(), Some(Unheard::NotSigned), "{what} {place}");
    };
    for place in (0..sent.body.len()).filter(|place| sent.body.is_char_boundary(*place)) {
        // Letters of two bytes would be none.
        if sent.body.as_bytes()[place].is_ascii() {
            refused(&token, &Sent { body: flipped(&sent.body, place), ..sent.clone() }, "body", place);
        }
    }
    let signature = sent.headers["x-notion-signature"].to_str().expect("a text");
    for place in 0..signature.len() {
        let mut other = sent.clone();
        other.headers.insert("x-notion-signature", flipped(signature, place).parse().expect("a value"));
        refused(&token, &other, "signature", place);
    }
    for place in 0..token.expose_secret().len() {
        refused(&SecretString::from(flipped(token.expose_secret(), place)), &sent, "token", place);
    }
}

async fn fetch(connection: &dyn Connection, stream: &StreamSchema, ids: &[Id]) -> Result<Vec<Record>> {
    let ids: Vec<String> = ids.iter().map(Id::to_string).collect();
    let pages = connection.fetch(stream, &stream.fields, &ids).expect("can be asked");
    let pages: Result<Vec<_>> = pages.collect::<Vec<_>>().await.into_iter().collect();
    Ok(pages?.into_iter().flat_map(|page| page.records).collect())
}

#[tokio::test]
async fn a_page_read_by_its_id_is_whole() {
    let service = NotionService::start(false).await;
    let piece = |number: usize| json!({"type": "text", "text": {"content": format!("{number} ")}});
    let pieces: Vec<_> = (0..60).map(piece).collect();
    let long = json!({"Name": "X", "Notes": {"rich_text": pieces}});
    let ids = service.source.insert([json!({"Name": "Y"}), long]).expect("pages");
    let settings = service.settings();
    let opened = reopened(service, settings).await;
    let fetched = fetch(&*opened.connection, &opened.stream, &ids[1..]).await.expect("records");
    let whole: String = (0..60).map(|number| format!("{number} ")).collect();
    assert_eq!(fetched[0].fields[opened.field("Notes").id.as_str()], Value::Text(whole));
}

#[tokio::test]
async fn pages_that_are_elsewhere_or_nowhere_are_left_out() {
    let opened = open::<NotionService>(2).await;
    let other = opened.service.database.data_source("Others", [Property::title("Name")]);
    let foreign = other.insert([json!({"Name": "X"})]).expect("a page").remove(0);
    let hidden = opened.service.simulator.database("Hidden");
    let secret = hidden.data_source("Hidden", [Property::title("Name")]);
    let secret = secret.insert([json!({"Name": "X"})]).expect("a page").remove(0);
    hidden.unshare();
    let ours: Vec<Id> = opened.service.source.rows().iter().map(|row| row.id).collect();
    assert!(opened.service.source.set_trashed(ours[0], true));
    let asked = [foreign, ours[0], Id::named("nowhere"), secret, ours[1]];
    let fetched = fetch(&*opened.connection, &opened.stream, &asked).await.expect("records");
    assert_eq!(fetched.iter().map(|record| record.id.clone()).collect::<Vec<_>>(), [ours[1].to_string()]);
}

#[tokio::test]
async fn pages_of_a_source_that_cannot_be_seen_are_not_gone() {
    let opened = open::<NotionService>(2).await;
    let ours: Vec<Id> = opened.service.source.rows().iter().map(|row| row.id).collect();
    opened.service.database.unshare();
    let error = fetch(&*opened.connection, &opened.stream, &ours).await.expect_err("not shared");
    assert_eq!(error.kind, ErrorKind::NotFound);
    opened.service.database.share();
    assert!(opened.service.source.rename_property("Notes", "Remarques"));
    assert_eq!(fetch(&*opened.connection, &opened.stream, &ours).await.expect("records").len(), 2);
    assert!(opened.service.source.remove_property("Remarques"));
    let error = fetch(&*opened.connection, &opened.stream, &ours).await.expect_err("a property is gone");
    assert_eq!(error.kind, ErrorKind::NotFound);
    assert!(error.message.en.contains("Notes"), "{error:?}");
    assert!(opened.service.log().count(Kind::List) == 0, "nothing is listed");
}
