//! Tokens of Google's, whose faults name Google and not the host that gives them.

use std::sync::Arc;

use async_trait::async_trait;
use model::Text;
use secrecy::SecretString;

use crate::error::{Error, Result};
use crate::http::TokenSource;

/// A session at Google.
pub(super) struct GoogleTokens {
    pub(super) session: Arc<dyn TokenSource>,
    /// The host that a session's faults begin with.
    pub(super) host: String,
}

impl GoogleTokens {
    fn named(&self, error: Error) -> Error {
        let name = |text: &str, colon: &str| match text.strip_prefix(&format!("{}{colon}", self.host)) {
            Some(rest) => format!("Google{colon}{rest}"),
            None => text.to_owned(),
        };
        let message = Text::new(name(&error.message.fr, " : "), name(&error.message.en, ": "));
        Error { message, ..error }
    }
}

#[async_trait]
impl TokenSource for GoogleTokens {
    async fn token(&self) -> Result<SecretString> {
        self.session.token().await.map_err(|error| self.named(error))
    }

    async fn renewed(&self, refused: &SecretString) -> Result<SecretString> {
        self.session.renewed(refused).await.map_err(|error| self.named(error))
    }

    fn secrets(&self) -> Vec<SecretString> {
        self.session.secrets()
    }
}
