//! The settings, read once into what the requests need.

use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::address::{self, Tenant};
use super::spec::spec;
use super::texts;
use crate::common::form::Form;
use crate::connector::Settings;
use crate::error::Result;

/// The version of the workers that is asked for where nobody says.
const VERSION: &str = "v1";

/// Who reads.
#[derive(Debug)]
pub(super) enum Access {
    /// A client that gets tokens.
    Client { id: String, secret: SecretString, refresh_token: SecretString },
    /// A user, who is good for reports only.
    User { name: String, password: SecretString },
}

/// What is read.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Wanted {
    /// A report, at its address with everything it asks for.
    Report(Url),
    /// The workers, in that version.
    Workers(String),
}

/// What the form gave, read once.
#[derive(Debug)]
pub(super) struct WorkdaySettings {
    pub(super) tenant: Tenant,
    pub(super) access: Access,
    pub(super) wanted: Wanted,
}

impl WorkdaySettings {
    /// # Errors
    /// `InvalidSettings` for the first field that is empty or holds something wrong.
    pub(super) fn parse(settings: &Settings) -> Result<WorkdaySettings> {
        let settings = chosen(settings);
        let form = Form::read(spec(), &settings)?;
        let tenant = address::tenant(form.text("tenant_url")).ok_or_else(|| {
            form.unusable("tenant_url", "ne nomme pas de tenant après /ccx/", "names no tenant after /ccx/")
        })?;
        let access = credentials(&form)?;
        let wanted = match form.text("report_url") {
            "" => Wanted::Workers(version(&form, &tenant)?),
            report => Wanted::Report(address::report(report, &tenant)?),
        };
        if let (Access::User { .. }, Wanted::Workers(_)) = (&access, &wanted) {
            return Err(texts::user_without_report());
        }
        Ok(WorkdaySettings { tenant, access, wanted })
    }
}

/// The settings with the way in that they give values for, where nobody chose one.
fn chosen(settings: &Settings) -> Settings {
    let mut settings = settings.clone();
    let is_chosen = settings.values.get("auth_type").is_some_and(|chosen| !chosen.trim().is_empty());
    let has = |key: &str| settings.secrets.get(key).is_some_and(|secret| !secret.expose_secret().is_empty());
    if !is_chosen && has("password") && !has("refresh_token") {
        settings.values.insert("auth_type".to_owned(), "basic".to_owned());
    }
    settings
}

fn credentials(form: &Form<'_>) -> Result<Access> {
    let text = |key: &str| match form.text(key) {
        "" => Err(form.unusable(key, "est vide", "is empty")),
        text => Ok(text.to_owned()),
    };
    let secret = |key: &str| {
        let secret = form.secret(key);
        if secret.expose_secret().is_empty() {
            Err(form.unusable(key, "est vide", "is empty"))
        } else {
            Ok(secret)
        }
    };
    Ok(if form.text("auth_type") == "basic" {
        Access::User { name: text("username")?, password: secret("password")? }
    } else {
        let id = text("client_id")?;
        secret("client_secret")?;
        secret("refresh_token")?;
        Access::Client { id, secret: form.key("client_secret"), refresh_token: form.key("refresh_token") }
    })
}

/// The version somebody wrote, that of the tenant's address, or the usual one.
fn version(form: &Form<'_>, tenant: &Tenant) -> Result<String> {
    let typed = form.text("api_version").trim_matches('/').to_ascii_lowercase();
    if typed.is_empty() {
        return Ok(tenant.version.clone().unwrap_or_else(|| VERSION.to_owned()));
    }
    let typed = if typed.bytes().all(|b| b.is_ascii_digit()) { format!("v{typed}") } else { typed };
    let (service, version) = typed.rsplit_once('/').unwrap_or(("", &typed));
    if address::is_version(version) && service.bytes().all(|b| b.is_ascii_alphanumeric()) {
        // Services are spelled with capitals within.
        let service = form.text("api_version").trim_matches('/').get(..service.len()).unwrap_or_default();
        return Ok([service, version]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("/"));
    }
    Err(form.unusable("api_version", "n'est pas une version, comme v1", "is no version, such as v1"))
}
