//! What a message says, and which are believed.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use hmac::{Hmac, KeyInit, Mac};
use reqwest::header::{HeaderMap, HeaderValue};
use secrecy::SecretString;
use serde_json::{Value as Json, json};
use sha2::Sha256;

use crate::hint::{Changed, Heard, Hints, Message, Records, Unheard};
use crate::hubspot::hints::HubspotHints;

const SECRET: &str = "5a4db0c5-ec2e";
const ADDRESS: &str = "https://example.com/hints/7";
const MOMENT: i64 = 1_730_000_000_000;

/// A message signed as HubSpot does, with this text in the place of method and address.
fn signed(text: &str, body: &str, moment: &str) -> HeaderMap {
    signed_with(SECRET, text, body, moment)
}

fn signed_with(secret: &str, text: &str, body: &str, moment: &str) -> HeaderMap {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key");
    [text, body, moment].iter().for_each(|part| mac.update(part.as_bytes()));
    let code = BASE64_STANDARD.encode(mac.finalize().into_bytes());
    let header = |text: &str| HeaderValue::from_str(text).expect("a header");
    HeaderMap::from_iter([
        ("x-hubspot-signature-v3".parse().expect("a name"), header(&code)),
        ("x-hubspot-request-timestamp".parse().expect("a name"), header(moment)),
    ])
}

fn hear(stream: &str, message: &Message<'_>) -> Result<Changed, Unheard> {
    match HubspotHints.hear(Some(&SecretString::from(SECRET)), stream, message)? {
        Heard::Change(changed) => Ok(changed),
        Heard::Introduction(_) => panic!("no introduction"),
    }
}

fn at(millis: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(millis).expect("a moment")
}

fn told(stream: &str, body: &str) -> Result<Changed, Unheard> {
    let headers = signed(&format!("POST{ADDRESS}"), body, &MOMENT.to_string());
    hear(stream, &Message { address: ADDRESS, headers: &headers, body: body.as_bytes(), at: at(MOMENT) })
}

fn records(stream: &str, events: &[Json]) -> Records {
    told(stream, &json!(events).to_string()).expect("a hint").records
}

/// An event of this kind with these facts.
fn event(kind: &str, facts: &Json) -> Json {
    let mut event = json!({
        "eventId": 100, "subscriptionId": 7, "portalId": 1, "appId": 2, "occurredAt": MOMENT, "attemptNumber": 0,
        "subscriptionType": kind, "changeSource": "CRM",
    });
    for (name, fact) in facts.as_object().into_iter().flatten() {
        event[name] = fact.clone();
    }
    event
}

#[test]
fn events_name_the_records_of_a_type() {
    let one = json!({"objectId": 123});
    let generic = |id: &str| json!({"objectId": 123, "objectTypeId": id});
    let from = json!({"fromObjectId": 123, "toObjectId": 456, "associationType": "DEAL_TO_COMPANY"});
    let from_type =
        json!({"fromObjectId": 123, "toObjectId": 456, "fromObjectTypeId": "0-3", "toObjectTypeId": "0-2"});
    let merge = json!({"primaryObjectId": 3, "mergedObjectIds": [2, 1], "newObjectId": 4, "objectId": 3});
    let these = |ids: &[&str]| Records::These(ids.iter().map(|id| (*id).to_owned()).collect());
    for (stream, kind, facts, expected) in [
        ("deals", "deal.creation", &one, these(&["123"])),
        ("deals", "deal.propertyChange", &one, these(&["123"])),
        ("deals", "deal.deletion", &one, these(&["123"])),
        ("deals", "deal.restore", &one, these(&["123"])),
        ("deals", "deal.of_tomorrow", &one, these(&["123"])),
        ("deals", "deal.associationChange", &from, these(&["123"])),
        ("deals", "deal.merge", &merge, these(&["1", "2", "3", "4"])),
        ("deals", "deal.creation", &json!({}), Records::Unknown),
        ("deals", "contact.creation", &one, Records::None),
        ("deals", "company.associationChange", &from, Records::None),
        ("deals", "deals.creation", &one, Records::None),
        ("contacts", "contact.privacyDeletion", &one, these(&["123"])),
        ("companies", "company.creation", &one, these(&["123"])),
        ("deals", "object.propertyChange", &generic("0-3"), these(&["123"])),
        ("contacts", "object.propertyChange", &generic("0-1"), these(&["123"])),
        ("companies", "object.propertyChange", &generic("0-2"), these(&["123"])),
        ("2-1000003", "object.propertyChange", &generic("2-1000003"), these(&["123"])),
        ("2-1000003", "object.propertyChange", &generic("2-1000004"), Records::None),
        ("deals", "object.propertyChange", &generic("0-1"), Records::None),
        ("deals", "object.propertyChange", &one, Records::None),
        ("deals", "object.associationChange", &from_type, these(&["123"])),
        ("companies", "object.associationChange", &from_type, Records::None),
    ] {
        assert_eq!(records(stream, &[event(kind, facts)]), expected, "{stream} {kind} {facts}");
    }
}

#[test]
fn a_message_of_many_events_names_each_record_once() {
    let deal = |id: u64| event("deal.propertyChange", &json!({"objectId": id}));
    let contact = event("contact.creation", &json!({"objectId": 9}));
    let these = Records::These(vec!["1".to_owned(), "2".to_owned()]);
    assert_eq!(records("deals", &[deal(2), contact.clone(), deal(1), deal(2)]), these);
    assert_eq!(records("deals", &[deal(2), event("deal.merge", &json!({}))]), Records::Unknown);
    assert_eq!(records("deals", &[contact]), Records::None);
    assert_eq!(records("deals", &[]), Records::None);
}

#[test]
fn an_event_is_known_by_more_than_its_number() {
    let facts = [
        json!({"objectId": 1}),
        json!({"objectId": 2}),
        json!({"objectId": 1, "subscriptionId": 8}),
        json!({"objectId": 1, "occurredAt": MOMENT + 1}),
        json!({"objectId": 1, "eventId": 101}),
    ];
    let events: Vec<Json> = facts.iter().map(|facts| event("deal.creation", facts)).collect();
    let again = event("deal.creation", &json!({"objectId": 1, "attemptNumber": 3}));
    let mut keys =
        told("deals", &json!([&events[..], &[again]].concat()).to_string()).expect("a hint").events;
    assert_eq!(keys.pop().as_ref(), keys.first(), "the same, tried again");
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), 5);
}

#[test]
fn the_address_is_signed_with_some_signs_decoded() {
    for (address, text) in [
        ("https://example.com/h", "POSThttps://example.com/h"),
        ("https://example.com/%3A%2F%3F%40%21%24%27%28%29%2A%2C%3B", "POSThttps://example.com/:/?@!$'()*,;"),
        ("https://example.com/a%20b%2fc%E9%", "POSThttps://example.com/a%20b/c%E9%"),
        ("https://example.com/%253A?q=%3a", "POSThttps://example.com/%253A?q=:"),
        ("https://example.com/%é%2C", "POSThttps://example.com/%é,"),
    ] {
        let headers = signed(text, "[]", &MOMENT.to_string());
        let message = Message { address, headers: &headers, body: b"[]", at: at(MOMENT) };
        assert_eq!(hear("deals", &message), Ok(Changed::default()), "{address}");
    }
}

#[test]
fn only_what_is_signed_is_believed() {
    let good = signed(&format!("POST{ADDRESS}"), "[]", &MOMENT.to_string());
    let hear_with = |headers: &HeaderMap, address: &str| {
        hear("deals", &Message { address, headers, body: b"[]", at: at(MOMENT) })
    };
    assert_eq!(hear_with(&good, ADDRESS), Ok(Changed::default()));
    assert_eq!(hear_with(&good, "https://example.com/hints/8"), Err(Unheard::NotSigned));
    assert_eq!(
        hear_with(&signed(ADDRESS, "[]", "1"), ADDRESS),
        Err(Unheard::NotSigned),
        "without the method"
    );
    for name in ["x-hubspot-signature-v3", "x-hubspot-request-timestamp"] {
        let mut without = good.clone();
        let value = without.remove(name).expect("a header");
        assert_eq!(hear_with(&without, ADDRESS), Err(Unheard::NotSigned), "no {name}");
        let mut twice = good.clone();
        twice.append(name, value);
        assert_eq!(hear_with(&twice, ADDRESS), Err(Unheard::NotSigned), "{name} twice");
    }
    let message = Message { address: ADDRESS, headers: &good, body: b"[]", at: at(MOMENT) };
    let without_secret = HubspotHints.hear(None, "deals", &message);
    assert_eq!(without_secret.err(), Some(Unheard::NotSigned));
    let pasted = SecretString::from(format!(" {SECRET}\n"));
    assert!(HubspotHints.hear(Some(&pasted), "deals", &message).is_ok(), "pasted with spaces");
    let headers = signed_with("", &format!("POST{ADDRESS}"), "[]", &MOMENT.to_string());
    let message = Message { headers: &headers, ..message };
    let with_nothing = HubspotHints.hear(Some(&SecretString::from(" ")), "deals", &message);
    assert_eq!(with_nothing.err(), Some(Unheard::NotSigned), "anybody could sign with nothing");
    for body in ["", "{}", "[1]", r#"[{"eventId":1}]"#] {
        assert_eq!(told("deals", body), Err(Unheard::NotUnderstood), "{body}");
    }
    let headers = signed(&format!("POST{ADDRESS}"), "[]", "soon");
    assert_eq!(hear_with(&headers, ADDRESS), Err(Unheard::NotUnderstood));
}

#[test]
fn a_message_counts_for_five_minutes() {
    let headers = signed(&format!("POST{ADDRESS}"), "[]", &MOMENT.to_string());
    let limit = TimeDelta::minutes(5).num_milliseconds();
    for (after, expected) in [
        (0, Ok(Changed::default())),
        (limit, Ok(Changed::default())),
        (-limit, Ok(Changed::default())),
        (limit + 1, Err(Unheard::OutOfTime)),
        (-limit - 1, Err(Unheard::OutOfTime)),
    ] {
        let message = Message { address: ADDRESS, headers: &headers, body: b"[]", at: at(MOMENT + after) };
        assert_eq!(hear("deals", &message), expected, "{after} ms after");
    }
}
