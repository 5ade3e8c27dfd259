//! The requests about webhooks, one function each. Only version 1 of the API has them.

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::json;
use url::Url;

use super::api::Api;
use super::entity::Entity;
use super::hints::USER;
use crate::http::{Effect, Failure, Request};

/// Webhooks a user may have (pipedrive.readme.io, “Guide for Webhooks v2”).
pub(super) const MOST_WEBHOOKS: usize = 40;

/// A webhook as it is told.
#[derive(Deserialize)]
pub(super) struct Webhook {
    pub(super) id: i64,
    is_active: Flag,
}

/// Documented as a number, which other answers of version 1 write as a word.
#[derive(Deserialize)]
#[serde(untagged)]
enum Flag {
    Number(i64),
    Word(bool),
}

impl Webhook {
    pub(super) fn is_active(&self) -> bool {
        match self.is_active {
            Flag::Number(number) => number != 0,
            Flag::Word(word) => word,
        }
    }
}

impl Api {
    /// Asks for messages about whatever happens to an entity's records, with a password.
    pub(super) async fn create_webhook(
        &self,
        entity: Entity,
        address: &Url,
        password: &SecretString,
    ) -> Result<Webhook, Failure> {
        let body = json!({
            "subscription_url": address.as_str(),
            "event_action": "*",
            "event_object": entity.word(),
            "http_auth_user": USER,
            "http_auth_password": password.expose_secret(),
            "version": "2.0",
            "name": "Passerelle",
        });
        let url = self.url(&["v1", "webhooks"]);
        self.send(&Request::post(url, &body, Effect::OnceOnly).confidential()).await
    }

    /// Every webhook of the user, or of the application.
    pub(super) async fn webhooks(&self) -> Result<Vec<Webhook>, Failure> {
        self.one(self.url(&["v1", "webhooks"])).await
    }

    pub(super) async fn delete_webhook(&self, id: i64) -> Result<(), Failure> {
        let request = Request::delete(self.url(&["v1", "webhooks", &id.to_string()]));
        self.channel().call(&request, |body| serde_json::from_slice::<IgnoredAny>(body)).await?;
        Ok(())
    }
}
