//! Asks Airtable for notifications: a webhook for each table.

use async_trait::async_trait;
use model::StreamSchema;
use secrecy::SecretString;
use url::Url;

use super::connection::{AirtableBase, READ_RECORDS, is_denied};
use super::{refusal, texts};
use crate::error::{Error, ErrorKind, Result};
use crate::hint::{Renewed, Subscriber, Subscription};
use crate::http::Failure;

const MANAGE_WEBHOOKS: &str = "webhook:manage";

#[async_trait]
impl Subscriber for AirtableBase {
    async fn subscribe(&self, stream: &StreamSchema, address: &Url) -> Result<Subscription> {
        match self.api.create_webhook(&stream.id, address).await {
            Ok(made) => Ok(Subscription {
                id: made.id,
                secret: SecretString::from(made.mac_secret_base64),
                expires_at: made.expiration_time,
            }),
            Err(failure) => Err(self.explain_webhooks(failure).await),
        }
    }

    async fn renew(&self, id: &str) -> Result<Option<Renewed>> {
        let webhooks = match self.api.webhooks().await {
            Ok(webhooks) => webhooks,
            Err(failure) => return Err(self.explain_webhooks(failure).await),
        };
        let Some(webhook) = webhooks.into_iter().find(|webhook| webhook.id == id) else { return Ok(None) };
        if !webhook.is_alive() {
            // It would count among those the base may have for another week.
            self.unsubscribe(id).await?;
            return Ok(None);
        }
        match self.api.refresh_webhook(id).await {
            Ok(expires_at) => Ok(Some(Renewed { expires_at })),
            Err(failure) if failure.error.kind == ErrorKind::NotFound => Ok(None),
            Err(failure) => Err(self.explain_webhooks(failure).await),
        }
    }

    async fn unsubscribe(&self, id: &str) -> Result<()> {
        match self.api.delete_webhook(id).await {
            Err(failure) if failure.error.kind != ErrorKind::NotFound => {
                Err(self.explain_webhooks(failure).await)
            }
            _ => Ok(()),
        }
    }
}

impl AirtableBase {
    /// What it means that webhooks cannot be seen to.
    async fn explain_webhooks(&self, failure: Failure) -> Error {
        if failure.code.starts_with(refusal::TOO_MANY_WEBHOOKS) {
            return texts::too_many_webhooks();
        }
        if !is_denied(&failure) {
            return *failure.error;
        }
        if let Some(error) = self.missing_scope(&[MANAGE_WEBHOOKS, READ_RECORDS]).await {
            return error;
        }
        match self.api.tables().await {
            Ok(_) => texts::not_allowed_to_hint(),
            Err(failure) => self.explain_base(failure).await,
        }
    }
}
