//! What is heard in a message.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use chrono::Utc;
use reqwest::header::HeaderMap;
use secrecy::SecretString;

use crate::hint::{Changed, Heard, Hints, Message, Records, Unheard};
use crate::pipedrive::Pipedrive;

const DEAL: &str = r#"{"data":{"id":7},"previous":null,"meta":{"action":"change","entity":"deal","entity_id":"7",
    "id":"6f1a","company_id":"1","timestamp":"2026-11-22T10:00:00.000Z","attempt":2,"version":"2.0"}}"#;

fn hear(header: &str, stream: &str, body: &str) -> Result<Changed, Unheard> {
    let mut headers = HeaderMap::new();
    headers.insert("authorization", header.parse().expect("a header"));
    let message =
        Message { address: "https://example.com", headers: &headers, body: body.as_bytes(), at: Utc::now() };
    match Pipedrive.hear(Some(&SecretString::from("mot:secret")), stream, &message)? {
        Heard::Change(changed) => Ok(changed),
        Heard::Introduction(_) => panic!("nobody introduces a secret"),
    }
}

fn basic(credentials: &str) -> String {
    format!("Basic {}", BASE64_STANDARD.encode(credentials))
}

#[test]
fn a_message_names_the_record_of_its_stream() {
    let these = |id: &str| Records::These(vec![id.to_owned()]);
    let person = DEAL.replace("deal", "person");
    for (stream, body, records) in [
        ("deals", DEAL, these("7")),
        ("persons", DEAL, Records::None),
        ("persons", &person, these("7")),
        ("deals", &person, Records::None),
        ("deals", &DEAL.replace("\"7\"", "8"), these("8")),
        ("deals", &DEAL.replace("\"deal\"", "\"note\""), Records::None),
        ("unknown", DEAL, Records::None),
    ] {
        let heard = hear(&basic("passerelle:mot:secret"), stream, body);
        assert_eq!(heard, Ok(Changed { events: vec!["6f1a".to_owned()], records }), "{stream} {body}");
    }
    assert!(hear(&basic("passerelle:mot:secret").replace("Basic", "basic"), "deals", DEAL).is_ok());
}

#[test]
fn other_credentials_are_not_believed() {
    for header in [
        "",
        "Basic",
        "Basic !",
        "mot:secret",
        &basic(""),
        &basic("passerelle:"),
        &basic("passerelle:mot:secre"),
        &basic("passerelle:mot:secret\0"),
        &basic("Passerelle:mot:secret"),
        &basic("mot:secret"),
        &basic("passerelle:mot:secret").replace("Basic", "Bearer"),
    ] {
        assert_eq!(hear(header, "deals", DEAL), Err(Unheard::NotSigned), "{header}");
    }
}

#[test]
fn what_is_no_event_is_not_understood() {
    for body in [
        "",
        "[]",
        "{}",
        r#"{"meta":{"id":"1","entity":"deal"}}"#,
        r#"{"v":1,"meta":{"id":7,"object":"deal"}}"#,
    ] {
        assert_eq!(
            hear(&basic("passerelle:mot:secret"), "deals", body),
            Err(Unheard::NotUnderstood),
            "{body}"
        );
    }
}
