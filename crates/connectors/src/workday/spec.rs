//! The form as data, and the settings it fills.

use model::spec::{Capabilities, FieldGroup, FieldKind, FormField};
use model::{ConnectorSpec, Text};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::address::{self, Tenant};
use super::refusal::SERVICE;
use super::texts;
use crate::common::fields::{choice, field, needed, when};
use crate::common::form::Form;
use crate::connector::Settings;
use crate::error::Result;

/// The version of the workers that is asked for where nobody says.
const VERSION: &str = "v1";

/// What Workday is and what it asks for.
pub(super) fn spec() -> ConnectorSpec {
    ConnectorSpec {
        id: "workday".to_owned(),
        name: SERVICE.to_owned(),
        summary: Text::fixed(
            "Lisez un rapport de Workday (RaaS), ou la liste de ses collaborateurs.",
            "Read a report of Workday (RaaS), or the list of its workers.",
        ),
        groups: vec![
            FieldGroup { title: Text::fixed("Tenant", "Tenant"), fields: vec![tenant()] },
            FieldGroup { title: Text::fixed("Accès", "Access"), fields: access() },
            FieldGroup { title: Text::fixed("Données", "Data"), fields: data() },
        ],
        capabilities: Capabilities { in_flight: 2, sees_deletions: true, ..Capabilities::default() },
    }
}

fn tenant() -> FormField {
    needed(field(
        "tenant_url",
        Text::fixed("Adresse du tenant", "Tenant address"),
        Text::fixed(
            "Une adresse de votre Workday qui contient /ccx/ et le nom du tenant, telle que « View API Clients » ou la page \
             d'un rapport la montre. Collez-la entière.",
            "An address of your Workday that holds /ccx/ and the tenant's name, as “View API Clients” or the page of a \
             report shows it. Paste all of it.",
        ),
        "https://wd2-impl-services1.workday.com/ccx/api/v1/acme_preview",
        FieldKind::Url,
    ))
}

/// What is needed depends on the way in; programs may leave the choice out, so none of it is required here.
fn access() -> Vec<FormField> {
    let client = |field| when("auth_type", &["oauth2"], field);
    let user = |field| when("auth_type", &["basic"], field);
    vec![
        field(
            "auth_type",
            Text::fixed("Authentification", "Authentication"),
            Text::fixed(
                "Un client d'API pour tout, ou un utilisateur d'intégration, qui ne lit que des rapports.",
                "An API client for everything, or an integration user, who reads reports only.",
            ),
            "oauth2",
            choice(&[
                ("oauth2", "Client d'API (OAuth2)", "API client (OAuth2)"),
                ("basic", "Utilisateur d'intégration", "Integration user"),
            ]),
        ),
        client(field(
            "client_id",
            Text::fixed("Identifiant du client", "Client id"),
            Text::fixed(
                "Affiché quand le client d'API est enregistré (« Register API Client for Integrations »).",
                "Shown when the API client is registered (“Register API Client for Integrations”).",
            ),
            "ZmZiYzQ2M2EtY2xpZW50",
            FieldKind::Text,
        )),
        client(field(
            "client_secret",
            Text::fixed("Secret du client", "Client secret"),
            Text::fixed(
                "Affiché une seule fois, avec l'identifiant du client.",
                "Shown only once, with the client id.",
            ),
            "0123456789abcdef0123456789",
            FieldKind::Secret,
        )),
        client(field(
            "refresh_token",
            Text::fixed("Jeton de renouvellement", "Refresh token"),
            Text::fixed(
                "« Manage Refresh Tokens for Integrations », pour le compte dont les droits valent ; sans date de fin.",
                "“Manage Refresh Tokens for Integrations”, for the account whose rights count; one that does not expire.",
            ),
            "0123456789abcdefghijklmnop",
            FieldKind::Secret,
        )),
        user(field(
            "username",
            Text::fixed("Utilisateur", "User name"),
            Text::fixed(
                "Le nom de l'utilisateur d'intégration (ISU), avec ou sans @ et le tenant.",
                "The integration system user's name (ISU), with or without @ and the tenant.",
            ),
            "ISU_Passerelle",
            FieldKind::Text,
        )),
        user(field(
            "password",
            Text::fixed("Mot de passe", "Password"),
            Text::fixed("Celui de l'utilisateur d'intégration.", "That of the integration system user."),
            "correct horse battery",
            FieldKind::Password,
        )),
    ]
}

fn data() -> Vec<FormField> {
    vec![
        field(
            "report_url",
            Text::fixed("Adresse du rapport", "Report address"),
            Text::fixed(
                "Dans Workday : le rapport, « Actions », « Web Service », « View URLs », l'adresse JSON, avec ses questions \
                 (prompts) remplies. Sans réponse : la liste des collaborateurs.",
                "In Workday: the report, “Actions”, “Web Service”, “View URLs”, the JSON address, with its prompts filled \
                 in. Left empty: the list of workers.",
            ),
            "https://wd2-impl-services1.workday.com/ccx/service/customreport2/acme_preview/lmcneil/Workers?format=json",
            FieldKind::Url,
        ),
        field(
            "api_version",
            Text::fixed("Version de l'API", "API version"),
            Text::fixed(
                "Pour la liste des collaborateurs : v1 à v4, ou un service et sa version, comme staffing/v6. Sans réponse : \
                 celle de l'adresse du tenant, sinon v1.",
                "For the list of workers: v1 to v4, or a service and its version, such as staffing/v6. Left empty: that of \
                 the tenant's address, else v1.",
            ),
            "v1",
            FieldKind::Text,
        ),
    ]
}

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
