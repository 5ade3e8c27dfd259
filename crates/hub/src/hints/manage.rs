//! Hints switched on and off.

use std::sync::Arc;
use std::time::Duration;

use connectors::Connection;
use connectors::hint::Arrangement;
use connectors::http::oauth2::random_word;
use model::api::{HintsBody, HintsUpdate, instant};
use model::{Lang, StreamSchema, Text};
use secrecy::SecretString;
use store::{Batch, ConfigRow, HintRow};
use tokio::time::timeout;
use url::Url;

use super::look::next_look;
use super::view::problem;
use crate::sync::find_stream;
use crate::{Error, Hub, Kind, Result};

/// For a service to take note that nobody listens any more, while somebody waits.
const PATIENCE: Duration = Duration::from_secs(5);

impl Hub {
    /// Has the service of a connection say when something changes: asks it, or makes the address that a person
    /// enters there. What is on already stays as it is, with a secret that is given for it; what is on and does not
    /// work is made anew, at another address.
    ///
    /// # Errors
    /// `NotFound`, `NotConfigured`; `Invalid` when the service cannot tell, or cannot reach this program; the
    /// service refuses, or does not answer.
    pub async fn turn_on_hints(&self, id: i64, update: HintsUpdate, lang: Lang) -> Result<HintsBody> {
        let row = self.account_row(id).await?;
        let arrangement = self.arrangement(&row).ok_or_else(|| cannot_tell(&row))?;
        let secret = update.secret.map(|typed| typed.trim().to_owned()).filter(|typed| !typed.is_empty());
        let present = self.store().hint(&row.provider).await?;
        match (arrangement, present, secret) {
            (Arrangement::Typed { .. }, Some(hint), Some(secret)) => {
                self.keep_hint(&hint, Some(secret.into())).await?;
            }
            // An address that somebody has entered elsewhere stays what it is.
            (Arrangement::Typed { .. } | Arrangement::Introduced { .. }, Some(hint), None)
                if problem(&row, &hint).is_none() => {}
            // One that a process did not come to ask for is asked for now.
            (Arrangement::Asked, Some(hint), _)
                if hint.subscription.is_some() && problem(&row, &hint).is_none() => {}
            (arrangement, present, secret) => {
                self.arrange(&row, &arrangement, present.as_ref(), secret.map(SecretString::from)).await?;
            }
        }
        self.inner.wakers.hints.notify_one();
        self.hints(id, lang).await
    }

    async fn arrange(
        &self,
        row: &ConfigRow,
        arrangement: &Arrangement,
        present: Option<&HintRow>,
        secret: Option<SecretString>,
    ) -> Result<()> {
        let word = random_word()?;
        let address = self.hint_address(&word).ok_or_else(nowhere)?;
        let connection = self.connect(row).await?.connection;
        let stream = find_stream(connection.as_ref(), row).await?;
        if let Some(present) = present {
            self.unsubscribe(row, present).await;
        }
        let mut hint = HintRow {
            provider: row.provider.clone(),
            word,
            stream: stream.id.clone(),
            stream_name: stream.name.clone(),
            created_at: self.at(),
            ..HintRow::default()
        };
        if !matches!(arrangement, Arrangement::Asked) {
            let secret = secret.filter(|_| matches!(arrangement, Arrangement::Typed { .. }));
            return self.store_hint(&hint, secret).await;
        }
        // Stored first: the service may try the address before it has answered.
        self.store_hint(&hint, None).await?;
        match self.subscribe(&mut hint, connection, &stream, &address).await {
            Ok(secret) => self.keep_hint(&hint, Some(secret)).await,
            Err(error) => {
                self.forget_hint(&hint.provider).await?;
                Err(error)
            }
        }
    }

    /// Asks the service; the row is told what it said.
    pub(super) async fn subscribe(
        &self,
        hint: &mut HintRow,
        connection: Arc<dyn Connection>,
        stream: &StreamSchema,
        address: &Url,
    ) -> Result<SecretString> {
        let subscriber = connection.subscriber().ok_or_else(nowhere)?;
        let made = subscriber.subscribe(stream, address).await?;
        hint.subscription = Some(made.id);
        hint.expires_at = made.expires_at.map(instant);
        hint.look_at = Some(next_look(made.expires_at, self.time()));
        hint.problem = None;
        Ok(made.secret)
    }

    /// Has the service say nothing any more. One that cannot be told is left to find that nobody listens.
    ///
    /// # Errors
    /// `NotFound`; the database does not answer.
    pub async fn turn_off_hints(&self, id: i64, lang: Lang) -> Result<HintsBody> {
        let row = self.account_row(id).await?;
        self.end_hints(&row).await?;
        self.hints(id, lang).await
    }

    async fn end_hints(&self, row: &ConfigRow) -> Result<()> {
        let Some(hint) = self.store().hint(&row.provider).await? else { return Ok(()) };
        self.unsubscribe(row, &hint).await;
        self.forget_hint(&hint.provider).await
    }

    async fn unsubscribe(&self, row: &ConfigRow, hint: &HintRow) {
        if let Some(held) = self.held(row, hint).await {
            held.end().await;
        }
    }

    /// The subscription of a connection, to be ended when the connection is gone.
    ///
    /// # Errors
    /// The database does not answer.
    pub(crate) async fn held_subscription(&self, row: &ConfigRow) -> Result<Option<Held>> {
        let Some(hint) = self.store().hint(&row.provider).await? else { return Ok(None) };
        Ok(self.held(row, &hint).await)
    }

    async fn held(&self, row: &ConfigRow, hint: &HintRow) -> Option<Held> {
        let id = hint.subscription.clone()?;
        let connection = self.connect(row).await.ok()?.connection;
        Some(Held { provider: row.provider.clone(), connection, id })
    }

    async fn store_hint(&self, hint: &HintRow, secret: Option<SecretString>) -> Result<()> {
        let mut batch = self.store().begin().await?;
        batch.put_hint(hint).await?;
        self.commit_with_secret(batch, hint, secret).await
    }

    /// Keeps how it stands, and what its messages are signed with.
    pub(super) async fn keep_hint(&self, hint: &HintRow, secret: Option<SecretString>) -> Result<()> {
        let mut batch = self.store().begin().await?;
        batch.put_subscription(hint).await?;
        self.commit_with_secret(batch, hint, secret).await
    }

    async fn commit_with_secret(
        &self,
        mut batch: Batch,
        hint: &HintRow,
        secret: Option<SecretString>,
    ) -> Result<()> {
        if let Some(secret) = secret {
            batch.put_hint_secret(self.store(), &hint.provider, &secret).await?;
        }
        Ok(batch.commit().await?)
    }

    async fn forget_hint(&self, provider: &str) -> Result<()> {
        let mut batch = self.store().begin().await?;
        batch.delete_hint(provider).await?;
        Ok(batch.commit().await?)
    }
}

/// A subscription that the service holds for a connection.
pub(crate) struct Held {
    provider: String,
    connection: Arc<dyn Connection>,
    id: String,
}

impl Held {
    /// Tells the service that nobody listens any more, if it answers soon. If not, it will find out.
    pub(crate) async fn end(self) {
        let Some(subscriber) = self.connection.subscriber() else { return };
        match timeout(PATIENCE, subscriber.unsubscribe(&self.id)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => {
                tracing::warn!(%error, connection = self.provider, "a subscription could not be ended");
            }
            Err(_) => tracing::warn!(connection = self.provider, "a subscription could not be ended in time"),
        }
    }
}

fn cannot_tell(row: &ConfigRow) -> Error {
    let title = row.title.as_deref().unwrap_or(&row.provider);
    Error::invalid(Text::new(
        format!("Le service de « {title} » ne sait pas prévenir d'un changement. Planifiez la connexion."),
        format!("The service of “{title}” cannot tell of changes. Schedule the connection instead."),
    ))
}

fn nowhere() -> Error {
    Error::new(
        Kind::NotConfigured,
        Text::fixed(
            "Le service doit pouvoir joindre Passerelle, et personne n'a dit à quelle adresse.",
            "The service must be able to reach Passerelle, and nobody said at which address.",
        ),
    )
    .hint(Some(Text::fixed(
        "Démarrez Passerelle avec PASSERELLE_PUBLIC_URL, par exemple https://crm.example.com.",
        "Start Passerelle with PASSERELLE_PUBLIC_URL, for example https://crm.example.com.",
    )))
}
