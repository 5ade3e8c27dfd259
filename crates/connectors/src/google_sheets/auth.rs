//! Whose requests they are: a service account by its signed word, or a person by their consent.

use std::sync::Arc;

use secrecy::SecretString;
use url::Url;

use super::settings::{Access, ClientPair};
use super::texts;
use super::tokens::GoogleTokens;
use crate::connector::{Context, Settings};
use crate::error::Result;
use crate::http::oauth2::{self, Assertion, Client, ClientAuth, Grant};
use crate::http::{Credential, Given, TokenSource};

/// Where tokens are given, where people agree; one base stands for both where the operator sets one.
const TOKENS: &str = "https://oauth2.googleapis.com";
const CONSENT: &str = "https://accounts.google.com";
/// Reading and writing spreadsheets, and nothing else of a person's files.
const SCOPE: &str = "https://www.googleapis.com/auth/spreadsheets";

/// The client of a form whose access is a person's consent; `None` for a service account, and while the form
/// does not say yet.
pub(super) fn client(context: &Context, settings: &Settings) -> Result<Option<Client>> {
    match Access::parse(settings)? {
        Access::Consent(pair) | Access::RefreshToken { client: pair, .. } => person(context, pair).map(Some),
        Access::ServiceAccount(_) => Ok(None),
    }
}

/// What goes with the requests.
pub(super) fn credential(context: &Context, access: Access) -> Result<Credential> {
    let session: Arc<dyn TokenSource> = match access {
        Access::Consent(pair) => oauth2::session(context, person(context, pair)?, Grant::AuthorizationCode),
        Access::RefreshToken { client, token } => {
            oauth2::session(context, person(context, client)?, Grant::RefreshToken(token))
        }
        Access::ServiceAccount(file) => {
            let tokens = address(context, TOKENS, "/token")?;
            let assertion = Assertion {
                issuer: file.client_email.clone(),
                subject: None,
                // The file names an address too. It is not used: a signed word goes to Google only.
                audience: tokens.to_string(),
                key_id: file.private_key_id,
                scope: Some(SCOPE.to_owned()),
                key: SecretString::from(file.private_key),
            };
            assertion.check()?;
            let client = Client {
                token_url: tokens,
                authorize_url: None,
                given: Given::ByOperator,
                client_id: file.client_email,
                client_secret: None,
                scope: SCOPE.to_owned(),
                auth: ClientAuth::Body,
                authorize_extra: Vec::new(),
            };
            oauth2::session(context, client, Grant::Assertion(assertion))
        }
    };
    let host = address(context, TOKENS, "/token")?.host_str().unwrap_or_default().to_owned();
    Ok(Credential::Granted(Arc::new(GoogleTokens { session, host })))
}

fn person(context: &Context, pair: ClientPair) -> Result<Client> {
    let extra = |key: &str, value: &str| (key.to_owned(), value.to_owned());
    Ok(Client {
        token_url: address(context, TOKENS, "/token")?,
        authorize_url: Some(address(context, CONSENT, "/o/oauth2/v2/auth")?),
        given: Given::ByOperator,
        client_id: pair.id,
        client_secret: Some(pair.secret),
        scope: SCOPE.to_owned(),
        auth: ClientAuth::Body,
        // Without both, Google gives no refresh token the second time.
        authorize_extra: vec![extra("access_type", "offline"), extra("prompt", "consent")],
    })
}

/// A path at Google, or at the base that the operator set.
pub(super) fn address(context: &Context, real: &str, path: &str) -> Result<Url> {
    let base = context.base_url.as_deref().unwrap_or(real).trim_end_matches('/');
    let url = Url::parse(&format!("{base}{path}")).ok();
    url.filter(|url| matches!(url.scheme(), "http" | "https")).ok_or_else(texts::no_address)
}
