//! Writes what is configured.

use std::collections::BTreeMap;

use model::api::ScheduleUpdate;
use model::{ConnectorSpec, Frequency};
use store::{ConfigRow, ScheduleRow, WebhookRow};

use super::document::{Connection, Document, Reference, Webhook};
use crate::connections::{form_values, kind_of};
use crate::{Hub, Result};

impl Hub {
    /// The whole configuration as TOML, without a secret: each stands as the environment variable to take it
    /// from.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn export_config(&self) -> Result<String> {
        let mut connections = BTreeMap::new();
        for row in self.store().configs().await? {
            // Played by the simulator, a connection is nobody's configuration.
            if row.sandbox {
                continue;
            }
            let Ok(kind) = self.account_kind(kind_of(&row)) else { continue };
            let connection = self.written(&row, &kind.spec).await?;
            connections.insert(row.provider, connection);
        }
        let webhooks = self.store().webhooks().await?.into_iter().map(written_webhook).collect();
        Document::of(connections, webhooks).to_text()
    }

    async fn written(&self, row: &ConfigRow, spec: &ConnectorSpec) -> Result<Connection> {
        let stored = self.secrets(row, spec).await?.into_keys();
        let reference = |key: String| {
            let env = variable(&row.provider, &key);
            (key, Reference { env })
        };
        Ok(Connection {
            kind: kind_of(row).to_owned(),
            title: row.title.clone(),
            active: row.is_active,
            key_column: row.key_column.clone(),
            settings: form_values(row, spec),
            credentials: stored.map(reference).collect(),
            destination: row.destination.clone(),
            field_mapping: row.field_mapping.clone(),
            status_words: row.status_words.clone(),
            columns: row.column_mapping.clone(),
            recipes: row.recipes.clone(),
            rules: row.rules.clone(),
            schedule: self.store().schedule(&row.provider).await?.and_then(written_schedule),
        })
    }
}

fn written_schedule(row: ScheduleRow) -> Option<ScheduleUpdate> {
    (row.frequency != Frequency::Manual).then_some(ScheduleUpdate {
        frequency: Some(row.frequency),
        time_zone: Some(row.time_zone),
        direction: Some(row.direction),
    })
}

fn written_webhook(row: WebhookRow) -> Webhook {
    Webhook {
        secret: Reference { env: variable(&row.title, "webhook") },
        url: row.url,
        title: Some(row.title),
        events: row.events.into_iter().map(|event| event.word().to_owned()).collect(),
        active: row.is_active,
    }
}

/// The environment variable a secret is taken from: `PASSERELLE_SECRET_MON_API_API_KEY`.
fn variable(provider: &str, key: &str) -> String {
    let letters = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' };
    format!("{provider}_{key}").chars().map(letters).fold("PASSERELLE_SECRET_".to_owned(), |mut name, c| {
        name.push(c);
        name
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_is_made_of_capitals_and_digits() {
        assert_eq!(variable("mon-api", "api_key"), "PASSERELLE_SECRET_MON_API_API_KEY");
    }
}
