//! The requests about webhooks, one function each.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::json;
use url::Url;

use super::api::Api;
use crate::http::{Effect, Failure, Request};

/// A webhook that was made.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Made {
    pub(super) id: String,
    /// Told this once.
    pub(super) mac_secret_base64: String,
    pub(super) expiration_time: Option<DateTime<Utc>>,
}

/// A webhook as the list tells it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Webhook {
    pub(super) id: String,
    is_hook_enabled: bool,
    are_notifications_enabled: bool,
}

#[derive(Deserialize)]
struct Listed {
    webhooks: Vec<Webhook>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Refreshed {
    expiration_time: Option<DateTime<Utc>>,
}

impl Webhook {
    /// Whether it notifies anybody: one that has expired does not, nor one that was not answered too often.
    pub(super) fn is_alive(&self) -> bool {
        self.is_hook_enabled && self.are_notifications_enabled
    }
}

impl Api {
    /// Asks for notifications of what changes in a table's records.
    pub(super) async fn create_webhook(&self, table_id: &str, address: &Url) -> Result<Made, Failure> {
        let filters = json!({ "dataTypes": ["tableData"], "recordChangeScope": table_id });
        let body = json!({
            "notificationUrl": address.as_str(),
            "specification": { "options": { "filters": filters } },
        });
        let request = Request::post(self.webhooks_url(&[]), &body, Effect::OnceOnly);
        self.channel().call(&request, |body| serde_json::from_slice(body)).await
    }

    /// Every webhook of the base.
    pub(super) async fn webhooks(&self) -> Result<Vec<Webhook>, Failure> {
        let request = Request::get(self.webhooks_url(&[]));
        let listed: Listed = self.channel().call(&request, |body| serde_json::from_slice(body)).await?;
        Ok(listed.webhooks)
    }

    /// Lets a webhook live longer: until when.
    pub(super) async fn refresh_webhook(&self, id: &str) -> Result<Option<DateTime<Utc>>, Failure> {
        let request = Request::post(self.webhooks_url(&[id, "refresh"]), &json!({}), Effect::SameTwice);
        let refreshed: Refreshed = self.channel().call(&request, |body| serde_json::from_slice(body)).await?;
        Ok(refreshed.expiration_time)
    }

    pub(super) async fn delete_webhook(&self, id: &str) -> Result<(), Failure> {
        let request = Request::delete(self.webhooks_url(&[id]));
        self.channel().call(&request, |body| serde_json::from_slice::<IgnoredAny>(body)).await?;
        Ok(())
    }

    fn webhooks_url(&self, rest: &[&str]) -> Url {
        self.url(&[&["bases", &self.base_id, "webhooks"], rest].concat())
    }
}
