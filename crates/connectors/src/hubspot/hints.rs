//! What HubSpot sends a private app when something changed (developers.hubspot.com/docs/guides/crm/private-apps/webhooks).
//!
//! Up to 100 events a message, signed in version 3: an HMAC-SHA256 with the app's client secret of method, address,
//! body and moment.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use chrono::{DateTime, TimeDelta};
use model::Text;
use secrecy::SecretString;
use serde::Deserialize;

use super::streams::{self, Standard};
use crate::hint::{self, Arrangement, Changed, Heard, Hints, Message, Records, Unheard};

/// A message older than this is to be rejected, says HubSpot; a clock may be ahead as far.
const TIMELY: TimeDelta = TimeDelta::minutes(5);
/// What is decoded of the address before it is signed, and nothing else.
const DECODED: [(&str, char); 12] = [
    ("3A", ':'),
    ("2F", '/'),
    ("3F", '?'),
    ("40", '@'),
    ("21", '!'),
    ("24", '$'),
    ("27", '\''),
    ("28", '('),
    ("29", ')'),
    ("2A", '*'),
    ("2C", ','),
    ("3B", ';'),
];

/// The hints of HubSpot.
pub(super) struct HubspotHints;

impl Hints for HubspotHints {
    fn arrangement(&self) -> Arrangement {
        Arrangement::Typed {
            steps: Text::fixed(
                "Dans HubSpot : Paramètres → Intégrations → Applications privées → votre application → Modifier. Sous \
                 « Webhooks », collez cette adresse comme URL cible, puis créez des abonnements pour l'objet de la \
                 connexion : création, suppression, fusion, restauration, association, et modification de chaque propriété \
                 importée. Enregistrez. Le secret client est sous « Authentification ».",
                "In HubSpot: Settings → Integrations → Private apps → your app → Edit. Under “Webhooks”, paste this address \
                 as the target URL, then create subscriptions for the connection's object: creation, deletion, merge, \
                 restore, association, and change of each imported property. Commit the changes. The client secret stands \
                 under “Auth”.",
            ),
            secret: Text::fixed("Secret client", "Client secret"),
        }
    }

    fn hear(
        &self,
        secret: Option<&SecretString>,
        stream: &str,
        message: &Message<'_>,
    ) -> Result<Heard, Unheard> {
        // Anybody could sign with nothing.
        let key = secret.map(|typed| hint::key(typed).trim_ascii()).filter(|key| !key.is_empty());
        let key = key.ok_or(Unheard::NotSigned)?;
        let sent =
            message.header("x-hubspot-signature-v3").and_then(|code| BASE64_STANDARD.decode(code).ok());
        let sent = sent.ok_or(Unheard::NotSigned)?;
        let moment = message.header("x-hubspot-request-timestamp").ok_or(Unheard::NotSigned)?;
        let address = decoded(message.address);
        if !hint::is_signed(key, &[b"POST", address.as_bytes(), message.body, moment.as_bytes()], &sent) {
            return Err(Unheard::NotSigned);
        }
        let at = moment.parse().ok().and_then(DateTime::from_timestamp_millis);
        if (message.at - at.ok_or(Unheard::NotUnderstood)?).abs() > TIMELY {
            return Err(Unheard::OutOfTime);
        }
        let events: Vec<Event> = serde_json::from_slice(message.body).map_err(|_| Unheard::NotUnderstood)?;
        Ok(Heard::Change(Changed {
            records: records(events.iter().filter(|event| event.is_about(stream))),
            events: events.iter().map(Event::key).collect(),
        }))
    }
}

/// The address as HubSpot signs it.
fn decoded(address: &str) -> String {
    let mut parts = address.split('%');
    let mut decoded = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let code = part.get(..2).unwrap_or_default();
        match DECODED.iter().find(|(known, _)| known.eq_ignore_ascii_case(code)) {
            Some((_, sign)) => {
                decoded.push(*sign);
                decoded.push_str(&part[code.len()..]);
            }
            None => {
                decoded.push('%');
                decoded.push_str(part);
            }
        }
    }
    decoded
}

/// One of the events of a message. Which numbers it has depends on its kind.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Event {
    /// Not promised to be unique.
    event_id: i64,
    subscription_id: i64,
    occurred_at: i64,
    /// `deal.creation`, or `object.creation` with the type by its id.
    #[serde(alias = "eventType")]
    subscription_type: String,
    object_type_id: Option<String>,
    /// Of an association: the type of the record that has it.
    from_object_type_id: Option<String>,
    object_id: Option<u64>,
    /// Of an association: the record that has it.
    from_object_id: Option<u64>,
    /// Of a merge: the record that was kept, those that went into it, and the one both became.
    primary_object_id: Option<u64>,
    #[serde(default)]
    merged_object_ids: Vec<u64>,
    new_object_id: Option<u64>,
}

impl Event {
    /// What it is known by when it comes again.
    fn key(&self) -> String {
        let object = self.ids().next().map(|id| id.to_string()).unwrap_or_default();
        format!("{}-{}-{}-{object}", self.event_id, self.subscription_id, self.occurred_at)
    }

    fn is_about(&self, stream: &str) -> bool {
        let standard = streams::STANDARD.iter().find(|standard| standard.name == stream);
        let (what, _) = self.subscription_type.split_once('.').unwrap_or_default();
        if what != "object" {
            return standard.is_some_and(|standard| standard.noun == what);
        }
        let type_id = standard.map_or(stream, |standard: &Standard| standard.type_id);
        self.object_type_id.as_ref().or(self.from_object_type_id.as_ref()).is_some_and(|id| id == type_id)
    }

    /// The records it names.
    fn ids(&self) -> impl Iterator<Item = u64> {
        let single = [self.object_id, self.from_object_id, self.primary_object_id, self.new_object_id];
        single.into_iter().flatten().chain(self.merged_object_ids.iter().copied())
    }
}

/// The records that these events are about, each once.
fn records<'a>(events: impl Iterator<Item = &'a Event>) -> Records {
    let mut all: Vec<String> = Vec::new();
    for event in events {
        let before = all.len();
        all.extend(event.ids().map(|id| id.to_string()));
        if all.len() == before {
            return Records::Unknown;
        }
    }
    if all.is_empty() {
        return Records::None;
    }
    all.sort_unstable();
    all.dedup();
    Records::These(all)
}
