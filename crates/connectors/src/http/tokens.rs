//! Where the tokens of a grant are kept, and whose turn it is to renew them.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use secrecy::SecretString;

use crate::error::Result;

/// The tokens an authorization server gave.
#[derive(Clone)]
pub struct Tokens {
    /// Goes with requests.
    pub access: SecretString,
    /// Good for other access tokens; some servers give a new one each time, and then the old one is void.
    pub refresh: Option<SecretString>,
    /// When the access token ends, where the server says so.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Keeps the tokens of one connection, for every process that works on it.
#[async_trait]
pub trait TokenKeeper: Send + Sync {
    /// What is kept; `None` before the first.
    async fn load(&self) -> Result<Option<Tokens>>;

    /// Waits for the turn to renew, among all processes. The turn ends when what is returned is dropped or
    /// after a minute.
    async fn turn(&self) -> Result<Box<dyn Send>>;

    /// Keeps tokens, durably, before they are used.
    async fn save(&self, tokens: &Tokens) -> Result<()>;

    /// Notes that the grant is gone and a person has to connect again.
    async fn lost(&self, why: &model::Text) -> Result<()>;
}
