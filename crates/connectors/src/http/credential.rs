//! How a request proves whose it is.

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use model::Text;
use reqwest::RequestBuilder;
use reqwest::header::{AUTHORIZATION, HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};

use crate::error::{Error, ErrorKind, Result};

/// The password that goes with a key, as services write it in their examples.
const ANY: &str = "x";

/// What goes with a request so that the service knows whose it is. None of it is ever shown.
#[derive(Clone)]
pub enum Credential {
    /// Anybody may ask.
    None,
    /// `Authorization: Bearer …`.
    Bearer(SecretString),
    /// `Authorization: Basic …` (RFC 7617).
    Basic {
        /// Who.
        username: String,
        /// May be empty, as some services want it.
        password: SecretString,
    },
    /// `Authorization: Basic …` with a key in the place of the user's name; any password goes with it.
    BasicKey(SecretString),
    /// A header of the service's own.
    Header {
        /// Its name.
        name: String,
        /// All of its value, a prefix included.
        value: SecretString,
    },
    /// A parameter of the address.
    Query {
        /// Its name.
        name: String,
        /// Its value.
        value: SecretString,
    },
    /// Written into the request's body by whoever makes it; nothing is put on the request.
    InBody(Vec<SecretString>),
    /// A bearer token that expires and is renewed.
    Granted(Arc<dyn TokenSource>),
}

/// Gives tokens that expire, and another one when a service refuses the last. Clones of a connection share
/// one, so that a token is renewed once.
#[async_trait]
pub trait TokenSource: Send + Sync {
    /// A token that should be good for the next minute.
    ///
    /// # Errors
    /// `Unauthorized` when no token can be had any more and a person has to connect again.
    async fn token(&self) -> Result<SecretString>;

    /// Another token than the one the service refused.
    ///
    /// # Errors
    /// As [`TokenSource::token`].
    async fn renewed(&self, refused: &SecretString) -> Result<SecretString>;

    /// What must not be shown besides the tokens: the client's secret, the refresh token.
    fn secrets(&self) -> Vec<SecretString>;
}

impl Credential {
    /// What is put on a request now: the same, with a token in place of its source.
    pub(super) async fn present(&self) -> Result<Credential> {
        match self {
            Credential::Granted(source) => Ok(Credential::Bearer(source.token().await?)),
            present => Ok(present.clone()),
        }
    }

    /// Another credential than the one that was refused; `None` where there is no other.
    pub(super) async fn after(&self, refused: &Credential) -> Option<Result<Credential>> {
        match (self, refused) {
            (Credential::Granted(source), Credential::Bearer(token)) => {
                Some(source.renewed(token).await.map(Credential::Bearer))
            }
            _ => None,
        }
    }

    /// What must not be shown.
    pub(super) fn secrets(&self) -> Vec<SecretString> {
        match self {
            Credential::None => Vec::new(),
            Credential::Bearer(secret)
            | Credential::Basic { password: secret, .. }
            | Credential::Header { value: secret, .. }
            | Credential::Query { value: secret, .. } => vec![secret.clone()],
            Credential::BasicKey(key) => {
                let pair = STANDARD.encode(format!("{}:{ANY}", key.expose_secret()));
                vec![key.clone(), pair.into()]
            }
            Credential::InBody(secrets) => secrets.clone(),
            Credential::Granted(source) => source.secrets(),
        }
    }

    /// Whether a header can carry it.
    ///
    /// # Errors
    /// `InvalidSettings` when it holds characters that no header can carry.
    pub(super) fn check(&self) -> Result<()> {
        match self {
            Credential::Bearer(token) => bearer(token).map(drop),
            Credential::Header { name, value } => header(name, value).map(drop),
            Credential::None
            | Credential::Basic { .. }
            | Credential::BasicKey(_)
            | Credential::Query { .. }
            | Credential::InBody(_)
            | Credential::Granted(_) => Ok(()),
        }
    }

    /// Puts it on a request. A source of tokens is made present first ([`Credential::present`]).
    pub(super) fn put_on(&self, request: RequestBuilder) -> Result<RequestBuilder> {
        Ok(match self {
            Credential::None | Credential::InBody(_) | Credential::Granted(_) => request,
            Credential::Bearer(token) => request.header(AUTHORIZATION, bearer(token)?),
            Credential::Basic { username, password } => {
                request.basic_auth(username, Some(password.expose_secret()))
            }
            Credential::BasicKey(key) => request.basic_auth(key.expose_secret(), Some(ANY)),
            Credential::Header { name, value } => {
                let (name, value) = header(name, value)?;
                request.header(name, value)
            }
            Credential::Query { name, value } => request.query(&[(name, value.expose_secret())]),
        })
    }
}

/// Only of what kind it is.
impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Credential::None => "None",
            Credential::Bearer(_) => "Bearer",
            Credential::Basic { .. } => "Basic",
            Credential::BasicKey(_) => "BasicKey",
            Credential::Header { .. } => "Header",
            Credential::Query { .. } => "Query",
            Credential::InBody(_) => "InBody",
            Credential::Granted(_) => "Granted",
        })
    }
}

fn bearer(token: &SecretString) -> Result<HeaderValue> {
    sensitive(&format!("Bearer {}", token.expose_secret()))
}

fn header(name: &str, value: &SecretString) -> Result<(HeaderName, HeaderValue)> {
    let name = HeaderName::try_from(name).map_err(|_| {
        Error::new(
            ErrorKind::InvalidSettings,
            Text::new(
                format!("« {name} » ne peut pas être le nom d'un en-tête."),
                format!("“{name}” cannot be the name of a header."),
            ),
        )
        .hint(Text::fixed(
            "Lettres, chiffres et tirets seulement, par exemple X-API-Key.",
            "Letters, digits and dashes only, for example X-API-Key.",
        ))
    })?;
    Ok((name, sensitive(value.expose_secret())?))
}

fn sensitive(text: &str) -> Result<HeaderValue> {
    let mut value = HeaderValue::try_from(text).map_err(|_| {
        Error::new(
            ErrorKind::InvalidSettings,
            Text::fixed(
                "Le token contient un caractère invisible.",
                "The token holds an invisible character.",
            ),
        )
        .hint(Text::fixed("Copiez-le de nouveau depuis le service.", "Copy it again from the service."))
    })?;
    value.set_sensitive(true);
    Ok(value)
}
