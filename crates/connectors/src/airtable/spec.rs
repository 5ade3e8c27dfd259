//! The form as data, and the settings it fills.

use model::spec::{Capabilities, FieldGroup, FieldKind, FormField, Grain};
use model::{ConnectorSpec, Text};
use secrecy::{ExposeSecret, SecretString};

use crate::connector::Settings;
use crate::error::{Error, ErrorKind, Result};

/// What Airtable is and what it asks for.
pub(super) fn spec() -> ConnectorSpec {
    ConnectorSpec {
        id: "airtable".to_owned(),
        name: "Airtable".to_owned(),
        summary: Text::fixed(
            "Importez une table Airtable dans vos deals et renvoyez-y vos changements.",
            "Import an Airtable table into your deals and send your changes back.",
        ),
        groups: vec![
            FieldGroup { title: Text::fixed("Accès", "Access"), fields: vec![token_field()] },
            FieldGroup { title: Text::fixed("Données", "Data"), fields: vec![base_field(), table_field()] },
        ],
        capabilities: Capabilities {
            writes: true,
            write_batch: 10,
            in_flight: 8,
            modified: Some(Grain::Millisecond),
            sees_deletions: true,
            clears: true,
            longest_text: Some(100_000),
            writes_links: false,
            upserts: false,
        },
    }
}

fn token_field() -> FormField {
    FormField {
        key: "api_token".to_owned(),
        label: Text::fixed("Token d'accès personnel", "Personal access token"),
        help: Text::fixed(
            "Créez-le sur airtable.com/create/tokens avec les droits data.records:read, data.records:write et \
             schema.bases:read, et donnez-lui accès à votre base.",
            "Create it at airtable.com/create/tokens with the scopes data.records:read, data.records:write and \
             schema.bases:read, and give it access to your base.",
        ),
        example: "patAbCdEfGhIjKlMn.0123456789abcdef".to_owned(),
        kind: FieldKind::Secret,
        required: true,
        shown_when: None,
    }
}

fn base_field() -> FormField {
    FormField {
        key: "base_id".to_owned(),
        label: Text::fixed("Identifiant de la base", "Base id"),
        help: Text::fixed(
            "Il commence par app et se trouve dans l'adresse de la base ; vous pouvez coller l'adresse entière.",
            "It starts with app and stands in the base's address; you can paste the whole address.",
        ),
        example: "appAbCdEfGhIjKlMn".to_owned(),
        kind: FieldKind::Id { prefix: "app".to_owned() },
        required: true,
        shown_when: None,
    }
}

fn table_field() -> FormField {
    FormField {
        key: "table_name".to_owned(),
        label: Text::fixed("Table", "Table"),
        help: Text::fixed(
            "Le nom de la table tel que l'onglet l'affiche, ou son identifiant qui commence par tbl.",
            "The table's name as its tab shows it, or its id that starts with tbl.",
        ),
        example: "Deals".to_owned(),
        kind: FieldKind::Text,
        required: true,
        shown_when: None,
    }
}

/// The base's id, out of what was pasted.
pub(super) fn base(settings: &Settings) -> Option<String> {
    let base = base_field();
    let id = base.clean(settings.values.get(&base.key)?);
    (!id.is_empty()).then_some(id)
}

/// What the form gave, read once. The table's name is the engine's affair: a connection is one base.
pub(super) struct AirtableSettings {
    pub(super) token: SecretString,
    pub(super) base_id: String,
}

impl AirtableSettings {
    pub(super) fn parse(settings: &Settings) -> Result<AirtableSettings> {
        let token =
            settings.secrets.get("api_token").map(|token| token.expose_secret().trim()).unwrap_or_default();
        if token.is_empty() {
            return Err(missing(&token_field()));
        }
        let base_id = base(settings).ok_or_else(|| missing(&base_field()))?;
        Ok(AirtableSettings { token: SecretString::from(token), base_id })
    }
}

/// A required field holds nothing.
fn missing(field: &FormField) -> Error {
    let (fr, en) = (&field.label.fr, &field.label.en);
    Error::new(
        ErrorKind::InvalidSettings,
        Text::new(
            format!("Airtable : le champ « {fr} » est vide."),
            format!("Airtable: the field “{en}” is empty."),
        ),
    )
    .hint(field.help.clone())
}
