//! What a message of Pipedrive's says: what was done to which record.
//!
//! Source: pipedrive.readme.io, “Guide for Webhooks v2”. A message is not signed; the password it bears is one
//! that only the service was given.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use secrecy::SecretString;
use serde::Deserialize;

use super::Pipedrive;
use super::entity::Entity;
use crate::hint::{self, Arrangement, Changed, Heard, Hints, Message, Records, Unheard};

/// The user that messages are sent as.
pub(super) const USER: &str = "passerelle";

#[derive(Deserialize)]
struct Event {
    meta: Meta,
}

#[derive(Deserialize)]
struct Meta {
    /// The same for each attempt.
    id: String,
    entity: String,
    entity_id: Id,
}

/// Documented as a text of digits; the records themselves have it as a number.
#[derive(Deserialize)]
#[serde(untagged)]
enum Id {
    Text(String),
    Number(i64),
}

impl Hints for Pipedrive {
    fn arrangement(&self) -> Arrangement {
        Arrangement::Asked
    }

    fn hear(
        &self,
        secret: Option<&SecretString>,
        stream: &str,
        message: &Message<'_>,
    ) -> Result<Heard, Unheard> {
        let credentials = message.header("authorization").and_then(credentials);
        let (Some(secret), Some(credentials)) = (secret, credentials) else { return Err(Unheard::NotSigned) };
        let expected = [USER.as_bytes(), b":", hint::key(secret)].concat();
        if !hint::is_same(&expected, &credentials) {
            return Err(Unheard::NotSigned);
        }
        let Event { meta } = serde_json::from_slice(message.body).map_err(|_| Unheard::NotUnderstood)?;
        let is_of_stream = Entity::of(stream).is_some_and(|entity| entity.word() == meta.entity);
        let id = match meta.entity_id {
            Id::Text(text) => text,
            Id::Number(number) => number.to_string(),
        };
        let records = if is_of_stream { Records::These(vec![id]) } else { Records::None };
        Ok(Heard::Change(Changed { events: vec![meta.id], records }))
    }
}

/// What a header of HTTP Basic says.
fn credentials(header: &str) -> Option<Vec<u8>> {
    let (scheme, encoded) = header.split_once(' ')?;
    if scheme.eq_ignore_ascii_case("basic") { BASE64_STANDARD.decode(encoded.trim()).ok() } else { None }
}
