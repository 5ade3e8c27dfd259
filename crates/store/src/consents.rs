//! The table `oauth_states`: people on their way through an authorization server's page.
//!
//! The word that leads back is kept as its hash: whoever reads the table cannot come back in somebody's place.

use secrecy::SecretString;
use sqlx::Row;

use crate::{Result, Store};

/// A way that was begun.
#[derive(Clone, Debug)]
pub struct ConsentRow {
    /// The connection's unique name.
    pub provider: String,
    /// Proves at the exchange who asked.
    pub verifier: SecretString,
    /// Where the page leads back to.
    pub redirect_uri: String,
    /// The hash of the browser's session.
    pub session_hash: String,
    /// When it was begun.
    pub created_at: String,
}

impl Store {
    /// Keeps a way that was begun, and forgets those that were begun before `oldest`.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn put_consent(&self, state_hash: &str, consent: &ConsentRow, oldest: &str) -> Result<()> {
        let mut batch = self.begin().await?;
        let sealed = batch.seal(self, &place(&consent.provider), &consent.verifier).await?;
        sqlx::query("delete from oauth_states where created_at < $1")
            .bind(oldest)
            .execute(&mut *batch.tx)
            .await?;
        sqlx::query(
            "insert into oauth_states (state_hash, provider, verifier, redirect_uri, session_hash, created_at) \
             values ($1, $2, $3, $4, $5, $6)",
        )
        .bind(state_hash)
        .bind(&consent.provider)
        .bind(sealed)
        .bind(&consent.redirect_uri)
        .bind(&consent.session_hash)
        .bind(&consent.created_at)
        .execute(&mut *batch.tx)
        .await?;
        batch.commit().await
    }

    /// Takes a way out by the hash of its word: it is found once.
    ///
    /// # Errors
    /// The database could not write; [`crate::Error::Sealed`] when the keys at hand do not open it.
    pub async fn take_consent(&self, state_hash: &str) -> Result<Option<ConsentRow>> {
        let mut batch = self.begin().await?;
        let row = sqlx::query(
            "delete from oauth_states where state_hash = $1 \
             returning provider, verifier, redirect_uri, session_hash, created_at",
        )
        .bind(state_hash)
        .fetch_optional(&mut *batch.tx)
        .await?;
        batch.commit().await?;
        let Some(row) = row else { return Ok(None) };
        let provider: String = row.try_get("provider")?;
        Ok(Some(ConsentRow {
            verifier: self.keys.open(&place(&provider), row.try_get("verifier")?)?,
            redirect_uri: row.try_get("redirect_uri")?,
            session_hash: row.try_get("session_hash")?,
            created_at: row.try_get("created_at")?,
            provider,
        }))
    }
}

/// What the verifier of a way that was begun is sealed for.
pub(crate) fn place(provider: &str) -> String {
    format!("{provider}/consent")
}
