//! Webhooks: addresses that are told what is made, changed and deleted.
//!
//! Source: pipedrive.readme.io, “Guide for Webhooks v2”, and the Webhooks endpoints of version 1 of the API. Of the
//! kinds of records, those that are simulated can be heard of.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Map, Value, json};
use url::Url;

use super::Entity;
use super::refusal::Refusal;
use super::simulator::USER;
use super::world::COMPANY;
use crate::Courier;

/// Webhooks a user can have.
const MOST: usize = 40;

/// All webhooks, and who takes their messages to them.
#[derive(Debug)]
pub(super) struct Webhooks {
    courier: Courier,
    all: Vec<Webhook>,
    last_id: i64,
    /// Events told of so far.
    events: u64,
}

#[derive(Debug)]
struct Webhook {
    id: i64,
    url: String,
    action: String,
    object: String,
    user: String,
    password: String,
    name: String,
    added: DateTime<Utc>,
    is_active: bool,
}

/// What can happen to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    Create,
    Change,
    Delete,
}

/// Something that happened to a record.
pub(super) struct Event<'a> {
    pub(super) action: Action,
    pub(super) entity: Entity,
    pub(super) id: i64,
    /// The record as it is by now.
    pub(super) after: Option<Value>,
    /// The record as it was.
    pub(super) before: Option<Value>,
    pub(super) at: DateTime<Utc>,
    pub(super) user: i64,
    /// Through what it was done.
    pub(super) source: &'a str,
}

impl Action {
    fn word(self) -> &'static str {
        match self {
            Action::Create => "create",
            Action::Change => "change",
            Action::Delete => "delete",
        }
    }
}

impl Webhooks {
    pub(super) fn new(courier: Courier) -> Self {
        Self { courier, all: Vec::new(), last_id: 0, events: 0 }
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    pub(super) fn deactivate(&mut self) {
        self.all.iter_mut().for_each(|webhook| webhook.is_active = false);
    }

    pub(super) fn list(&self) -> Value {
        self.all.iter().map(Webhook::json).collect()
    }

    /// A new webhook, shown.
    ///
    /// # Errors
    /// A parameter is missing or wrong, or there are too many already (status and words unverified).
    pub(super) fn add(&mut self, given: &Map<String, Value>, now: DateTime<Utc>) -> Result<Value, Refusal> {
        let text = |name: &str| given.get(name).and_then(Value::as_str).unwrap_or_default();
        Url::parse(text("subscription_url"))
            .map_err(|_| Refusal::invalid("subscription_url", "is invalid"))?;
        if !["create", "change", "delete", "*"].contains(&text("event_action")) {
            return Err(Refusal::invalid("event_action", "is invalid"));
        }
        if !["deal", "person", "organization", "*"].contains(&text("event_object")) {
            return Err(Refusal::invalid("event_object", "is invalid"));
        }
        if given.get("version").is_some_and(|version| version != "2.0") {
            return Err(Refusal::invalid("version", "is not simulated"));
        }
        if self.all.len() >= MOST {
            return Err(Refusal::new(400, "Webhooks limit reached"));
        }
        self.last_id += 1;
        let webhook = Webhook {
            id: self.last_id,
            url: text("subscription_url").to_owned(),
            action: text("event_action").to_owned(),
            object: text("event_object").to_owned(),
            user: text("http_auth_user").to_owned(),
            password: text("http_auth_password").to_owned(),
            name: text("name").to_owned(),
            added: now,
            is_active: true,
        };
        let shown = webhook.json();
        self.all.push(webhook);
        Ok(shown)
    }

    pub(super) fn remove(&mut self, id: i64) -> Result<Value, Refusal> {
        let place = self.all.iter().position(|webhook| webhook.id == id);
        self.all.remove(place.ok_or_else(|| Refusal::new(404, "Webhook not found"))?);
        Ok(Value::Null)
    }

    /// Sends an event to those who asked for such. A change that changed nothing is none.
    pub(super) fn tell(&mut self, event: &Event<'_>, domain: &str) {
        let previous = event.previous();
        if event.action == Action::Change && previous.is_null() {
            return;
        }
        self.events += 1;
        for webhook in self.all.iter().filter(|webhook| webhook.is_about(event)) {
            let body = json!({
                "data": event.after,
                "previous": previous,
                "meta": {
                    "action": event.action.word(),
                    "attempt": 1,
                    "change_source": event.source,
                    "company_id": COMPANY.to_string(),
                    "correlation_id": format!("00000000-0000-4000-9000-{:012x}", self.events),
                    "entity": event.entity.word().to_lowercase(),
                    "entity_id": event.id.to_string(),
                    "host": format!("{domain}.pipedrive.com"),
                    "id": format!("00000000-0000-4000-8000-{:012x}", self.events),
                    "is_bulk_edit": false,
                    "permitted_user_ids": [event.user.to_string()],
                    "timestamp": event.at.to_rfc3339_opts(SecondsFormat::Millis, true),
                    "type": "general",
                    "user_id": event.user.to_string(),
                    "version": "2.0",
                    "webhook_id": webhook.id.to_string(),
                    "webhook_owner_id": USER.to_string(),
                },
            });
            let basic = BASE64_STANDARD.encode(format!("{}:{}", webhook.user, webhook.password));
            let headers = [("authorization", format!("Basic {basic}"))];
            let headers = if webhook.user.is_empty() { &[] } else { &headers[..] };
            self.courier.send(&webhook.url, headers, body.to_string());
        }
    }
}

impl Event<'_> {
    /// What its fields held that changed; the whole record where it was deleted.
    fn previous(&self) -> Value {
        let (Some(Value::Object(before)), Some(Value::Object(after))) = (&self.before, &self.after) else {
            return self.before.clone().unwrap_or_default();
        };
        let changed =
            before.iter().filter(|(code, value)| *code != "update_time" && after.get(*code) != Some(value));
        let changed: Map<String, Value> =
            changed.map(|(code, value)| (code.clone(), value.clone())).collect();
        if changed.is_empty() { Value::Null } else { Value::Object(changed) }
    }
}

impl Webhook {
    fn is_about(&self, event: &Event<'_>) -> bool {
        let fits = |asked: &str, word: &str| asked == "*" || asked == word;
        self.is_active
            && fits(&self.action, event.action.word())
            && fits(&self.object, &event.entity.word().to_lowercase())
    }

    fn json(&self) -> Value {
        json!({
            "id": self.id, "company_id": COMPANY, "owner_id": USER, "user_id": USER,
            "event_action": self.action, "event_object": self.object, "subscription_url": self.url,
            "version": "2.0", "is_active": u8::from(self.is_active),
            "add_time": self.added.to_rfc3339_opts(SecondsFormat::Millis, true),
            "remove_time": null, "remove_reason": null, "type": "general",
            "http_auth_user": self.user, "http_auth_password": self.password, "additional_data": {},
            "last_delivery_time": null, "last_http_status": null, "admin_id": USER, "name": self.name,
        })
    }
}
