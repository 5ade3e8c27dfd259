//! Where deals stand in services.

use std::collections::BTreeMap;

use connectors::Settings;
use model::deal_history::DealOrigin;
use store::{ConfigRow, DealOriginRow};

use crate::connections::{kind_of, plain_values};
use crate::deals_csv::{CSV, SCOPE};
use crate::sync::scope_name;
use crate::{Hub, Result};

impl Hub {
    /// The records these deals are linked to, by deal: rows of files, and records of connections that exist;
    /// nothing for a deal without one. Three statements, however many deals.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn deal_origins(&self, ids: &[i64]) -> Result<BTreeMap<i64, Vec<DealOrigin>>> {
        let rows = self.store().deal_origins(ids).await?;
        let mut origins: BTreeMap<i64, Vec<DealOrigin>> = BTreeMap::new();
        if rows.is_empty() {
            return Ok(origins);
        }
        let connections = self.store().configs().await?;
        let compared = self.store().last_comparisons().await?;
        for row in rows {
            if row.scope == SCOPE {
                origins.entry(row.deal_id).or_default().push(of_file(row));
                continue;
            }
            let Some(connection) = connections.iter().find(|connection| is_of(&row.scope, connection)) else {
                continue;
            };
            let synced_at = row.changed_at.clone().max(compared.get(&connection.provider).cloned());
            let origin = DealOrigin {
                connection: connection.provider.clone(),
                label: connection.title.clone().unwrap_or_else(|| self.name_of(connection)),
                url: self.record_url(connection, &row),
                external_id: row.external_id,
                synced_at,
            };
            origins.entry(row.deal_id).or_default().push(origin);
        }
        Ok(origins)
    }

    /// What people call a connection without a title.
    fn name_of(&self, connection: &ConfigRow) -> String {
        let connector = self.inner.connectors.get(kind_of(connection));
        connector.map_or_else(|| connection.provider.clone(), |connector| connector.spec().name)
    }

    /// The record's page in the service; none in the simulator, nor for a table the connection has left.
    fn record_url(&self, connection: &ConfigRow, row: &DealOriginRow) -> Option<String> {
        let stream =
            connection.stream.as_ref().filter(|stream| scope_name(connection, stream) == row.scope)?;
        let connector = self.inner.connectors.get(kind_of(connection)).filter(|_| !connection.sandbox)?;
        let settings = Settings { values: plain_values(connection), ..Settings::default() };
        connector.record_url(&settings, &stream.id, &row.external_id)
    }
}

/// A row of a file. What other files brought in since says nothing of it: it is as old as its own last change.
fn of_file(row: DealOriginRow) -> DealOrigin {
    DealOrigin {
        connection: CSV.to_owned(),
        label: "CSV".to_owned(),
        external_id: row.external_id,
        url: None,
        synced_at: row.changed_at,
    }
}

/// Whether a scope is one of this connection's.
fn is_of(scope: &str, connection: &ConfigRow) -> bool {
    scope.strip_prefix(connection.provider.as_str()).is_some_and(|rest| rest.starts_with('/'))
}
