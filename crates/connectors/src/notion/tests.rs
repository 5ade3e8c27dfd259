//! Every property type of Notion, both ways; dates, long texts, envelopes of refusals, paging.

mod decoding;
mod encoding;
mod hints;
mod moments;
mod splitting;

use model::Value;
use serde_json::{Value as Json, json};

use super::listing::Place;
use super::schema::{Property, RawSource, Source};

/// A data source with one property, described by hand.
fn source(native: &str, settings: &Json) -> Source {
    let raw = json!({
        "id": "s", "title": [{"plain_text": "De"}, {"plain_text": "als"}],
        "properties": {"Field": {"id": "a%3Bc", "name": "Field", "type": native, native: settings}},
    });
    serde_json::from_value::<RawSource>(raw).expect("a schema").parse()
}

fn property(native: &str, settings: &Json) -> Property {
    source(native, settings).properties.remove(0)
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn texts(texts: &[&str]) -> Value {
    Value::List(texts.iter().map(|one| text(one)).collect())
}

fn day(text: &str) -> Value {
    Value::Date(text.parse().expect("a day"))
}

fn instant(text: &str) -> Value {
    Value::DateTime(chrono::DateTime::parse_from_rfc3339(text).expect("an instant"))
}

#[test]
fn a_source_is_named_by_all_pieces_of_its_title() {
    assert_eq!(source("number", &json!({})).name, "Deals");
}

#[test]
fn a_place_in_a_listing_is_written_and_read() {
    let some = |text: &str| Some(text.to_owned());
    for (since, cursor, token) in [
        (None, some("c1"), "|c1"),
        (some("2024-05-01T10:03:00.000Z"), None, "2024-05-01T10:03:00.000Z|"),
        (some("2024-05-01T10:03:00.000Z"), some("c2"), "2024-05-01T10:03:00.000Z|c2"),
    ] {
        let place = Place { since, cursor };
        assert_eq!(place.write(), token);
        assert_eq!(Place::parse(token), place);
    }
}
