//! What a message says, and which are believed.

use std::fmt::Write;

use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
use reqwest::header::{HeaderMap, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value as Json, json};
use sha2::Sha256;

use crate::hint::{Heard, Hints, Message, Records, Unheard};
use crate::notion::hints::NotionHints;

const TOKEN: &str = "secret_abc";
const SOURCE: &str = "98024f3c-b1d3-4aec-a301-f01e0dacf023";
const PAGE: &str = "153104cd-477e-809d-8dc4-ff2d96ae3090";

fn signature(token: &str, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(token.as_bytes()).expect("a key");
    mac.update(body.as_bytes());
    mac.finalize().into_bytes().iter().fold("sha256=".to_owned(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a text");
        text
    })
}

fn hear(secret: Option<&str>, signature: Option<&str>, body: &str) -> Result<Heard, Unheard> {
    let mut headers = HeaderMap::new();
    if let Some(signature) = signature {
        headers.insert("x-notion-signature", HeaderValue::from_str(signature).expect("a header"));
    }
    let at = DateTime::<Utc>::UNIX_EPOCH;
    let message = Message { address: "https://example.com/h", headers: &headers, body: body.as_bytes(), at };
    NotionHints.hear(secret.map(SecretString::from).as_ref(), SOURCE, &message)
}

fn records(event: &Json) -> Records {
    let body = event.to_string();
    match hear(Some(TOKEN), Some(&signature(TOKEN, &body)), &body).expect("a hint") {
        Heard::Change(changed) => {
            assert_eq!(changed.events, ["367cba44-b6f3-4c92-81e7-6a2e9659efd4"]);
            changed.records
        }
        Heard::Introduction(_) => panic!("no introduction"),
    }
}

#[test]
fn events_name_the_pages_of_a_source() {
    let ours =
        json!({"id": "36cc9195-760f-4fff-a67e-3a46c559b176", "type": "database", "data_source_id": SOURCE});
    let other =
        json!({"id": "36cc9195-760f-4fff-a67e-3a46c559b176", "type": "database", "data_source_id": PAGE});
    let unsaid = json!({"id": "36cc9195-760f-4fff-a67e-3a46c559b176", "type": "database"});
    let page = json!({"id": "36cc9195-760f-4fff-a67e-3a46c559b176", "type": "page"});
    let space =
        json!({"id": "36cc9195-760f-4fff-a67e-3a46c559b176", "type": "space", "data_source_id": null});
    let these = || Records::These(vec![PAGE.to_owned()]);
    for (kind, entity, id, parent, expected) in [
        ("page.created", "page", PAGE, &ours, these()),
        ("page.properties_updated", "page", PAGE, &ours, these()),
        ("page.content_updated", "page", PAGE, &ours, these()),
        ("page.deleted", "page", PAGE, &ours, these()),
        ("page.undeleted", "page", PAGE, &ours, these()),
        ("page.of_tomorrow", "page", PAGE, &ours, these()),
        ("page.created", "page", PAGE, &other, Records::None),
        ("page.created", "page", PAGE, &page, Records::None),
        ("page.deleted", "page", PAGE, &space, Records::None),
        ("page.moved", "page", PAGE, &ours, these()),
        ("page.moved", "page", PAGE, &space, these()),
        ("page.moved", "page", PAGE, &unsaid, these()),
        ("page.created", "page", PAGE, &unsaid, Records::Unknown),
        ("data_source.schema_updated", "data_source", SOURCE, &ours, Records::Unknown),
        ("data_source.content_updated", "data_source", SOURCE, &unsaid, Records::Unknown),
        ("data_source.content_updated", "data_source", PAGE, &other, Records::None),
        ("database.moved", "database", SOURCE, &space, Records::None),
        ("comment.created", "comment", PAGE, &ours, Records::None),
    ] {
        let event = json!({
            "id": "367cba44-b6f3-4c92-81e7-6a2e9659efd4", "timestamp": "2026-01-01T10:00:00.000Z", "attempt_number": 3,
            "type": kind, "entity": {"id": id, "type": entity}, "data": {"parent": parent, "updated_blocks": []},
        });
        assert_eq!(records(&event), expected, "{kind} {parent}");
    }
    let event = json!({
        "id": "367cba44-b6f3-4c92-81e7-6a2e9659efd4", "type": "page.created", "entity": {"id": PAGE, "type": "page"},
    });
    assert_eq!(records(&event), Records::Unknown, "no parent at all");
}

#[test]
fn only_what_is_signed_is_believed() {
    let body = r#"{"id":"e","type":"page.created","entity":{"id":"p","type":"page"}}"#;
    let good = signature(TOKEN, body);
    let short = &good[..good.len() - 1];
    let cut = &good[..good.len() - 2];
    let bare = good.strip_prefix("sha256=").expect("the scheme");
    let by_other = signature("secret_abd", body);
    assert!(hear(Some(TOKEN), Some(&good), body).is_ok());
    assert!(hear(Some(TOKEN), Some(&good.to_uppercase().replace("SHA", "sha")), body).is_ok());
    for given in [None, Some(""), Some("sha256="), Some(short), Some(cut), Some(bare), Some(&by_other)] {
        assert_eq!(hear(Some(TOKEN), given, body).err(), Some(Unheard::NotSigned), "{given:?}");
    }
    assert_eq!(hear(None, Some(&good), body).err(), Some(Unheard::NotSigned), "no secret is known");
    for body in ["", "[]", "{}", r#"{"id":"e","type":"page.created"}"#] {
        let told = hear(Some(TOKEN), Some(&signature(TOKEN, body)), body);
        assert_eq!(told.err(), Some(Unheard::NotUnderstood), "{body}");
    }
}

#[test]
fn an_introduction_is_heard_once() {
    let body = r#"{"verification_token":"secret_tMr"}"#;
    match hear(None, None, body) {
        Ok(Heard::Introduction(token)) => assert_eq!(token.expose_secret(), "secret_tMr"),
        other => panic!("{other:?}"),
    }
    assert_eq!(hear(Some(TOKEN), None, body).err(), Some(Unheard::NotSigned), "the secret is not replaced");
    let signed = hear(Some(TOKEN), Some(&signature(TOKEN, body)), body);
    assert_eq!(signed.err(), Some(Unheard::NotUnderstood));
    for body in ["", "{}", r#"{"verification_token":""}"#, r#"{"verification_token":7}"#] {
        assert_eq!(hear(None, None, body).err(), Some(Unheard::NotSigned), "{body}");
    }
}
