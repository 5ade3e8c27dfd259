//! What the form gave, read once, and whose requests they are.

use model::Text;
use model::spec::{FormField, is_on};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::spec::{self, AUTH_TYPE, BY_OAUTH, OBJECT_TYPE, SCOPES};
use super::streams::DEALS;
use crate::connector::{Context, Settings};
use crate::error::{Error, ErrorKind, Result};
use crate::http::oauth2::{self, Client, ClientAuth, Grant};
use crate::http::{Credential, Given};

/// Where the service is when the operator does not say otherwise.
const REAL_SERVICE: &str = "https://api.hubapi.com";
/// Where people agree; not the host of the API.
const REAL_PAGE: &str = "https://app.hubspot.com/oauth/authorize";

/// What the form gave.
pub(super) struct HubspotSettings {
    pub(super) root: Url,
    pub(super) credential: Credential,
    /// What one account's limits are told from another's by.
    pub(super) whose: SecretString,
    pub(super) object_type: String,
    /// Names of the properties to read; none stands for all that are not hidden.
    pub(super) properties: Vec<String>,
    /// The property that records are created or changed by, where the form names one.
    pub(super) key: Option<String>,
    pub(super) changes_only: bool,
}

impl HubspotSettings {
    pub(super) fn parse(context: &Context, settings: &Settings) -> Result<HubspotSettings> {
        let (credential, whose) = match client(context, settings) {
            Some(client) => {
                let client = client?;
                let whose =
                    secret(settings, "refresh_token").unwrap_or_else(|| client.client_id.clone().into());
                let grant =
                    secret(settings, "refresh_token").map_or(Grant::AuthorizationCode, Grant::RefreshToken);
                (Credential::Granted(oauth2::session(context, client, grant)), whose)
            }
            None => {
                let token = secret(settings, "access_token").ok_or_else(|| missing(&spec::access_token()))?;
                (Credential::Bearer(token.clone()), token)
            }
        };
        let object_type = text(settings, OBJECT_TYPE).unwrap_or(DEALS).to_owned();
        let properties = text(settings, "properties").unwrap_or_default();
        let names = properties.split([',', ';', ' ', '\t', '\r', '\n']).filter(|name| !name.is_empty());
        Ok(HubspotSettings {
            root: root(context)?,
            credential,
            whose,
            object_type,
            properties: names.map(str::to_owned).collect(),
            key: text(settings, "unique_property").map(str::to_owned),
            changes_only: text(settings, "changes_only").is_some_and(is_on),
        })
    }
}

/// Who an account is at HubSpot's authorization server; `None` where it is reached by a token. Who gives a client
/// and no token wants OAuth without saying so.
pub(super) fn client(context: &Context, settings: &Settings) -> Option<Result<Client>> {
    let by_oauth = match text(settings, AUTH_TYPE) {
        Some(word) => word == BY_OAUTH,
        None => secret(settings, "access_token").is_none() && text(settings, "client_id").is_some(),
    };
    by_oauth.then(|| {
        let root = root(context)?;
        let at = |path: &str| {
            let mut url = root.clone();
            url.set_path(path);
            url
        };
        let page = match &context.base_url {
            Some(_) => Some(at("/oauth/authorize")),
            None => Url::parse(REAL_PAGE).ok(),
        };
        Ok(Client {
            token_url: at("/oauth/v1/token"),
            // Nobody has to agree where the form holds a grant already.
            authorize_url: page.filter(|_| secret(settings, "refresh_token").is_none()),
            given: Given::ByOperator,
            client_id: text(settings, "client_id").ok_or_else(|| missing(&spec::client_id()))?.to_owned(),
            client_secret: Some(
                secret(settings, "client_secret").ok_or_else(|| missing(&spec::client_secret()))?,
            ),
            scope: text(settings, "scope").unwrap_or(SCOPES).to_owned(),
            auth: ClientAuth::Body,
            authorize_extra: Vec::new(),
        })
    })
}

fn root(context: &Context) -> Result<Url> {
    let address = context.base_url.as_deref().unwrap_or(REAL_SERVICE);
    let url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    url.ok_or_else(|| {
        Error::new(
            ErrorKind::InvalidSettings,
            Text::fixed(
                "L'adresse de l'API HubSpot n'est pas une adresse web.",
                "The address of the HubSpot API is not a web address.",
            ),
        )
        .hint(Text::new(
            format!("Elle ressemble à {REAL_SERVICE}."),
            format!("It looks like {REAL_SERVICE}."),
        ))
    })
}

fn text<'a>(settings: &'a Settings, key: &str) -> Option<&'a str> {
    settings.values.get(key).map(|value| value.trim()).filter(|value| !value.is_empty())
}

fn secret(settings: &Settings, key: &str) -> Option<SecretString> {
    let held = settings.secrets.get(key)?.expose_secret().trim();
    (!held.is_empty()).then(|| SecretString::from(held))
}

/// A field that the chosen way of authentication needs holds nothing.
fn missing(field: &FormField) -> Error {
    let (label, way) = (&field.label, spec::auth_type().label);
    Error::new(
        ErrorKind::InvalidSettings,
        Text::new(
            format!("HubSpot, {} : le champ « {} » est vide.", way.fr, label.fr),
            format!("HubSpot, {}: the field “{}” is empty.", way.en, label.en),
        ),
    )
    .hint(field.help.clone())
}
