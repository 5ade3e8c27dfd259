//! The settings that the form fills, read once.

use std::collections::BTreeMap;

use model::Text;
use model::spec::FormField;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::spec::spec;
use super::texts;
use crate::connector::{Context, Settings};
use crate::error::Result;
use crate::http::oauth2::{self, Client, ClientAuth, Grant};
use crate::http::{Credential, Given};

pub(super) const COMPANY_DOMAIN: &str = "company_domain";
pub(super) const AUTH_TYPE: &str = "auth_type";
pub(super) const API_TOKEN: &str = "api_token";
pub(super) const OAUTH2: &str = "oauth2";
pub(super) const OAUTH_GRANT: &str = "oauth_grant";
pub(super) const CLIENT_ID: &str = "client_id";
pub(super) const CLIENT_SECRET: &str = "client_secret";
pub(super) const REFRESH_TOKEN: &str = "refresh_token";
pub(super) const OBJECT_TYPE: &str = "object_type";

/// The domain every company's address ends with.
const PIPEDRIVE: &str = ".pipedrive.com";
/// Where tokens are given, and where people agree, when the operator does not say otherwise.
const AUTHORIZATION: &str = "https://oauth.pipedrive.com";

/// What the form gave.
pub(super) struct PipedriveSettings {
    /// The company's word in its address.
    pub(super) company: String,
    /// Where its API is.
    pub(super) root: Url,
    pub(super) access: Access,
}

/// Whose requests they are.
pub(super) enum Access {
    /// A user, by the token.
    Token(SecretString),
    /// An application.
    Application(Box<Application>),
}

/// An application that users or the company installed.
pub(super) struct Application {
    pub(super) client: Client,
    grant: Grant,
}

impl PipedriveSettings {
    /// # Errors
    /// `InvalidSettings` for the first field that is missing or holds something wrong.
    pub(super) fn parse(context: &Context, settings: &Settings) -> Result<PipedriveSettings> {
        let spec = spec();
        let clean =
            |field: &FormField| Some((field.key.clone(), field.clean(settings.values.get(&field.key)?)));
        let values: BTreeMap<String, String> = spec.fields().filter_map(clean).collect();
        let mut all = values.clone();
        for (key, secret) in &settings.secrets {
            all.insert(key.clone(), secret.expose_secret().trim().to_owned());
        }
        if let Some(field) = spec.missing(&all).first() {
            return Err(texts::unusable(field, "est vide", "is empty"));
        }
        if let Some(fault) = spec.validate(&all).into_iter().next() {
            let field = spec.fields().find(|field| field.key == fault.key);
            return Err(texts::wrong_field(field, &fault.text));
        }
        let typed = values.get(COMPANY_DOMAIN).map(String::as_str).unwrap_or_default();
        let company = company(typed).ok_or_else(|| {
            let field = spec.fields().find(|field| field.key == COMPANY_DOMAIN);
            texts::wrong_field(
                field,
                &Text::fixed(
                    "ce n'est pas l'adresse d'un Pipedrive.",
                    "it is not the address of a Pipedrive.",
                ),
            )
        })?;
        let secret = |key: &str| SecretString::from(all.get(key).map(String::as_str).unwrap_or_default());
        let access = if values.get(AUTH_TYPE).is_some_and(|kind| kind == OAUTH2) {
            let grant = match all.get(OAUTH_GRANT).map(String::as_str) {
                Some(REFRESH_TOKEN) => Grant::RefreshToken(secret(REFRESH_TOKEN)),
                _ => Grant::AuthorizationCode,
            };
            let client = Client {
                token_url: place(context, AUTHORIZATION, "/oauth/token")?,
                authorize_url: Some(place(context, AUTHORIZATION, "/oauth/authorize")?)
                    .filter(|_| matches!(grant, Grant::AuthorizationCode)),
                given: Given::ByOperator,
                client_id: values.get(CLIENT_ID).cloned().unwrap_or_default(),
                client_secret: Some(secret(CLIENT_SECRET)),
                // The application's own scopes are given, whatever is asked for.
                scope: String::new(),
                auth: ClientAuth::Basic,
                authorize_extra: Vec::new(),
            };
            Access::Application(Box::new(Application { client, grant }))
        } else {
            Access::Token(secret(API_TOKEN))
        };
        let root = place(context, &format!("https://{company}{PIPEDRIVE}"), "/")?;
        Ok(PipedriveSettings { company, root, access })
    }

    /// What goes with the requests.
    pub(super) fn credential(&self, context: &Context) -> Credential {
        match &self.access {
            Access::Token(token) => {
                Credential::Header { name: "x-api-token".to_owned(), value: token.clone() }
            }
            Access::Application(own) => {
                Credential::Granted(oauth2::session(context, own.client.clone(), own.grant.clone()))
            }
        }
    }
}

/// Who the application of a form is; `None` for a token.
pub(super) fn client(context: &Context, settings: &Settings) -> Option<Result<Client>> {
    if settings.values.get(AUTH_TYPE).is_none_or(|kind| kind.trim() != OAUTH2) {
        return None;
    }
    match PipedriveSettings::parse(context, settings) {
        Ok(PipedriveSettings { access: Access::Application(own), .. }) => Some(Ok(own.client)),
        Ok(_) => None,
        Err(error) => Some(Err(error)),
    }
}

/// An address of the service, or the same place where the operator says the service is.
fn place(context: &Context, real: &str, path: &str) -> Result<Url> {
    let address = context.base_url.as_deref().unwrap_or(real);
    let url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    let url = url.and_then(|url| url.join(path).ok());
    url.ok_or_else(texts::no_web_address)
}

/// The company's word, out of whatever was typed. It becomes part of an address: nothing else may.
pub(super) fn company(typed: &str) -> Option<String> {
    let typed = typed.trim().to_lowercase();
    let rest = typed.strip_prefix("https://").or_else(|| typed.strip_prefix("http://")).unwrap_or(&typed);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_pasted = host.len() < rest.len() || rest.len() < typed.len() || host.contains('.');
    let word = if is_pasted { host.strip_suffix(PIPEDRIVE)? } else { host };
    let is_word = !word.is_empty()
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !word.starts_with('-')
        && !matches!(word, "api" | "app" | "oauth" | "www");
    is_word.then(|| word.to_owned())
}
