//! Reading streams.

use std::collections::{BTreeMap, HashSet};
use std::time::Instant;

use connectors::{Count, Page};
use futures_util::StreamExt;
use model::{Value, ValueKind};
use sandbox::Kind;

use crate::fixture::{Fixture, ids, open};

pub(crate) async fn every_page_and_no_record_twice<F: Fixture>() {
    let opened = open::<F>(250).await;
    let pages = opened.pages().await.expect("all pages");
    assert!(pages.len() >= 2);
    assert!(pages.iter().all(|page| !page.restarted));
    assert_eq!(ids(&pages), opened.service.stored());
    let (last, others) = pages.split_last().expect("pages");
    assert!(last.next.is_none() && others.iter().all(|page| page.next.is_some()));
}

pub(crate) async fn an_empty_stream_is_one_empty_page<F: Fixture>() {
    let opened = open::<F>(0).await;
    let pages = opened.pages().await.expect("a page");
    assert_eq!(pages.len(), 1);
    assert!(pages[0].records.is_empty() && pages[0].next.is_none());
    assert_eq!(opened.connection.count(&opened.stream, 10).await, Ok(Count::Exactly(0)));
}

pub(crate) async fn a_reading_resumes_where_it_stood<F: Fixture>() {
    let opened = open::<F>(250).await;
    let whole = opened.pages().await.expect("all pages");
    let rest = opened.pages_since(whole[0].next.clone()).await.expect("the rest");
    assert_eq!(ids(&rest), ids(&whole[1..]));
    assert!(rest.iter().all(|page| !page.restarted));
}

pub(crate) async fn values_have_the_kinds_that_were_discovered<F: Fixture>() {
    let opened = open::<F>(20).await;
    let discovered = opened.connection.discover().await.expect("streams");
    let stream = discovered.iter().find(|stream| stream.id == opened.stream.id).expect("the stream");
    assert_eq!(*stream, opened.stream);
    for record in opened.pages().await.expect("pages").iter().flat_map(|page| &page.records) {
        assert_eq!(record.fields.len(), stream.fields.len(), "every field asked for is in the record");
        for field in &stream.fields {
            let value = &record.fields[field.id.as_str()];
            assert!(fits(field.kind, value), "{}: {:?} is {value:?}", field.name, field.kind);
        }
    }
}

/// Whether a value may be read from a field of that kind.
pub(crate) fn fits(kind: ValueKind, value: &Value) -> bool {
    match value {
        Value::Empty | Value::Unreadable(_) => true,
        Value::Text(_) => matches!(kind, ValueKind::Text | ValueKind::Choice | ValueKind::Person),
        Value::Number(_) => kind == ValueKind::Number,
        Value::Bool(_) => kind == ValueKind::Bool,
        Value::Date(_) => kind == ValueKind::Date,
        Value::DateTime(_) => kind == ValueKind::DateTime,
        Value::List(_) => kind == ValueKind::List,
    }
}

pub(crate) async fn counting_stops_at_the_limit<F: Fixture>() {
    let opened = open::<F>(450).await;
    let count = async |limit| opened.connection.count(&opened.stream, limit).await;
    assert_eq!(count(1_000).await, Ok(Count::Exactly(450)));
    assert_eq!(count(450).await, Ok(Count::Exactly(450)));
    assert_eq!(count(449).await, Ok(Count::MoreThan(449)));
    opened.service.log().clear();
    assert_eq!(count(50).await, Ok(Count::MoreThan(50)));
    assert_eq!(opened.service.log().count(Kind::List), 1, "the first page is enough");
}

pub(crate) async fn a_large_stream_is_read_whole<F: Fixture>() {
    let opened = open::<F>(10_001).await;
    let start = Instant::now();
    let read = ids(&opened.pages().await.expect("all pages"));
    let rate = 10_001.0 / start.elapsed().as_secs_f64();
    println!("{rate:.0} records/s, simulator included");
    assert_eq!(read.len(), 10_001);
    assert_eq!(read.iter().collect::<HashSet<_>>().len(), 10_001);
}

/// For services that can be asked for records by their ids.
pub(crate) async fn some_records_are_read_by_their_ids<F: Fixture>() {
    let opened = open::<F>(250).await;
    let fetch = async |ids: &[String]| {
        let pages =
            opened.connection.fetch(&opened.stream, &opened.stream.fields, ids).expect("can be asked");
        let pages: Vec<Page> = pages.map(|page| page.expect("no fault")).collect().await;
        pages.into_iter().flat_map(|page| page.records).collect::<Vec<_>>()
    };
    // More than one request can name, and in another order than they are read.
    let mut asked = opened.service.stored().split_off(7);
    asked.reverse();
    opened.service.delete(&asked[100]);
    let whole = opened.pages().await.expect("all pages");
    let expected: BTreeMap<_, _> = whole
        .into_iter()
        .flat_map(|page| page.records)
        .filter(|record| asked.contains(&record.id))
        .map(|record| (record.id.clone(), record))
        .collect();
    let fetched = fetch(&asked).await;
    assert_eq!(fetched.len(), 242, "all but the deleted one, and none twice");
    assert_eq!(
        fetched.into_iter().map(|record| (record.id.clone(), record)).collect::<BTreeMap<_, _>>(),
        expected
    );
    let one = fetch(&asked[..1]).await;
    assert_eq!(one, [expected[&asked[0]].clone()]);
    opened.service.log().clear();
    assert!(fetch(&[]).await.is_empty());
    assert_eq!(opened.service.log().count(Kind::List), 0, "no ids are not all ids");
}

pub(crate) async fn a_reading_runs_a_few_pages_ahead_and_stops_when_dropped<F: Fixture>() {
    let opened = open::<F>(3_000).await;
    let listed = || opened.service.log().count(Kind::List);
    // Where there is nothing else to ask for, a check reads a page too.
    opened.connection.check().await.expect("an account");
    let by_check = listed();
    opened.service.log().clear();
    let mut pages = opened.connection.read(&opened.stream, &opened.stream.fields, None);
    pages.next().await.expect("a page").expect("no fault");
    // The reader is busy for a while with other requests.
    let elsewhere = async |requests: usize| {
        for _ in 0..requests {
            opened.connection.check().await.expect("the connection goes on");
        }
    };
    elsewhere(30).await;
    let asked_for = listed() - 30 * by_check;
    assert!((2..=4).contains(&asked_for), "{asked_for} pages were asked for");
    drop(pages);
    let before = listed();
    elsewhere(10).await;
    assert_eq!(listed(), before + 10 * by_check);
}
