//! Whose requests they are.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use model::Text;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::form::Form;
use super::texts;
use crate::error::{Error, ErrorKind, Result};
use crate::http::Credential;

/// How the first token is had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grant {
    /// The application speaks for itself (RFC 6749, 4.4).
    ClientCredentials,
    /// A refresh token was given by other means (RFC 6749, 6).
    RefreshToken,
    /// Somebody agrees in the browser (RFC 6749, 4.1, with PKCE).
    AuthorizationCode,
}

/// What an authorization server is asked with.
#[derive(Clone, Debug)]
pub struct OAuth2Settings {
    /// How the first token is had.
    pub grant: Grant,
    /// Where tokens are asked for.
    pub token_url: Url,
    /// Where somebody agrees; with [`Grant::AuthorizationCode`] only.
    pub authorize_url: Option<Url>,
    /// The application.
    pub client_id: String,
    /// Its secret; none for a public application.
    pub client_secret: Option<SecretString>,
    /// With [`Grant::RefreshToken`] only.
    pub refresh_token: Option<SecretString>,
    /// The rights asked for, in the service's words; empty for what it gives by itself.
    pub scope: String,
}

/// What goes with the requests.
pub(super) fn credential(form: &Form) -> Result<Credential> {
    Ok(match form.text("auth_type") {
        "api_key" => api_key(form),
        "basic" => Credential::Basic {
            username: form.text("username").to_owned(),
            password: form.secret("password"),
        },
        "bearer" => Credential::Bearer(trimmed(&form.secret("token"))),
        "oauth2" => granted(oauth2(form)?)?,
        _ => Credential::None,
    })
}

/// A service may show what it was sent in the form it was sent in: what must be masked besides the
/// credential itself.
pub(super) fn other_forms(credential: &Credential) -> Vec<SecretString> {
    match credential {
        Credential::Basic { username, password } => {
            let pair = format!("{username}:{}", password.expose_secret());
            vec![SecretString::from(STANDARD.encode(pair))]
        }
        // The key stands after its prefix.
        Credential::Header { value, .. } => {
            let key = value.expose_secret().rsplit(' ').next().unwrap_or_default();
            vec![SecretString::from(key)]
        }
        Credential::Query { value, .. } => {
            let encoded = url::form_urlencoded::byte_serialize(value.expose_secret().as_bytes());
            vec![SecretString::from(encoded.collect::<String>())]
        }
        Credential::None | Credential::Bearer(_) | Credential::Granted(_) => Vec::new(),
    }
}

/// How a credential looks from outside.
pub(super) enum Shown {
    /// Nothing goes with the requests.
    Nothing,
    /// A header, and what stands in it before the secret.
    Header(String, &'static str),
    /// A parameter of the address.
    Param(String),
}

impl Shown {
    pub(super) fn of(credential: &Credential) -> Shown {
        let authorization = |kind| Shown::Header("Authorization".to_owned(), kind);
        match credential {
            Credential::None => Shown::Nothing,
            Credential::Bearer(_) | Credential::Granted(_) => authorization("Bearer "),
            Credential::Basic { .. } => authorization("Basic "),
            Credential::Header { name, .. } => Shown::Header(name.clone(), ""),
            Credential::Query { name, .. } => Shown::Param(name.clone()),
        }
    }
}

fn api_key(form: &Form) -> Credential {
    let prefix = form.text("key_prefix");
    let key = trimmed(&form.secret("api_key"));
    let value = match prefix {
        "" => key,
        prefix => SecretString::from(format!("{prefix} {}", key.expose_secret())),
    };
    if form.text("key_in") == "query" {
        Credential::Query { name: form.text_or("key_name", "api_key").to_owned(), value }
    } else {
        Credential::Header { name: form.text_or("key_name", "X-API-Key").to_owned(), value }
    }
}

/// A token that is renewed.
fn granted(_settings: OAuth2Settings) -> Result<Credential> {
    Err(Error::new(
        ErrorKind::InvalidSettings,
        Text::fixed(
            "API REST : OAuth2 n'est pas encore disponible pour ce connecteur.",
            "API REST: OAuth2 is not available for this connector yet.",
        ),
    )
    .hint(Text::fixed(
        "Choisissez un jeton (Bearer) ou une clé d'API.",
        "Choose a token (Bearer) or an API key.",
    )))
}

fn oauth2(form: &Form) -> Result<OAuth2Settings> {
    let address = |key| texts::address(form, key);
    let secret = |key| Some(trimmed(&form.secret(key))).filter(|secret| !secret.expose_secret().is_empty());
    let grant = match form.text("oauth_grant") {
        "refresh_token" => Grant::RefreshToken,
        "authorization_code" => Grant::AuthorizationCode,
        _ => Grant::ClientCredentials,
    };
    let client_secret = secret("client_secret");
    if grant == Grant::ClientCredentials && client_secret.is_none() {
        return Err(texts::unusable_key(form, "client_secret", "est vide", "is empty"));
    }
    Ok(OAuth2Settings {
        grant,
        token_url: address("token_url")?,
        authorize_url: (grant == Grant::AuthorizationCode).then(|| address("authorize_url")).transpose()?,
        client_id: form.text("client_id").to_owned(),
        client_secret,
        refresh_token: secret("refresh_token"),
        scope: form.text("scope").to_owned(),
    })
}

fn trimmed(secret: &SecretString) -> SecretString {
    SecretString::from(secret.expose_secret().trim())
}
