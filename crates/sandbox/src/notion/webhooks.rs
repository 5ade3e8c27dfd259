//! What an integration is told of by itself: changes to pages and schemas, at one address.
//!
//! Source: developers.notion.com/reference/webhooks and the pages below it. The real service gathers events for up
//! to a minute, and tries again for a day; here each goes out at once, and once. That a new title is told as a
//! property is unverified.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};

use super::state::{Column, Stamp, World};
use super::{Grant, Id};
use crate::Courier;
use crate::signature::hmac_sha256_hex;

/// The integration's tab “Webhooks”.
pub(super) struct Webhooks {
    courier: Courier,
    subscription: Option<Subscription>,
    events: u64,
}

/// What a person has set up there.
struct Subscription {
    url: String,
    /// What a person proves with that messages arrive, and what they are signed with.
    token: String,
    /// Nothing is told before.
    is_verified: bool,
}

/// What happened to a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change<'a> {
    Created,
    /// These properties have other values; ids as they are shown.
    Updated(&'a [String]),
    /// It was put into the trash.
    Deleted,
    /// It was taken out of it.
    Undeleted,
}

impl Webhooks {
    pub(super) fn new(courier: Courier) -> Self {
        Self { courier, subscription: None, events: 0 }
    }

    /// Subscribes an address, in the place of any other, and introduces itself there.
    pub(super) fn subscribe(&mut self, url: &str, token: String) {
        self.courier.send(url, &[], json!({ "verification_token": token }).to_string());
        self.subscription = Some(Subscription { url: url.to_owned(), token, is_verified: false });
    }

    /// Whether this is the token that was sent; if so, events are told from now on.
    pub(super) fn verify(&mut self, token: &str) -> bool {
        let known = self.subscription.as_mut().filter(|known| known.token == token);
        known.map(|known| known.is_verified = true).is_some()
    }

    fn tell(&mut self, mut event: Value, at: DateTime<Utc>) {
        let Some(to) = self.subscription.as_ref().filter(|known| known.is_verified) else { return };
        self.events += 1;
        let facts = [
            ("id", json!(Id::named(&format!("event/{}", self.events)))),
            ("timestamp", json!(at.to_rfc3339_opts(SecondsFormat::Millis, true))),
            ("workspace_id", json!(Id::named("workspace"))),
            ("workspace_name", json!("Bac à sable")),
            ("subscription_id", json!(Id::named(&format!("subscription/{}", to.url)))),
            ("integration_id", json!(Grant::default().bot())),
            ("attempt_number", json!(1)),
            ("api_version", json!("2026-03-11")),
        ];
        for (name, fact) in facts {
            event[name] = fact;
        }
        let body = event.to_string();
        let code = hmac_sha256_hex(to.token.as_bytes(), &[body.as_bytes()]);
        self.courier.send(&to.url, &[("x-notion-signature", format!("sha256={code}"))], body);
    }
}

impl World {
    /// Tells what happened to a page, where somebody wants to be told and may see it.
    pub(super) fn tell_page(&mut self, source: Id, page: Id, change: Change<'_>, stamp: Stamp) {
        let (kind, updated): (&str, &[String]) = match change {
            Change::Created => ("page.created", &[]),
            Change::Updated(properties) => ("page.properties_updated", properties),
            Change::Deleted => ("page.deleted", &[]),
            Change::Undeleted => ("page.undeleted", &[]),
        };
        let mut event = json!({"type": kind, "entity": {"id": page, "type": "page"}, "data": {}});
        if !updated.is_empty() {
            event["data"]["updated_properties"] = json!(updated);
        }
        self.tell(source, event, stamp);
    }

    /// Tells how a schema differs from what it was, if it does.
    pub(super) fn tell_schema(&mut self, source: Id, before: &[Column], stamp: Stamp) {
        let Some(known) = self.source(source) else { return };
        let told = |column: &Column, action: &str| json!({"id": column.shown_id(), "name": column.name, "action": action});
        let gone = before.iter().filter(|old| known.columns.iter().all(|column| column.id != old.id));
        let gone = gone.map(|old| told(old, "deleted"));
        let kept =
            known.columns.iter().filter_map(|column| match before.iter().find(|old| old.id == column.id) {
                None => Some(told(column, "created")),
                Some(old) if old.name != column.name || old.kind != column.kind => {
                    Some(told(column, "updated"))
                }
                Some(_) => None,
            });
        let updated: Vec<Value> = gone.chain(kept).collect();
        if !updated.is_empty() {
            let entity = json!({"id": source, "type": "data_source"});
            let data = json!({"updated_properties": updated});
            self.tell(
                source,
                json!({"type": "data_source.schema_updated", "entity": entity, "data": data}),
                stamp,
            );
        }
    }

    fn tell(&mut self, source: Id, mut event: Value, stamp: Stamp) {
        let Some(database) = self.source(source).map(|source| source.database) else { return };
        if !self.sees(&Grant::default(), database) {
            return;
        }
        let is_person = self.user(stamp.by).is_some_and(|user| user.email.is_some());
        event["authors"] = json!([{"id": stamp.by, "type": if is_person { "person" } else { "bot" }}]);
        event["data"]["parent"] = json!({"id": database, "type": "database", "data_source_id": source});
        self.webhooks.tell(event, stamp.at);
    }
}
