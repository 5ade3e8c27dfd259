//! The form as data.

use model::spec::{Capabilities, FieldGroup, FieldKind, FormField};
use model::{ConnectorSpec, Text};

use super::encode::LONGEST_TEXT;
use crate::common::fields::{choice, field, needed, when};

/// The field of the tab.
pub(super) const TAB: &str = "worksheet_name";
/// How access is granted: one of the three below.
pub(super) const ACCESS: &str = "auth_type";
pub(super) const SERVICE_ACCOUNT: &str = "service_account";
pub(super) const REFRESH_TOKEN: &str = "refresh_token";
pub(super) const CONSENT: &str = "authorization_code";

/// Rows a call writes: with the reading before it, ten thousand rows are 20 requests.
pub(super) const WRITE_BATCH: usize = 1_000;

/// What Google Sheets is and what it asks for.
pub(super) fn spec() -> ConnectorSpec {
    ConnectorSpec {
        id: "google_sheets".to_owned(),
        name: "Google Sheets".to_owned(),
        summary: Text::fixed(
            "Importez l'onglet d'une feuille de calcul et renvoyez-y vos changements.",
            "Import a tab of a spreadsheet and send your changes back.",
        ),
        groups: vec![
            FieldGroup {
                title: Text::fixed("Feuille de calcul", "Spreadsheet"),
                fields: vec![spreadsheet(), tab()],
            },
            FieldGroup { title: Text::fixed("Accès", "Access"), fields: access() },
        ],
        capabilities: Capabilities {
            writes: true,
            write_batch: WRITE_BATCH,
            // Where a row stands is looked up before it is written: writes come one after the other.
            in_flight: 1,
            modified: None,
            sees_deletions: true,
            clears: true,
            longest_text: Some(LONGEST_TEXT),
            writes_links: false,
            upserts: false,
        },
    }
}

fn spreadsheet() -> FormField {
    needed(field(
        "spreadsheet_id",
        Text::fixed("Feuille de calcul", "Spreadsheet"),
        Text::fixed(
            "Collez le lien de la feuille tel que le navigateur l'affiche ; son identifiant seul convient aussi.",
            "Paste the spreadsheet's link as the browser shows it; its id alone works too.",
        ),
        "https://docs.google.com/spreadsheets/d/1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789AbCdEfG/edit#gid=0",
        FieldKind::Text,
    ))
}

fn tab() -> FormField {
    field(
        TAB,
        Text::fixed("Onglet", "Tab"),
        Text::fixed(
            "Le nom de l'onglet. Sans réponse : celui du lien. L'onglet est retenu par son numéro et peut être \
             renommé ensuite.",
            "The tab's name. Left empty: that of the link. The tab is remembered by its number and may be renamed \
             later.",
        ),
        "Deals",
        FieldKind::Text,
    )
}

fn access() -> Vec<FormField> {
    vec![
        field(
            ACCESS,
            Text::fixed("Accès", "Access"),
            Text::fixed(
                "Un compte de service est un robot avec lequel vous partagez la feuille ; OAuth2 agit en votre nom.",
                "A service account is a robot with which you share the spreadsheet; OAuth2 acts in your name.",
            ),
            SERVICE_ACCOUNT,
            choice(&[
                (SERVICE_ACCOUNT, "Compte de service", "Service account"),
                (CONSENT, "Votre compte Google (OAuth2)", "Your Google account (OAuth2)"),
                (REFRESH_TOKEN, "Jeton de renouvellement (OAuth2)", "Refresh token (OAuth2)"),
            ]),
        ),
        when(ACCESS, &[SERVICE_ACCOUNT], key_file()),
        when(
            ACCESS,
            &[CONSENT, REFRESH_TOKEN],
            field(
                "client_id",
                Text::fixed("Identifiant du client", "Client id"),
                Text::fixed(
                    "Celui de l'application créée dans la console Google Cloud, qui finit par .apps.googleusercontent.com.",
                    "That of the application created in the Google Cloud console, which ends with .apps.googleusercontent.com.",
                ),
                "123456789012-abcdef.apps.googleusercontent.com",
                FieldKind::Text,
            ),
        ),
        when(
            ACCESS,
            &[CONSENT, REFRESH_TOKEN],
            field(
                "client_secret",
                Text::fixed("Secret du client", "Client secret"),
                Text::fixed("Donné avec l'identifiant.", "Given with the id."),
                "GOCSPX-0123456789abcdef",
                FieldKind::Secret,
            ),
        ),
        when(
            ACCESS,
            &[REFRESH_TOKEN],
            field(
                "refresh_token",
                Text::fixed("Jeton de renouvellement", "Refresh token"),
                Text::fixed(
                    "Obtenu avec le droit https://www.googleapis.com/auth/spreadsheets.",
                    "Had with the scope https://www.googleapis.com/auth/spreadsheets.",
                ),
                "1//0abcdef",
                FieldKind::Secret,
            ),
        ),
    ]
}

pub(super) fn key_file() -> FormField {
    field(
        "service_account_json",
        Text::fixed("Clé du compte de service", "Key of the service account"),
        Text::fixed(
            "Tout le contenu du fichier JSON. Partagez ensuite la feuille avec l'adresse « client_email » qui s'y trouve.",
            "All that is in the JSON file. Then share the spreadsheet with the address “client_email” that stands in it.",
        ),
        r#"{"type": "service_account", "client_email": "robot@projet.iam.gserviceaccount.com", "private_key": "-----BEGIN PRIVATE KEY-----…"}"#,
        FieldKind::KeyFile,
    )
}
