//! The shape of the file.

use std::collections::BTreeMap;

use model::api::ScheduleUpdate;
use model::canonical::ColumnMapping;
use model::recipe::Recipes;
use model::rule::Rule;
use model::{Destination, Text};
use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// The version this program writes and reads.
const VERSION: u32 = 1;

/// The whole file. Keys nobody knows are refused: a typing error must not look like a setting.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document {
    /// The version of its shape.
    pub version: u32,
    /// The connections, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub connections: BTreeMap<String, Connection>,
    /// Who is told what happens.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub webhooks: Vec<Webhook>,
}

/// Somebody who is told what happens; known again by the address.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Webhook {
    /// Where messages are sent.
    pub url: String,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What it is told.
    pub events: Vec<String>,
    /// Whether messages are sent.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub active: bool,
    /// What its messages are signed with.
    pub secret: Reference,
}

/// One connection.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Connection {
    /// Its kind.
    #[serde(rename = "type")]
    pub kind: String,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Whether syncs may run.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub active: bool,
    /// The column that tells the rows of a dataset apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_column: Option<String>,
    /// The plain values of its form.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub settings: BTreeMap<String, String>,
    /// Its credentials: where each is taken from.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub credentials: BTreeMap<String, Reference>,
    /// Where its rows go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub destination: Option<Destination>,
    /// CRM field → field of the service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field_mapping: Option<BTreeMap<String, String>>,
    /// The person's own words for a status → status of the CRM.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub status_words: BTreeMap<String, String>,
    /// Canonical table → field → column, as mapped by hand.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub columns: BTreeMap<String, ColumnMapping>,
    /// How the fields of the destination are made.
    #[serde(default, skip_serializing_if = "Recipes::is_empty")]
    pub recipes: Recipes,
    /// What its rows must hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
    /// When it runs by itself; never when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schedule: Option<ScheduleUpdate>,
}

/// Where a secret is taken from.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Reference {
    /// The environment variable.
    pub env: String,
}

/// What every version of the file has.
#[derive(Deserialize)]
struct Versioned {
    version: Option<i64>,
}

impl Document {
    pub(super) fn of(connections: BTreeMap<String, Connection>, webhooks: Vec<Webhook>) -> Document {
        Document { version: VERSION, connections, webhooks }
    }

    /// Reads a file.
    ///
    /// # Errors
    /// `Invalid` when it is no TOML, of another version, or has keys or shapes nobody knows; names the place.
    pub(super) fn parse(text: &str) -> Result<Document> {
        // The version first: a later one may have keys that are unknown here with good reason.
        let versioned: Versioned = toml::from_str(text).map_err(|error| not_understood(text, &error))?;
        match versioned.version {
            Some(version) if version == i64::from(VERSION) => {}
            Some(version) => {
                return Err(Error::invalid(Text::new(
                    format!(
                        "Ce fichier est de la version {version} ; ce programme lit la version {VERSION}. Mettez \
                         Passerelle à jour, ou exportez de nouveau avec cette version."
                    ),
                    format!(
                        "This file is of version {version}; this program reads version {VERSION}. Bring Passerelle \
                         up to date, or export again with this version."
                    ),
                )));
            }
            None => {
                return Err(Error::invalid(Text::fixed(
                    "« version » manque : un fichier de configuration commence par « version = 1 ».",
                    "“version” is missing: a configuration file begins with “version = 1”.",
                )));
            }
        }
        toml::from_str(text).map_err(|error| not_understood(text, &error))
    }

    /// Writes the file.
    pub(super) fn to_text(&self) -> Result<String> {
        toml::to_string_pretty(self).map_err(|error| {
            tracing::error!(%error, "the configuration cannot be written as TOML");
            Error::invalid(Text::fixed(
                "La configuration ne peut pas être écrite en TOML.",
                "The configuration cannot be written as TOML.",
            ))
        })
    }
}

/// Says where and what, without quoting the line: a secret may stand there by mistake.
fn not_understood(text: &str, error: &toml::de::Error) -> Error {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let what = error.message();
    Error::invalid(Text::new(
        format!("Fichier de configuration, ligne {line} : {what}."),
        format!("Configuration file, line {line}: {what}."),
    ))
}

fn yes() -> bool {
    true
}

fn is_yes(active: &bool) -> bool {
    *active
}
