//! What a notification of Airtable's says: that something changed in a table, not what.
//!
//! Source: airtable.com/developers/web/api/webhooks-overview, “Notification delivery”. One that was not answered
//! is sent again with the moment of the first time: its age says nothing.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use secrecy::SecretString;
use serde::Deserialize;

use super::Airtable;
use crate::hint::{self, Arrangement, Changed, Heard, Hints, Message, Records, Unheard};

/// Where the signature stands, and what it begins with.
const SIGNATURE: &str = "x-airtable-content-mac";
const ALGORITHM: &str = "hmac-sha256=";

#[derive(Deserialize)]
struct Notification {
    webhook: Named,
    timestamp: String,
}

#[derive(Deserialize)]
struct Named {
    id: String,
}

impl Hints for Airtable {
    fn arrangement(&self) -> Arrangement {
        Arrangement::Asked
    }

    fn hear(
        &self,
        secret: Option<&SecretString>,
        _stream: &str,
        message: &Message<'_>,
    ) -> Result<Heard, Unheard> {
        let key = secret.and_then(|secret| BASE64_STANDARD.decode(hint::key(secret)).ok());
        let signature = message.header(SIGNATURE).and_then(|text| hint::unhex(text.strip_prefix(ALGORITHM)?));
        let (Some(key), Some(signature)) = (key, signature) else { return Err(Unheard::NotSigned) };
        if !hint::is_signed(&key, &[message.body], &signature) {
            return Err(Unheard::NotSigned);
        }
        let Notification { webhook, timestamp } =
            serde_json::from_slice(message.body).map_err(|_| Unheard::NotUnderstood)?;
        let events = vec![format!("{} {timestamp}", webhook.id)];
        Ok(Heard::Change(Changed { events, records: Records::Unknown }))
    }
}

#[cfg(test)]
mod tests {
    use chrono::Utc;
    use reqwest::header::HeaderMap;

    use super::*;

    /// The bytes from 0 to 31.
    const SECRET: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    const BODY: &str = r#"{"base":{"id":"app00000000000000"},"webhook":{"id":"ach00000000000000"},"timestamp":"2022-02-01T21:25:05.663Z"}"#;
    /// Computed by another program.
    const MAC: &str = "hmac-sha256=feb60036212fc2ebb8707d53b49e8c010893104f3a867f789698bff4afbf8c78";

    fn hear(secret: Option<&str>, macs: &[&str], body: &str) -> Result<Changed, Unheard> {
        let mut headers = HeaderMap::new();
        for mac in macs {
            headers.append(SIGNATURE, mac.parse().expect("a header"));
        }
        let message = Message {
            address: "https://example.com",
            headers: &headers,
            body: body.as_bytes(),
            at: Utc::now(),
        };
        match Airtable.hear(secret.map(SecretString::from).as_ref(), "tbl", &message)? {
            Heard::Change(changed) => Ok(changed),
            Heard::Introduction(_) => panic!("nobody introduces a secret"),
        }
    }

    #[test]
    fn a_notification_says_that_something_changed() {
        let events = vec!["ach00000000000000 2022-02-01T21:25:05.663Z".to_owned()];
        let changed = Changed { events, records: Records::Unknown };
        assert_eq!(hear(Some(SECRET), &[MAC], BODY), Ok(changed));
    }

    #[test]
    fn whatever_is_not_signed_is_not_read() {
        let (bare, short) = (MAC.trim_start_matches(ALGORITHM), &MAC[..MAC.len() - 2]);
        let upper = MAC.replace("hmac-sha256", "HMAC-SHA1");
        for (secret, macs, body) in [
            (None, &[MAC][..], BODY),
            (Some("not base64!"), &[MAC], BODY),
            (Some(""), &[MAC], BODY),
            (Some(SECRET), &[], BODY),
            (Some(SECRET), &[MAC, MAC], BODY),
            (Some(SECRET), &[""], BODY),
            (Some(SECRET), &[ALGORITHM], BODY),
            (Some(SECRET), &[bare], BODY),
            (Some(SECRET), &[short], BODY),
            (Some(SECRET), &[&upper], BODY),
            (Some(SECRET), &["hmac-sha256=é"], BODY),
            (Some(SECRET), &[MAC], ""),
            (Some(SECRET), &[MAC], &BODY.replace("663", "664")),
        ] {
            assert_eq!(hear(secret, macs, body), Err(Unheard::NotSigned), "{secret:?} {macs:?} {body}");
        }
    }

    #[test]
    fn what_is_signed_and_no_notification_is_not_understood() {
        for (mac, body) in [
            ("00bc5c4387eab2c18880343f217900f6e99a2d40190586f8fd60060b1afce107", "[1]"),
            (
                "56bd7f6cece20633415e9460f2e79ecf043c69ce39dbbfddfb4fb91d21a5cb91",
                r#"{"webhook":{"id":"ach00000000000000"}}"#,
            ),
        ] {
            let mac = format!("{ALGORITHM}{mac}");
            assert_eq!(hear(Some(SECRET), &[&mac], body), Err(Unheard::NotUnderstood), "{body}");
        }
    }
}
