//! A webhook: an address that is notified when records of a base change.
//!
//! Source: airtable.com/developers/web/api/webhooks-overview and …/create-a-webhook. A notification names the
//! base and the webhook, not what changed.

use std::collections::BTreeSet;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde_json::{Value, json};

use crate::Courier;
use crate::airtable::Id;
use crate::signature::hmac_sha256_hex;

/// How long a webhook lives after it was made or refreshed, and how long it is shown once it has expired.
const LIFE: TimeDelta = TimeDelta::days(7);

/// A webhook of a base.
#[derive(Debug)]
pub(in crate::airtable) struct Webhook {
    pub(in crate::airtable) id: Id,
    url: String,
    /// The table whose records it is about; `None` for all of them.
    table: Option<Id>,
    secret: [u8; 32],
    expires: DateTime<Utc>,
    /// Whether its address is notified.
    pub(in crate::airtable) notifies: bool,
}

impl Webhook {
    pub(in crate::airtable) fn new(
        url: String,
        table: Option<Id>,
        rng: &mut fastrand::Rng,
        now: DateTime<Utc>,
    ) -> Self {
        let mut secret = [0; 32];
        rng.fill(&mut secret);
        let id = Id::random(*b"ach", rng);
        Self { id, url, table, secret, expires: now + LIFE, notifies: true }
    }

    /// Whether it has not expired.
    pub(in crate::airtable) fn is_enabled(&self, now: DateTime<Utc>) -> bool {
        now < self.expires
    }

    /// Whether it is still shown.
    pub(in crate::airtable) fn is_known(&self, now: DateTime<Utc>) -> bool {
        now < self.expires + LIFE
    }

    /// Lets it live longer; until when.
    pub(in crate::airtable) fn refresh(&mut self, now: DateTime<Utc>) -> String {
        self.expires = now + LIFE;
        self.expiration()
    }

    /// When it expires, as the API writes it.
    pub(in crate::airtable) fn expiration(&self) -> String {
        moment(self.expires)
    }

    /// What its notifications are signed with, as the API tells it once.
    pub(in crate::airtable) fn secret(&self) -> String {
        BASE64_STANDARD.encode(self.secret)
    }

    /// As the list shows it.
    pub(in crate::airtable) fn json(&self, now: DateTime<Utc>) -> Value {
        let mut filters = json!({"dataTypes": ["tableData"]});
        if let Some(table) = self.table {
            filters["recordChangeScope"] = json!(table);
        }
        json!({
            "id": self.id,
            "specification": {"options": {"filters": filters}},
            "notificationUrl": self.url,
            "cursorForNextPayload": 1,
            "areNotificationsEnabled": self.notifies,
            "isHookEnabled": self.is_enabled(now),
            "lastSuccessfulNotificationTime": null,
            "lastNotificationResult": null,
            "expirationTime": self.expiration(),
        })
    }

    /// Whether changes in these tables are notified to it.
    pub(in crate::airtable) fn hears_of(&self, tables: &BTreeSet<Id>, now: DateTime<Utc>) -> bool {
        let is_about = self.table.map_or(!tables.is_empty(), |table| tables.contains(&table));
        is_about && self.notifies && self.is_enabled(now)
    }

    /// Sends a notification.
    pub(in crate::airtable) fn notify(&self, courier: &Courier, base: Id, now: DateTime<Utc>) {
        let body = json!({"base": {"id": base}, "webhook": {"id": self.id}, "timestamp": moment(now)});
        let body = body.to_string();
        let mac = format!("hmac-sha256={}", hmac_sha256_hex(&self.secret, &[body.as_bytes()]));
        courier.send(&self.url, &[("x-airtable-content-mac", mac)], body);
    }
}

fn moment(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}
