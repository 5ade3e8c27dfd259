//! Asks Pipedrive for messages: a webhook for each kind of record.
//!
//! A webhook has no end, but one that nobody answered for three days is deleted (pipedrive.readme.io, “Guide for
//! Webhooks v2”): renewing is looking whether it is still there.

use async_trait::async_trait;
use model::StreamSchema;
use secrecy::SecretString;
use url::Url;

use super::connection::{PipedriveCompany, explain};
use super::entity::Entity;
use super::webhooks::MOST_WEBHOOKS;
use super::{refusal, texts};
use crate::error::{Error, ErrorKind, Result};
use crate::hint::{Renewed, Subscriber, Subscription};
use crate::http::Failure;
use crate::http::oauth2::random_word;

#[async_trait]
impl Subscriber for PipedriveCompany {
    async fn subscribe(&self, stream: &StreamSchema, address: &Url) -> Result<Subscription> {
        let entity = Entity::of(&stream.id).ok_or_else(|| texts::no_stream(&stream.id))?;
        let secret = SecretString::from(random_word()?);
        match self.api.create_webhook(entity, address, &secret).await {
            Ok(webhook) => Ok(Subscription { id: webhook.id.to_string(), secret, expires_at: None }),
            Err(failure) => Err(self.explain_refused(failure).await),
        }
    }

    async fn renew(&self, id: &str) -> Result<Option<Renewed>> {
        let webhooks = self.api.webhooks().await.map_err(explain_webhooks)?;
        let Some(webhook) = webhooks.into_iter().find(|webhook| webhook.id.to_string() == id) else {
            return Ok(None);
        };
        if webhook.is_active() {
            return Ok(Some(Renewed { expires_at: None }));
        }
        // It would count among those the user may have.
        self.unsubscribe(id).await?;
        Ok(None)
    }

    async fn unsubscribe(&self, id: &str) -> Result<()> {
        // Ids of webhooks are numbers: what is none was never one.
        let Ok(id) = id.parse() else { return Ok(()) };
        match self.api.delete_webhook(id).await {
            Err(failure) if failure.error.kind != ErrorKind::NotFound => Err(explain_webhooks(failure)),
            _ => Ok(()),
        }
    }
}

impl PipedriveCompany {
    /// Why a webhook was not made. Nobody says with what word the service refuses one too many: they are counted.
    async fn explain_refused(&self, failure: Failure) -> Error {
        let is_refused = matches!(failure.error.kind, ErrorKind::Rejected | ErrorKind::Forbidden);
        if is_refused
            && !refusal::is_scope_missing(&failure)
            && self.api.webhooks().await.is_ok_and(|webhooks| webhooks.len() >= MOST_WEBHOOKS)
        {
            return texts::too_many_webhooks();
        }
        explain_webhooks(failure)
    }
}

/// What it means that webhooks cannot be seen to.
fn explain_webhooks(failure: Failure) -> Error {
    if refusal::is_scope_missing(&failure) {
        return texts::missing_webhook_scope();
    }
    if failure.error.kind == ErrorKind::Rejected {
        texts::webhook_rejected(&failure.said)
    } else {
        explain(failure)
    }
}
