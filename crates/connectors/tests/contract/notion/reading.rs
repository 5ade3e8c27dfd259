//! What reading asks of Notion beyond the suite.

use std::time::Duration;

use connectors::{ErrorKind, Page};
use model::{Value, ValueKind};
use sandbox::notion::{DataSource, Id, Property, PropertyType};
use sandbox::{Fault, Kind, Rule};
use serde_json::{Value as Json, json};

use super::{NotionService, first, reopened, text, texts};
use crate::fixture::{Fixture, Opened, ids, open};
use crate::suite::reads::fits;

/// Pages of another data source, to link to.
fn companies(service: &NotionService, count: usize) -> (DataSource, Vec<Id>) {
    let database = service.simulator.database("Companies");
    let properties = [Property::title("Name"), Property::new("Size", PropertyType::number())];
    let source = database.data_source("Companies", properties);
    let rows = (0..count).map(|number| json!({"Name": format!("C{number}"), "Size": 2}));
    let ids = source.insert(rows).expect("companies");
    (source, ids)
}

/// The service with one more property and one record that holds this in it.
async fn holding(service: NotionService, property: Property, value: Json) -> Opened<NotionService> {
    let name = property.name.clone();
    service.source.add_property(property);
    service.source.insert([json!({"Name": "X", name: value})]).expect("a record");
    let settings = service.settings();
    reopened(service, settings).await
}

fn pieces(count: usize) -> Json {
    let pieces = (0..count).map(|number| json!({"type": "text", "text": {"content": format!("{number} ")}}));
    json!({"rich_text": pieces.collect::<Vec<_>>()})
}

#[tokio::test]
async fn a_text_in_many_pieces_is_read_whole() {
    for count in [24, 25, 26, 130] {
        let service = NotionService::start(false).await;
        let opened = holding(service, Property::text("Long"), pieces(count)).await;
        let whole: String = (0..count).map(|number| format!("{number} ")).collect();
        assert_eq!(first(&opened, "Long").await, Value::Text(whole), "{count} pieces");
        let further = if count < 25 { 0 } else { count.div_ceil(100) };
        assert_eq!(opened.service.log().count(Kind::Get), further, "{count} pieces");
    }
}

#[tokio::test]
async fn what_cannot_be_had_whole_is_unreadable_and_not_cut() {
    let opened = holding(NotionService::start(false).await, Property::text("Long"), pieces(40)).await;
    opened.script(Rule::new(Kind::Get, NotionService::echo(400, "No.")).always());
    assert!(matches!(first(&opened, "Long").await, Value::Unreadable(_)));
    opened.service.faults().clear();
    opened.script(Rule::new(Kind::Get, Fault::Status(500)).always());
    assert_eq!(
        opened.pages().await.expect_err("an outage is none of the value's").kind,
        ErrorKind::Unavailable
    );
}

#[tokio::test]
async fn every_linked_page_and_person_is_named() {
    for count in [3, 25, 26, 120] {
        let service = NotionService::start(false).await;
        let (source, companies) = companies(&service, count);
        let property = Property::new("Companies", PropertyType::relation(source.id()));
        let opened = holding(service, property, json!(companies)).await;
        let Value::List(names) = first(&opened, "Companies").await else { panic!("a list") };
        let expected: Vec<Value> = (0..count).map(|number| Value::Text(format!("C{number}"))).collect();
        assert_eq!(names, expected, "{count} links");

        let service = NotionService::start(false).await;
        let people: Vec<Id> = (0..count)
            .map(|number| service.simulator.person(&format!("p{number}@example.com"), &format!("P{number}")))
            .collect();
        let opened = holding(service, Property::new("Crew", PropertyType::People), json!(people)).await;
        let Value::List(names) = first(&opened, "Crew").await else { panic!("a list") };
        assert_eq!(names.len(), count);
        assert_eq!(names.last(), Some(&Value::Text(format!("P{}", count - 1))));
    }
}

#[tokio::test]
async fn rollups_are_over_all_linked_pages() {
    for count in [3, 25, 26, 120] {
        let service = NotionService::start(false).await;
        let (source, companies) = companies(&service, count);
        service.source.add_property(Property::new("Companies", PropertyType::relation(source.id())));
        for (name, target, function) in
            [("Sum", "Size", "sum"), ("Names", "Name", "show_original"), ("Odd", "Size", "count_per_group")]
        {
            let rollup = PropertyType::rollup("Companies", target, function);
            service.source.add_property(Property::new(name, rollup));
        }
        service.source.insert([json!({"Name": "X", "Companies": companies})]).expect("a record");
        let settings = service.settings();
        let opened = reopened(service, settings).await;
        assert_eq!(first(&opened, "Sum").await, Value::Number(2.0 * count as f64), "{count} links");
        let Value::List(names) = first(&opened, "Names").await else { panic!("a list") };
        assert_eq!((names.len(), &names[count - 1]), (count, &Value::Text(format!("C{}", count - 1))));
        assert_eq!(opened.field("Odd").kind, ValueKind::Unsupported);
        assert!(matches!(first(&opened, "Odd").await, Value::Unreadable(_)));
        // Asked for alone, it still brings its relation, which tells how many pages there are.
        let sum = [opened.field("Sum").clone()];
        let page =
            futures_util::StreamExt::next(&mut opened.connection.read(&opened.stream, &sum, None)).await;
        let record = &page.expect("a page").expect("no fault").records[0];
        assert_eq!(record.fields.values().collect::<Vec<_>>(), [&Value::Number(2.0 * count as f64)]);
    }
}

#[tokio::test]
async fn linked_names_are_asked_for_once_each() {
    let service = NotionService::start(false).await;
    let (source, companies) = companies(&service, 10);
    service.source.add_property(Property::new("Company", PropertyType::relation(source.id())));
    let rows = (0..250).map(|number| json!({"Name": "X", "Company": [companies[number % 10]]}));
    service.source.insert(rows).expect("records");
    let settings = service.settings();
    let opened = reopened(service, settings).await;
    let pages = opened.pages().await.expect("pages");
    let company = opened.field("Company").id.clone();
    let value = |record: &model::Record| record.fields[company.as_str()].clone();
    for (record, row) in
        pages.iter().flat_map(|page| &page.records).zip(opened.service.source.rows().iter().rev())
    {
        let linked = row.get("Company")[0].as_str().and_then(Id::parse).expect("an id");
        let name = source.row(linked).expect("a company").get("Name").clone();
        assert_eq!(json!(value(record).to_text()), name);
    }
    assert_eq!(opened.service.log().count(Kind::Get), 10);
}

#[tokio::test]
async fn a_linked_page_that_is_not_shared_is_no_name() {
    let service = NotionService::start(false).await;
    let (source, companies) = companies(&service, 2);
    let property = Property::new("Companies", PropertyType::relation(source.id()));
    let opened = holding(service, property, json!(companies)).await;
    opened.service.simulator.database("Companies").unshare();
    let value = first(&opened, "Companies").await;
    assert_eq!(value, Value::Unreadable("relation : object_not_found".to_owned()));
}

#[tokio::test]
async fn every_type_is_read_as_it_was_discovered() {
    let service = NotionService::start(false).await;
    let source = service.source.clone();
    for (name, kind) in [
        ("Done", PropertyType::Checkbox),
        ("Formula", PropertyType::formula("x")),
        ("Text formula", PropertyType::formula("y")),
        ("Created", PropertyType::CreatedTime),
        ("Author", PropertyType::CreatedBy),
        ("Editor", PropertyType::LastEditedBy),
        ("Files", PropertyType::Files),
        ("Place", PropertyType::Place),
        ("Verified", PropertyType::Verification),
        ("Button", PropertyType::Button),
    ] {
        source.add_property(Property::new(name, kind));
    }
    source
        .insert([
            json!({
                "Name": "Full", "Done": true, "Formula": 2.5, "Text formula": "abc",
                "Files": [{"name": "a.pdf", "url": "https://example.com/a.pdf"}],
                "Place": {"place": {"lat": 48.5, "lon": 2.25, "name": "Paris", "address": null}},
                "Due Date": {"date": {"start": "2027-01-05T09:30:00+01:00", "end": null, "time_zone": null}},
            }),
            json!({}),
        ])
        .expect("records");
    let settings = service.settings();
    let opened = reopened(service, settings).await;
    let pages = opened.pages().await.expect("pages");
    let records: Vec<_> = pages.iter().flat_map(|page| &page.records).collect();
    let name = opened.field("Name").id.clone();
    let is_full = |record: &&&model::Record| record.fields[name.as_str()] == text("Full");
    let full = records.iter().find(is_full).expect("the full record");
    let empty = records.iter().find(|record| !is_full(record)).expect("the empty record");
    for field in &opened.stream.fields {
        // Formulas, and dates with or without a time, tell their kind with each value.
        if !["formula", "date"].contains(&field.native_type.as_str()) {
            let value = &full.fields[field.id.as_str()];
            assert!(fits(field.kind, value), "{}: {:?} is {value:?}", field.name, field.kind);
        }
        let nothing = &empty.fields[field.id.as_str()];
        assert!(fits(field.kind, nothing), "{}: {:?} is {nothing:?}", field.name, field.kind);
    }
    let value = |name: &str| full.fields[opened.field(name).id.as_str()].clone();
    assert_eq!(value("Done"), Value::Bool(true));
    assert_eq!(value("Formula"), Value::Number(2.5));
    assert_eq!(value("Text formula"), text("abc"));
    assert_eq!(value("Files"), texts(&["a.pdf"]));
    assert_eq!(value("Place"), text("Paris"));
    assert_eq!(value("Author"), text("Passerelle"));
    let Value::DateTime(due) = value("Due Date") else { panic!("an instant") };
    assert_eq!(due.to_rfc3339(), "2027-01-05T09:30:00+01:00");
    assert!(value("Number").to_text().expect("a number").starts_with("D-"));
}

#[tokio::test]
async fn only_what_was_asked_for_is_asked_for() {
    let opened = open::<NotionService>(1).await;
    let name = [opened.field("Name").clone(), opened.field("Due Date").clone()];
    let mut pages = opened.connection.read(&opened.stream, &name, None);
    let page = futures_util::StreamExt::next(&mut pages).await.expect("a page").expect("no fault");
    let record = &page.records[0];
    assert_eq!(record.fields.len(), 2);
    let row = &opened.service.source.rows()[0];
    let minute = row.edited.timestamp() / 60 * 60;
    assert_eq!(record.modified_at.map(|at| at.timestamp()), Some(minute), "rounded down, as Notion does");
    let query = &opened.service.log().of(Kind::List)[0].query;
    assert_eq!(query.matches("filter_properties").count(), 2, "{query}");
}

#[tokio::test]
async fn a_property_renamed_while_reading_is_still_the_same() {
    let opened = open::<NotionService>(250).await;
    let source = opened.service.source.clone();
    let renamed = Fault::meanwhile(move || assert!(source.rename_property("Name", "Client")));
    opened.script(Rule::new(Kind::List, renamed).nth(2));
    let name = opened.field("Name").id.clone();
    let named = |page: &Page| {
        page.records.iter().all(|record| matches!(record.fields[name.as_str()], Value::Text(_)))
    };
    assert!(opened.pages().await.expect("all pages").iter().all(named));
}

#[tokio::test]
async fn a_property_deleted_while_reading_is_named() {
    let opened = open::<NotionService>(250).await;
    let source = opened.service.source.clone();
    let removed = Fault::meanwhile(move || assert!(source.remove_property("Notes")));
    opened.script(Rule::new(Kind::List, removed).nth(2));
    let error = opened.pages().await.expect_err("a property is missing");
    assert_eq!(error.kind, ErrorKind::NotFound);
    assert_eq!(error.message.fr, "La propriété « Notes » n'existe plus dans « Deals ».");
}

#[tokio::test]
async fn a_type_changed_while_reading_is_not_guessed() {
    let opened = open::<NotionService>(250).await;
    let source = opened.service.source.clone();
    let retyped = Fault::meanwhile(move || assert!(source.retype("Amount", &PropertyType::RichText)));
    opened.script(Rule::new(Kind::List, retyped).nth(3));
    let pages = opened.pages().await.expect("all pages");
    let amount = opened.field("Amount").id.clone();
    let numbers = |page: &Page| {
        page.records
            .iter()
            .filter(|record| matches!(record.fields[amount.as_str()], Value::Number(_)))
            .count()
    };
    assert_eq!(numbers(&pages[0]), 100);
    assert_eq!(pages[2].records[49].fields[amount.as_str()], Value::Unreadable("rich_text".to_owned()));
}

#[tokio::test]
async fn a_page_that_comes_twice_is_given_once() {
    let opened = open::<NotionService>(250).await;
    for page in 1..=3 {
        opened.service.faults().clear();
        opened.script(Rule::new(Kind::List, Fault::DuplicatePage).nth(page));
        assert_eq!(ids(&opened.pages().await.expect("all pages")), opened.service.stored(), "page {page}");
    }
}

#[tokio::test]
async fn a_listing_that_loops_is_stopped() {
    let opened = open::<NotionService>(250).await;
    opened.script(Rule::new(Kind::List, Fault::DuplicatePage).from_nth(2));
    assert_eq!(opened.pages().await.expect_err("it never ends").kind, ErrorKind::UnexpectedReply);
    assert!(opened.service.log().count(Kind::List) <= 6);
}

#[tokio::test]
async fn a_checkpoint_that_expired_begins_anew() {
    let opened = open::<NotionService>(250).await;
    let first = opened.pages().await.expect("pages");
    opened.service.simulator.expire_cursors();
    let again = opened.pages_since(first[0].next.clone()).await.expect("pages");
    assert!(again[0].restarted && again[1..].iter().all(|page| !page.restarted));
    assert_eq!(ids(&again), opened.service.stored());
}

#[tokio::test]
async fn an_overload_is_waited_for() {
    let opened = open::<NotionService>(3).await;
    let body = json!({"object": "error", "status": 529, "code": "service_overload", "message": "…"});
    let overload = sandbox::Answer::json(529, &body).header("retry-after", "1");
    opened.next(Kind::List, Fault::Answer(overload));
    let start = std::time::Instant::now();
    assert_eq!(ids(&opened.pages().await.expect("after the wait")), opened.service.stored());
    assert!(start.elapsed() >= Duration::from_secs(1), "{:?}", start.elapsed());
}
