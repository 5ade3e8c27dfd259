//! Whose requests they are.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret, SecretString};

use super::texts;
use crate::common::form::Form;
use crate::connector::Context;
use crate::error::Result;
use crate::http::oauth2::{self, Client, ClientAuth, Grant};
use crate::http::{Credential, Given};

/// What goes with the requests.
pub(super) fn credential(form: &Form, context: &Context) -> Result<Credential> {
    Ok(match form.text("auth_type") {
        "api_key" => api_key(form),
        "basic" => Credential::Basic {
            username: form.text("username").to_owned(),
            password: form.secret("password"),
        },
        "bearer" => Credential::Bearer(form.key("token")),
        "oauth2" => {
            let (client, grant) = oauth2(form)?;
            Credential::Granted(oauth2::session(context, client, grant))
        }
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
        Credential::None
        | Credential::Bearer(_)
        | Credential::BasicKey(_)
        | Credential::Granted(_)
        | Credential::InBody(_) => Vec::new(),
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
            Credential::None | Credential::InBody(_) => Shown::Nothing,
            Credential::Bearer(_) | Credential::Granted(_) => authorization("Bearer "),
            Credential::Basic { .. } | Credential::BasicKey(_) => authorization("Basic "),
            Credential::Header { name, .. } => Shown::Header(name.clone(), ""),
            Credential::Query { name, .. } => Shown::Param(name.clone()),
        }
    }
}

fn api_key(form: &Form) -> Credential {
    let prefix = form.text("key_prefix");
    let key = form.key("api_key");
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

/// Who asks the authorization server, and with what.
fn oauth2(form: &Form) -> Result<(Client, Grant)> {
    let secret = |key| Some(form.key(key)).filter(|secret| !secret.expose_secret().is_empty());
    let refresh_token = form.hidden_secret("refresh_token").map(|secret| trimmed(&secret));
    let grant = match (form.text("oauth_grant"), refresh_token) {
        ("authorization_code", _) => Grant::AuthorizationCode,
        // Who gives a refresh token and does not say how the first token is had wants it used.
        ("" | "refresh_token", Some(token)) => Grant::RefreshToken(token),
        _ => Grant::ClientCredentials,
    };
    let client_secret = secret("client_secret");
    if matches!(grant, Grant::ClientCredentials) && client_secret.is_none() {
        return Err(form.unusable("client_secret", "est vide", "is empty"));
    }
    let asks_a_person = matches!(grant, Grant::AuthorizationCode);
    let client = Client {
        token_url: texts::address(form, "token_url")?,
        authorize_url: asks_a_person.then(|| texts::address(form, "authorize_url")).transpose()?,
        given: Given::ByUser,
        client_id: form.text("client_id").to_owned(),
        client_secret,
        scope: form.text("scope").to_owned(),
        auth: match form.text("client_auth") {
            "basic" => ClientAuth::Basic,
            _ => ClientAuth::Body,
        },
        authorize_extra: Vec::new(),
    };
    Ok((client, grant))
}

fn trimmed(secret: &SecretString) -> SecretString {
    SecretString::from(secret.expose_secret().trim())
}
