//! What Notion sends when something changed (developers.notion.com/reference/webhooks).
//!
//! One event a message, signed with the token of the first message: an HMAC-SHA256 of the body. Events are gathered
//! for up to a minute and sent again for a day, so their age says nothing; each has an id of its own.

use model::Text;
use secrecy::SecretString;
use serde::Deserialize;

use crate::hint::{self, Arrangement, Changed, Heard, Hints, Message, Records, Unheard};

/// The hints of Notion.
pub(super) struct NotionHints;

impl Hints for NotionHints {
    fn arrangement(&self) -> Arrangement {
        Arrangement::Introduced {
            steps: Text::fixed(
                "Sur notion.so/profile/integrations, ouvrez l'intégration, onglet « Webhooks », et créez un abonnement à \
                 cette adresse : version 2025-09-03 de l'API ou plus récente, événements des pages et des sources de \
                 données. Notion envoie alors un jeton, qui s'affiche ici : collez-le dans Notion sous « Vérifier \
                 l'abonnement ».",
                "At notion.so/profile/integrations, open the integration, tab “Webhooks”, and create a subscription to this \
                 address: API version 2025-09-03 or later, events of pages and of data sources. Notion then sends a token, \
                 which is shown here: paste it in Notion under “Verify subscription”.",
            ),
        }
    }

    fn hear(
        &self,
        secret: Option<&SecretString>,
        stream: &str,
        message: &Message<'_>,
    ) -> Result<Heard, Unheard> {
        let Some(secret) = secret else {
            return introduction(message.body).ok_or(Unheard::NotSigned);
        };
        let sent =
            message.header("x-notion-signature").and_then(|sent| hint::unhex(sent.strip_prefix("sha256=")?));
        if !hint::is_signed(hint::key(secret), &[message.body], &sent.ok_or(Unheard::NotSigned)?) {
            return Err(Unheard::NotSigned);
        }
        let event: Event = serde_json::from_slice(message.body).map_err(|_| Unheard::NotUnderstood)?;
        Ok(Heard::Change(Changed { records: event.records(stream), events: vec![event.id] }))
    }
}

/// The token of the first message, which is not signed.
fn introduction(body: &[u8]) -> Option<Heard> {
    #[derive(Deserialize)]
    struct Introduction {
        verification_token: String,
    }
    let told: Introduction = serde_json::from_slice(body).ok()?;
    // Anybody could sign with nothing.
    let token = Some(told.verification_token).filter(|token| !token.is_empty())?;
    Some(Heard::Introduction(SecretString::from(token)))
}

/// An event, as far as it says what it is about.
#[derive(Deserialize)]
struct Event {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    entity: Entity,
    #[serde(default)]
    data: Data,
}

#[derive(Deserialize)]
struct Entity {
    id: String,
    #[serde(rename = "type")]
    kind: String,
}

#[derive(Default, Deserialize)]
struct Data {
    parent: Option<Parent>,
}

/// What the entity is in.
#[derive(Deserialize)]
struct Parent {
    #[serde(rename = "type")]
    kind: String,
    /// Of a page in a database; subscriptions made for older versions of the API do not tell it.
    data_source_id: Option<String>,
}

impl Event {
    /// Which pages of a data source it is about.
    fn records(&self, source: &str) -> Records {
        let this = || Records::These(vec![self.entity.id.clone()]);
        match (self.entity.kind.as_str(), &self.data.parent) {
            // Its properties, or pages that are not named.
            ("data_source", _) if self.entity.id == source => Records::Unknown,
            ("page", Some(Parent { data_source_id: Some(id), .. })) if id == source => this(),
            // Where it was before is not told: it may have left the source.
            ("page", _) if self.kind == "page.moved" => this(),
            ("page", Some(Parent { data_source_id: None, kind })) if kind == "database" => Records::Unknown,
            ("page", None) => Records::Unknown,
            _ => Records::None,
        }
    }
}
