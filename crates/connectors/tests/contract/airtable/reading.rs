//! What reading asks of Airtable beyond the suite.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use connectors::http::{Http, Policy};
use connectors::{Connection, ErrorKind, Page};
use futures_util::StreamExt;
use model::{StreamSchema, Value};
use sandbox::airtable::{Field, FieldType, Limits, Options, Simulator};
use sandbox::{Fault, Kind, Rule, demo};
use serde_json::json;

use super::{AirtableService, BASE, settings};
use crate::fixture::{Fixture, connect, ids, open, stream_of};
use crate::suite::reads::fits;

/// A connection to a table of a simulator that was filled beforehand.
async fn table(service: &AirtableService, base: &str, name: &str) -> (Arc<dyn Connection>, StreamSchema) {
    let http = Http::new(Policy::without_waiting()).expect("a client");
    let connection = connect(service, &http, settings(base, service.simulator.token()));
    let stream = stream_of(&*connection, name).await;
    (connection, stream)
}

async fn read(connection: &dyn Connection, stream: &StreamSchema) -> Vec<Page> {
    connection.read(stream, &stream.fields, None).map(|page| page.expect("a page")).collect().await
}

#[tokio::test]
async fn every_type_is_read_as_it_was_discovered() {
    let service = AirtableService::start(false).await;
    demo::every_type(&service.simulator).expect("the base");
    let (connection, stream) = table(&service, demo::TYPES_BASE, demo::EVERYTHING).await;
    let pages = read(&*connection, &stream).await;
    let [full, empty] = &pages[0].records[..] else { panic!("two records") };
    for field in &stream.fields {
        let (value, nothing) = (&full.fields[field.id.as_str()], &empty.fields[field.id.as_str()]);
        assert!(fits(field.kind, value), "{}: {:?} is {value:?}", field.name, field.kind);
        assert!(fits(field.kind, nothing), "{}: {:?} is {nothing:?}", field.name, field.kind);
    }
    let value = |name: &str| &full.fields[stream.find(name).expect("the field").id.as_str()];
    let text = |text: &str| Value::Text(text.to_owned());
    assert_eq!(value("Link"), &Value::List(vec![text("A"), text("B")]), "links are read as names");
    assert_eq!(value("Person"), &text("Lou Petit"));
    assert_eq!(value("Files"), &Value::List(vec![text("a.png")]));
    assert_eq!(value("Rollup"), &Value::Number(3.5));
    assert_eq!(value("Lookup"), &Value::List(vec![Value::Number(1.5), Value::Number(2.0)]));
    assert_eq!(value("Count"), &Value::Number(2.0));
    assert_eq!(value("Formula"), &Value::Number(25.0));
    assert_eq!(value("Percent"), &Value::Number(0.123));
    assert_eq!(value("Broken formula"), &Value::Unreadable("#ERROR!".to_owned()));
    assert!(matches!(value("Not a number"), Value::Unreadable(_)), "{:?}", value("Not a number"));
    let Value::DateTime(instant) = value("Date and time") else { panic!("an instant") };
    assert_eq!(instant.to_rfc3339(), "2024-05-01T12:00:00+02:00");
    assert_eq!(&empty.fields[stream.find("Checkbox").expect("the field").id.as_str()], &Value::Bool(false));
    assert!(full.modified_at.is_some(), "the table has a field that follows every change");
}

#[tokio::test]
async fn the_modification_time_is_read_even_if_it_is_not_asked_for() {
    let opened = open::<AirtableService>(1).await;
    let name = [opened.field("Name").clone()];
    let page =
        opened.connection.read(&opened.stream, &name, None).next().await.expect("a page").expect("no fault");
    let record = &page.records[0];
    assert_eq!(
        record.modified_at.map(|at| at.timestamp_millis()),
        Some(opened.service.table.records()[0].modified.timestamp_millis())
    );
    assert_eq!(
        record.fields.keys().map(|key| &**key).collect::<Vec<_>>(),
        [name[0].id.as_str()],
        "only what was asked for"
    );
}

#[tokio::test]
async fn linked_names_are_asked_for_once_each() {
    let service = AirtableService::start(false).await;
    let base = &service.base;
    let companies = base.table("Companies", [Field::text("Name")]);
    let companies_ids =
        companies.insert((0..250).map(|number| json!({"Name": format!("C{number}")}))).expect("companies");
    let people = base
        .table("People", [Field::text("Name"), Field::new("Company", FieldType::link_to(companies.id()))]);
    let rows = (0..500)
        .map(|number| json!({"Name": format!("P{number}"), "Company": [companies_ids[number % 250]]}));
    people.insert(rows).expect("people");
    let (connection, stream) = table(&service, BASE, "People").await;
    service.log().clear();
    let pages = read(&*connection, &stream).await;
    let company = stream.find("Company").expect("the field").id.clone();
    for (number, record) in pages.iter().flat_map(|page| &page.records).enumerate() {
        let expected = Value::List(vec![Value::Text(format!("C{}", number % 250))]);
        assert_eq!(record.fields[company.as_str()], expected);
    }
    // Five pages of people, and three times at most a hundred names that were not known yet.
    assert_eq!(service.log().count(Kind::List), 5 + 3);
}

#[tokio::test]
async fn a_deleted_linked_record_is_no_name() {
    let service = AirtableService::start(false).await;
    let companies = service.base.table("Companies", [Field::text("Name")]);
    let company = companies.insert([json!({"Name": "Gone"})]).expect("a company")[0];
    let people = service
        .base
        .table("People", [Field::text("Name"), Field::new("Company", FieldType::link_to(companies.id()))]);
    people.insert([json!({"Name": "P", "Company": [company]})]).expect("a person");
    let (connection, stream) = table(&service, BASE, "People").await;
    // It is deleted after the page was read and before its name is asked for.
    let gone = Fault::meanwhile(move || assert!(companies.delete(company)));
    service.faults().add(Rule::new(Kind::List, gone).nth(2));
    let pages = read(&*connection, &stream).await;
    let value = &pages[0].records[0].fields[stream.find("Company").expect("the field").id.as_str()];
    assert_eq!(value.to_text(), None, "{value:?}");
}

#[tokio::test]
async fn a_field_renamed_while_reading_is_still_the_same_field() {
    let opened = open::<AirtableService>(250).await;
    let table = opened.service.table.clone();
    opened.script(
        Rule::new(Kind::List, Fault::meanwhile(move || assert!(table.rename_field("Name", "Client")))).nth(2),
    );
    let pages = opened.pages().await.expect("all pages");
    let name = opened.field("Name").id.clone();
    let named = |page: &Page| {
        page.records.iter().all(|record| matches!(record.fields[name.as_str()], Value::Text(_)))
    };
    assert!(pages.iter().all(named));
}

#[tokio::test]
async fn a_field_deleted_while_reading_is_named() {
    let opened = open::<AirtableService>(250).await;
    let table = opened.service.table.clone();
    opened
        .script(Rule::new(Kind::List, Fault::meanwhile(move || assert!(table.delete_field("Notes")))).nth(2));
    let error = opened.pages().await.expect_err("a field is missing");
    assert_eq!(error.kind, ErrorKind::NotFound);
    assert_eq!(error.message.fr, "Le champ « Notes » n'existe plus dans la table « Deals ».");
}

#[tokio::test]
async fn a_page_that_comes_twice_is_given_once() {
    let opened = open::<AirtableService>(250).await;
    for page in 1..=3 {
        opened.service.faults().clear();
        opened.script(Rule::new(Kind::List, Fault::DuplicatePage).nth(page));
        assert_eq!(ids(&opened.pages().await.expect("all pages")), opened.service.stored(), "page {page}");
    }
    opened.script(Rule::new(Kind::List, Fault::EmptyPage).nth(2));
    assert_eq!(ids(&opened.pages().await.expect("all pages")), opened.service.stored());
}

#[tokio::test]
async fn a_listing_that_loops_is_stopped() {
    let opened = open::<AirtableService>(250).await;
    opened.script(Rule::new(Kind::List, Fault::DuplicatePage).from_nth(2));
    let error = opened.pages().await.expect_err("it never ends");
    assert_eq!(error.kind, ErrorKind::UnexpectedReply);
    assert!(opened.service.log().count(Kind::List) <= 6);
    assert_eq!(
        opened.connection.count(&opened.stream, 1_000).await.expect_err("nor here").kind,
        ErrorKind::UnexpectedReply
    );
}

#[tokio::test]
async fn a_checkpoint_that_expired_begins_anew() {
    let opened = open::<AirtableService>(250).await;
    let first = opened.pages().await.expect("pages");
    opened.service.simulator.expire_offsets();
    let again = opened.pages_since(first[0].next.clone()).await.expect("pages");
    assert!(again[0].restarted && again[1..].iter().all(|page| !page.restarted));
    assert_eq!(ids(&again), opened.service.stored());
}

#[tokio::test]
async fn an_answer_too_large_is_refused_before_it_fills_the_memory() {
    let service = AirtableService::start(false).await;
    service.table.insert([json!({"Notes": "x".repeat(90_000)})]).expect("a record");
    let http =
        Http::new(Policy { body_limit_bytes: 64 * 1024, ..Policy::without_waiting() }).expect("a client");
    let connection = connect(&service, &http, service.settings());
    let stream = stream_of(&*connection, "Deals").await;
    let page = connection.read(&stream, &stream.fields, None).next().await.expect("an item");
    let error = page.expect_err("too large");
    assert_eq!(error.kind, ErrorKind::UnexpectedReply);
    assert!(error.message.fr.contains("trop volumineuse"), "{error}");
}

#[tokio::test]
async fn silence_in_the_middle_of_an_answer_ends() {
    for fault in [Fault::Hang, Fault::HangMidBody] {
        let service = AirtableService::start(false).await;
        service.fill(3);
        let policy =
            Policy { idle_timeout: std::time::Duration::from_millis(400), ..Policy::without_waiting() };
        let http = Http::new(policy).expect("a client");
        let connection = connect(&service, &http, service.settings());
        let stream = stream_of(&*connection, "Deals").await;
        service.faults().add(Rule::new(Kind::List, fault.clone()).times(2));
        assert_eq!(ids(&read(&*connection, &stream).await), service.stored(), "{fault:?}");
        service.faults().add(Rule::new(Kind::List, fault.clone()).always());
        let page = connection.read(&stream, &stream.fields, None).next().await.expect("an item");
        let error = page.expect_err("silence");
        assert_eq!(error.kind, ErrorKind::Unavailable);
        assert!(error.message.fr.contains("n'a pas répondu à temps"), "{error}");
    }
}

#[tokio::test]
async fn a_lockout_is_waited_for_and_then_everything_is_read() {
    // The clock stands still: the lockout ends when the test says so, not when time passes.
    let simulator =
        Simulator::start(Options { limits: Limits::default(), ..Options::default() }).await.expect("a port");
    let base = simulator.base(BASE, "Suite").expect("a base");
    base.table("Deals", [Field::text("Name")])
        .insert((0..150).map(|number| json!({"Name": number.to_string()})))
        .expect("records");
    let http = Http::new(Policy { time_scale: 0.01, ..Policy::default() }).expect("a client");
    let context = connectors::Context { http, base_url: Some(simulator.url().to_owned()), tokens: None };
    let connector = AirtableService::connector();
    let connection = connector.connect(&context, settings(BASE, simulator.token())).expect("a connection");
    let stream = stream_of(&*connection, "Deals").await;
    let over = AtomicBool::new(false);
    let reading = async {
        let pages = read(&*connection, &stream).await;
        over.store(true, Ordering::Release);
        pages
    };
    let service = async {
        // Lifted once a request has run into it.
        simulator.lock_out(base.id());
        while !simulator.log().entries().iter().any(|entry| entry.status == Some(429)) {
            tokio::task::yield_now().await;
        }
        simulator.set_limits(Limits::none());
    };
    let (pages, ()) = tokio::join!(reading, service);
    assert!(over.load(Ordering::Acquire));
    assert_eq!(ids(&pages).len(), 150);
    let penalty = std::time::Duration::from_millis(300);
    assert_eq!(simulator.log().during_lockout(penalty).len(), 0);
}

#[tokio::test]
async fn a_type_changed_while_reading_is_not_guessed() {
    let opened = open::<AirtableService>(250).await;
    let table = opened.service.table.clone();
    let retyped = Fault::meanwhile(move || assert!(table.retype("Amount", FieldType::SingleLineText)));
    opened.script(Rule::new(Kind::List, retyped).nth(3));
    let pages = opened.pages().await.expect("all pages");
    let amount = opened.field("Amount").id.clone();
    let kinds = |page: &Page| {
        let values = page.records.iter().map(|record| &record.fields[amount.as_str()]);
        values.map(|value| matches!(value, Value::Number(_))).collect::<Vec<_>>()
    };
    assert!(kinds(&pages[0]).into_iter().all(|number| number));
    let last = &pages[2].records[49].fields[amount.as_str()];
    assert_eq!(*last, Value::Unreadable("currency : 62.25".to_owned()), "an amount in words is no amount");
}
