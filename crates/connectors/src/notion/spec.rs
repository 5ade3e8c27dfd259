//! The form as data, and the settings it fills.

use model::spec::{self, Capabilities, FieldGroup, FieldKind, FormField, Grain};
use model::{ConnectorSpec, Text};
use secrecy::{ExposeSecret, SecretString};

use crate::connector::Settings;
use crate::error::{Error, ErrorKind, Result};

/// What Notion is and what it asks for.
pub(super) fn spec() -> ConnectorSpec {
    ConnectorSpec {
        id: "notion".to_owned(),
        name: "Notion".to_owned(),
        summary: Text::fixed(
            "Importez une base de données Notion dans vos deals et renvoyez-y vos changements.",
            "Import a Notion database into your deals and send your changes back.",
        ),
        groups: vec![
            FieldGroup { title: Text::fixed("Accès", "Access"), fields: vec![token_field()] },
            FieldGroup {
                title: Text::fixed("Données", "Data"),
                fields: vec![database_field(), source_field(), options_field()],
            },
        ],
        // One page a request; the limiter spaces them.
        capabilities: Capabilities {
            writes: true,
            write_batch: 1,
            in_flight: 8,
            modified: Some(Grain::Minute),
            sees_deletions: true,
            clears: true,
            longest_text: Some(200_000),
            writes_links: false,
            upserts: false,
        },
    }
}

fn token_field() -> FormField {
    FormField {
        key: "api_token".to_owned(),
        label: Text::fixed("Token d'intégration", "Integration token"),
        help: Text::fixed(
            "Créez une intégration interne sur notion.so/profile/integrations, puis copiez son secret.",
            "Create an internal integration at notion.so/profile/integrations, then copy its secret.",
        ),
        example: "ntn_0123456789abcdefghijklmnopqrstuvwxyz".to_owned(),
        kind: FieldKind::Secret,
        required: true,
        shown_when: None,
    }
}

fn database_field() -> FormField {
    FormField {
        key: "base_id".to_owned(),
        label: Text::fixed("Identifiant de la base de données", "Database id"),
        help: Text::fixed(
            "Les 32 caractères dans l'adresse de la base de données, avant « ?v= » ; vous pouvez coller l'adresse entière.",
            "The 32 characters in the database's address, before “?v=”; you can paste the whole address.",
        ),
        example: "1f2e3d4c-5b6a-4798-8a9b-0c1d2e3f4a5b".to_owned(),
        kind: FieldKind::Uuid,
        required: true,
        shown_when: None,
    }
}

fn source_field() -> FormField {
    FormField {
        key: "table_name".to_owned(),
        label: Text::fixed("Source de données", "Data source"),
        help: Text::fixed(
            "Seulement si la base de données en a plusieurs : le nom de la source, tel que Notion l'affiche.",
            "Only if the database has several: the source's name as Notion shows it.",
        ),
        example: "Deals".to_owned(),
        kind: FieldKind::Text,
        required: false,
        shown_when: None,
    }
}

fn options_field() -> FormField {
    FormField {
        key: "create_options".to_owned(),
        label: Text::fixed("Créer les options manquantes", "Create missing options"),
        help: Text::fixed(
            "À l'export, une option absente d'une propriété de sélection y est ajoutée au lieu d'être refusée.",
            "When exporting, an option that a select property does not have is added to it instead of refused.",
        ),
        example: "false".to_owned(),
        kind: FieldKind::Toggle,
        required: false,
        shown_when: None,
    }
}

/// What the form gave, read once. The data source's name is the engine's affair: a connection is one
/// database.
pub(super) struct NotionSettings {
    pub(super) token: SecretString,
    /// The id of a database or of a data source.
    pub(super) database_id: String,
    pub(super) create_options: bool,
}

impl NotionSettings {
    pub(super) fn parse(settings: &Settings) -> Result<NotionSettings> {
        let token =
            settings.secrets.get("api_token").map(|token| token.expose_secret().trim()).unwrap_or_default();
        let value = |field: &FormField| settings.values.get(&field.key).map(|typed| field.clean(typed));
        let database = database_field();
        let database_id = value(&database).unwrap_or_default();
        if token.is_empty() {
            return Err(unusable(&token_field(), "est vide", "is empty"));
        }
        if database_id.is_empty() {
            return Err(unusable(&database, "est vide", "is empty"));
        }
        // It becomes part of an address: only an id may.
        if database_id.len() != database.example.len() {
            return Err(unusable(&database, "ne contient pas d'identifiant", "holds no id"));
        }
        Ok(NotionSettings {
            token: SecretString::from(token),
            database_id,
            create_options: value(&options_field()).is_some_and(|value| spec::is_on(&value)),
        })
    }
}

/// A required field does not hold what it must.
fn unusable(field: &FormField, fr_why: &str, en_why: &str) -> Error {
    let (fr, en) = (&field.label.fr, &field.label.en);
    Error::new(
        ErrorKind::InvalidSettings,
        Text::new(
            format!("Notion : le champ « {fr} » {fr_why}."),
            format!("Notion: the field “{en}” {en_why}."),
        ),
    )
    .hint(field.help.clone())
}
