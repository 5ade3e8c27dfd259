//! A grant in use: gives its token, and another one in time.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use async_trait::async_trait;
use secrecy::{ExposeSecret, SecretString};

use super::answer::GONE;
use super::ask::{self, Offer};
use super::{Client, Grant, texts};
use crate::error::{Error, Result};
use crate::http::{Http, TokenKeeper, TokenSource, Tokens, Turn};

/// The tokens of one connection.
pub(super) struct Session(Arc<Inner>);

struct Inner {
    http: Http,
    client: Client,
    grant: Grant,
    keeper: Arc<dyn TokenKeeper>,
    /// What was kept when it was last looked at: asking the keeper for every request would cost more.
    known: Mutex<Option<Tokens>>,
    /// Held by the renewal that is going on in this session; others take what it brings.
    renewing: tokio::sync::Mutex<()>,
}

impl Session {
    pub(super) fn new(http: Http, client: Client, grant: Grant, keeper: Arc<dyn TokenKeeper>) -> Session {
        let (known, renewing) = (Mutex::default(), tokio::sync::Mutex::default());
        Session(Arc::new(Inner { http, client, grant, keeper, known, renewing }))
    }

    /// Renews in a task of its own: a caller who goes away must not take the answer along, which may hold the
    /// only refresh token that is still good.
    async fn renew(&self, refused: Option<SecretString>) -> Result<SecretString> {
        let inner = Arc::clone(&self.0);
        let renewal = tokio::spawn(async move { inner.renew(refused.as_ref()).await });
        renewal.await.unwrap_or_else(|_| Err(texts::broken_off()))
    }
}

#[async_trait]
impl TokenSource for Session {
    async fn token(&self) -> Result<SecretString> {
        let at_hand = self.0.good(self.0.known().as_ref(), None);
        match at_hand {
            Some(access) => Ok(access),
            None => self.renew(None).await,
        }
    }

    async fn renewed(&self, refused: &SecretString) -> Result<SecretString> {
        self.renew(Some(refused.clone())).await
    }

    fn secrets(&self) -> Vec<SecretString> {
        let known = self.0.known().clone();
        let tokens = known.into_iter().flat_map(|tokens| [Some(tokens.access), tokens.refresh]).flatten();
        let typed = match &self.0.grant {
            Grant::RefreshToken(token) => Some(token.clone()),
            Grant::Assertion(assertion) => Some(assertion.key.clone()),
            Grant::ClientCredentials | Grant::AuthorizationCode => None,
        };
        tokens.chain(typed).chain(self.0.client.client_secret.clone()).collect()
    }
}

impl Inner {
    async fn renew(&self, refused: Option<&SecretString>) -> Result<SecretString> {
        let _alone = self.renewing.lock().await;
        if let Some(access) = self.good(self.known().as_ref(), refused) {
            return Ok(access);
        }
        if let Some(access) = self.look(refused).await?.1 {
            return Ok(access);
        }
        let turn = self.keeper.turn().await?;
        let renewed = self.renew_in_turn(turn, refused).await;
        self.keeper.end(turn).await;
        renewed
    }

    async fn renew_in_turn(&self, turn: Turn, refused: Option<&SecretString>) -> Result<SecretString> {
        // Another process may have renewed while this one waited.
        let (kept, good) = self.look(refused).await?;
        if let Some(access) = good {
            return Ok(access);
        }
        let kept_refresh = kept.as_ref().and_then(|tokens| tokens.refresh.as_ref());
        let offer = match (&self.grant, kept_refresh) {
            (Grant::ClientCredentials, _) => Offer::ClientCredentials,
            (Grant::Assertion(assertion), _) => Offer::Assertion(assertion.sign()?),
            (_, Some(refresh)) | (Grant::RefreshToken(refresh), None) => Offer::Refresh(refresh),
            (Grant::AuthorizationCode, None) if kept.is_none() => return Err(texts::not_connected()),
            (Grant::AuthorizationCode, None) => return Err(self.lose(turn, texts::ended()).await),
        };
        let mut tokens = match ask::tokens(&self.http, &self.client, &offer).await {
            Ok(tokens) => tokens,
            // Nothing was granted that could be lost: the key, or whom it stands for, is not accepted.
            Err(failure) if failure.code == GONE && matches!(offer, Offer::Assertion(_)) => {
                return Err(texts::word_refused(&failure.said));
            }
            Err(failure) if failure.code == GONE => return Err(self.lose(turn, *failure.error).await),
            Err(failure) => return Err(*failure.error),
        };
        if let Offer::Refresh(used) = offer {
            tokens.refresh.get_or_insert_with(|| used.clone());
        }
        self.keeper.save(turn, &tokens).await?;
        tracing::debug!(client = self.client.client_id, "the tokens were renewed");
        let access = tokens.access.clone();
        *self.known() = Some(tokens);
        Ok(access)
    }

    /// What is kept, and its token if that is good.
    async fn look(&self, refused: Option<&SecretString>) -> Result<(Option<Tokens>, Option<SecretString>)> {
        let kept = self.keeper.load().await?;
        self.known().clone_from(&kept);
        let good = self.good(kept.as_ref(), refused);
        Ok((kept, good))
    }

    /// The access token, unless it is about to end or was refused.
    fn good(&self, tokens: Option<&Tokens>, refused: Option<&SecretString>) -> Option<SecretString> {
        let tokens = tokens.filter(|tokens| !tokens.is_due(SystemTime::now().into()))?;
        let is_refused = refused.is_some_and(|word| word.expose_secret() == tokens.access.expose_secret());
        (!is_refused).then(|| tokens.access.clone())
    }

    async fn lose(&self, turn: Turn, error: Error) -> Error {
        tracing::warn!(client = self.client.client_id, "the grant is gone");
        match self.keeper.lost(turn, &error.message).await {
            Ok(()) => error,
            Err(other) => other,
        }
    }

    fn known(&self) -> MutexGuard<'_, Option<Tokens>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
