//! The form as data, and the settings it fills.

use model::spec::{Capabilities, FieldGroup, FieldKind, FormField, Grain};
use model::{ConnectorSpec, Text};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::common::fields::{field, needed};
use crate::connector::Settings;
use crate::error::{Error, ErrorKind, Result};

/// Requests under way at once; no limit is documented.
pub(super) const IN_FLIGHT: usize = 8;

/// What Odoo is and what it asks for.
pub(super) fn spec() -> ConnectorSpec {
    ConnectorSpec {
        id: "odoo".to_owned(),
        name: "Odoo".to_owned(),
        summary: Text::fixed(
            "Importez les opportunités, contacts, articles, ventes et stocks d'Odoo, et renvoyez-y vos deals.",
            "Import Odoo's opportunities, contacts, products, sales and stock, and send your deals back.",
        ),
        groups: groups(),
        capabilities: Capabilities {
            writes: true,
            write_batch: 1,
            in_flight: IN_FLIGHT,
            modified: Some(Grain::Second),
            sees_deletions: true,
            clears: true,
            longest_text: None,
            writes_links: true,
            upserts: false,
        },
    }
}

/// The same as a source of tables, which is read only.
pub(super) fn source() -> ConnectorSpec {
    ConnectorSpec {
        summary: Text::fixed(
            "Importez les clients, produits, ventes et stocks d'Odoo.",
            "Import Odoo's customers, products, sales and stock.",
        ),
        capabilities: Capabilities {
            in_flight: IN_FLIGHT,
            modified: Some(Grain::Second),
            sees_deletions: true,
            ..Capabilities::default()
        },
        ..spec()
    }
}

fn groups() -> Vec<FieldGroup> {
    vec![
        FieldGroup { title: Text::fixed("Serveur", "Server"), fields: vec![url_field(), db_field()] },
        FieldGroup { title: Text::fixed("Accès", "Access"), fields: vec![user_field(), key_field()] },
        FieldGroup { title: Text::fixed("Données", "Data"), fields: vec![company_field()] },
    ]
}

fn url_field() -> FormField {
    needed(field(
        "odoo_url",
        Text::fixed("URL Odoo", "Odoo URL"),
        Text::fixed(
            "URL complète (avec HTTPS) : l'adresse que vous ouvrez dans le navigateur. Si le serveur est derrière un \
             pare-feu, autorisez-y la machine de Passerelle.",
            "Full URL (with HTTPS): the address you open in the browser. If a firewall protects the server, let the \
             machine of Passerelle through.",
        ),
        "https://macave.odoo.com",
        FieldKind::Url,
    ))
}

fn db_field() -> FormField {
    needed(field(
        "odoo_db",
        Text::fixed("Base de données", "Database"),
        Text::fixed(
            "Le nom de la base, tel que l'affiche la page de connexion ou « Gérer les bases ».",
            "The database's name, as the login page or “Manage databases” shows it.",
        ),
        "macave",
        FieldKind::Text,
    ))
}

fn user_field() -> FormField {
    needed(field(
        "odoo_user",
        Text::fixed("Utilisateur", "User"),
        Text::fixed(
            "Utilisateur technique dédié : son identifiant. Ses droits sont ceux de Passerelle.",
            "Dedicated technical user: its login. Its rights are Passerelle's.",
        ),
        "passerelle@macave.fr",
        FieldKind::Text,
    ))
}

fn key_field() -> FormField {
    needed(field(
        "odoo_api_key",
        Text::fixed("API Key", "API Key"),
        Text::fixed(
            "Générée dans Odoo, connecté comme cet utilisateur : Préférences → Sécurité du compte → Nouvelle clé API.",
            "Generated in Odoo, logged in as that user: Preferences → Account security → New API key.",
        ),
        "0123456789abcdef0123456789abcdef01234567",
        FieldKind::Secret,
    ))
}

fn company_field() -> FormField {
    field(
        "odoo_company_id",
        Text::fixed("ID Société (optionnel)", "Company ID (optional)"),
        Text::fixed(
            "Pour multi-company : le numéro de la société à connecter. Sans réponse, toutes celles de l'utilisateur.",
            "For multi-company: the number of the company to connect. Left empty, all of the user's.",
        ),
        "1",
        FieldKind::Text,
    )
}

/// What the form gave, read once.
pub(super) struct OdooSettings {
    pub(super) url: Url,
    pub(super) database: String,
    pub(super) user: String,
    pub(super) key: SecretString,
    /// The one company to work in; all of the user's otherwise.
    pub(super) company: Option<i64>,
}

impl OdooSettings {
    pub(super) fn parse(settings: &Settings) -> Result<OdooSettings> {
        let value = |field: &FormField| {
            settings.values.get(&field.key).map(|typed| field.clean(typed)).unwrap_or_default()
        };
        let required = |field: FormField| match value(&field) {
            empty if empty.is_empty() => Err(unusable(&field, "est vide", "is empty")),
            value => Ok(value),
        };
        let url = web_address(&required(url_field())?)
            .ok_or_else(|| unusable(&url_field(), "n'est pas une adresse web", "is not a web address"))?;
        let (database, user) = (required(db_field())?, required(user_field())?);
        let key =
            settings.secrets.get("odoo_api_key").map(|key| key.expose_secret().trim()).unwrap_or_default();
        if key.is_empty() {
            return Err(unusable(&key_field(), "est vide", "is empty"));
        }
        let company = match value(&company_field()) {
            empty if empty.is_empty() => None,
            typed => {
                let number = typed.parse().ok().filter(|number: &i64| *number > 0);
                let number = number
                    .ok_or_else(|| unusable(&company_field(), "n'est pas un numéro", "is not a number"));
                Some(number?)
            }
        };
        Ok(OdooSettings { url: site(url), database, user, key: SecretString::from(key), company })
    }
}

/// The site that the settings name.
pub(super) fn site_of(settings: &Settings) -> Option<Url> {
    let field = url_field();
    web_address(&field.clean(settings.values.get(&field.key)?)).map(site)
}

fn web_address(typed: &str) -> Option<Url> {
    Url::parse(typed).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

/// The site, where the address of one of its pages was pasted.
pub(super) fn site(mut url: Url) -> Url {
    url.set_query(None);
    url.set_fragment(None);
    let first = url.path_segments().and_then(|mut path| path.next().map(str::to_owned)).unwrap_or_default();
    if matches!(first.as_str(), "web" | "odoo") {
        url.set_path("/");
    }
    url
}

/// A field does not hold what it must.
fn unusable(field: &FormField, fr_why: &str, en_why: &str) -> Error {
    let (fr, en) = (&field.label.fr, &field.label.en);
    Error::new(
        ErrorKind::InvalidSettings,
        Text::new(format!("Odoo : le champ « {fr} » {fr_why}."), format!("Odoo: the field “{en}” {en_why}.")),
    )
    .hint(field.help.clone())
}
