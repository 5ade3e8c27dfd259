//! What the connector says of itself is held against what it does.

use std::collections::BTreeMap;

use chrono::Timelike;
use connectors::{Outcome, Write};
use model::spec::{Capabilities, Grain};
use model::{Record, Value};

use crate::fixture::{Fixture, Opened, ids, open, open_keyed};

/// Tried where no limit is documented.
const LONG: usize = 100_000;

fn capabilities<F: Fixture>() -> Capabilities {
    F::connector().spec().capabilities
}

pub(crate) async fn a_deletion_is_seen_where_it_says_so<F: Fixture>() {
    let opened = open::<F>(3).await;
    let deleted = opened.service.stored()[1].clone();
    opened.service.delete(&deleted);
    let seen = !ids(&opened.pages().await.expect("pages")).contains(&deleted);
    assert_eq!(seen, capabilities::<F>().sees_deletions);
}

pub(crate) async fn moments_are_as_fine_as_it_says<F: Fixture>() {
    let opened = open::<F>(20).await;
    let pages = opened.pages().await.expect("pages");
    let told: Vec<_> = pages.iter().flat_map(|page| &page.records).map(|record| record.modified_at).collect();
    let Some(grain) = capabilities::<F>().modified else {
        assert!(told.iter().all(Option::is_none), "it says that it never tells");
        return;
    };
    let told: Vec<_> = told.into_iter().map(|moment| moment.expect("every record tells")).collect();
    for moment in &told {
        let finer = match grain {
            Grain::Millisecond => moment.timestamp_subsec_nanos() % 1_000_000,
            Grain::Second => moment.timestamp_subsec_nanos(),
            Grain::Minute => moment.second() + moment.timestamp_subsec_nanos(),
        };
        assert_eq!(finer, 0, "{moment} is finer than {grain:?}");
    }
    let in_second = told.iter().any(|moment| moment.timestamp_subsec_millis() != 0);
    assert_eq!(in_second, grain == Grain::Millisecond, "{told:?}");
}

pub(crate) async fn texts_are_as_long_as_it_says<F: Fixture>() {
    let Some(field) = F::TEXT else {
        assert!(!capabilities::<F>().writes, "whoever writes names a field for long texts");
        return;
    };
    let opened = open::<F>(0).await;
    let long = |characters: usize| BTreeMap::from([(field, Value::Text("é".repeat(characters)))]);
    let limit = capabilities::<F>().longest_text.map(|limit| limit as usize);
    let longest = long(limit.unwrap_or(LONG));
    let record = F::sample(1).into_iter().chain(longest.clone()).collect();
    let id = created(&opened, &record).await;
    assert_eq!(held(&opened, &id).await.fields[opened.field(field).id.as_str()], longest[field]);
    if let Some(limit) = limit {
        let batch = [opened.update(&id, &long(limit + 1))];
        let outcomes = opened.connection.write(&opened.stream, &batch).await.expect("an outcome");
        assert!(matches!(outcomes[..], [Outcome::Rejected(_)]), "{outcomes:?}");
    }
}

pub(crate) async fn links_are_written_where_it_says_so<F: Fixture>() {
    assert_eq!(F::LINK.is_some(), capabilities::<F>().writes_links);
    let Some(link) = F::LINK else { return };
    let opened = open::<F>(0).await;
    let sample = F::sample(1);
    let id = created(&opened, &sample).await;
    let read = &held(&opened, &id).await.fields[opened.field(link).id.as_str()];
    assert_eq!(read, &sample[link]);
    assert_ne!(read, &Value::Empty);
}

pub(crate) async fn a_creation_by_key_sent_twice_makes_one_record_where_it_says_so<F: Fixture>() {
    let opened = open_keyed::<F>().await;
    assert_eq!(opened.is_some(), capabilities::<F>().upserts);
    let Some(opened) = opened else { return };
    let first = created(&opened, &F::sample(1)).await;
    assert_eq!(created(&opened, &F::sample(1)).await, first);
    assert_ne!(created(&opened, &F::sample(2)).await, first);
    assert_eq!(opened.service.stored().len(), 2);
}

async fn created<F: Fixture>(opened: &Opened<F>, record: &BTreeMap<&'static str, Value>) -> String {
    let batch: [Write; 1] = [opened.create(record)];
    let outcomes = opened.connection.write(&opened.stream, &batch).await.expect("an outcome");
    let [Outcome::Written(id)] = &outcomes[..] else { panic!("{outcomes:?}") };
    id.clone()
}

async fn held<F: Fixture>(opened: &Opened<F>, id: &str) -> Record {
    let pages = opened.pages().await.expect("pages");
    let mut records = pages.into_iter().flat_map(|page| page.records);
    records.find(|record| record.id == id).expect("the record")
}
