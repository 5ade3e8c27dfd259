//! What a source is configured with, and the way to it.

use std::collections::BTreeMap;
use std::sync::Arc;

use connectors::{Settings, Source, SourceConnector, StreamSources};
use model::api::MASK;
use model::canonical::{ColumnMapping, Entity};
use model::{ConnectorSpec, Destination, Text};
use store::{ConfigRow, Scope};

use crate::connections::{form_values, kind_of};
use crate::{Error, Hub, Kind, Result};

/// The settings of one source.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceSettings {
    /// Its name.
    pub name: String,
    /// The form of its kind.
    pub spec: ConnectorSpec,
    /// How to set its kind up and what is not possible: Markdown, in French, then in English.
    pub guide: &'static str,
    /// The form's values, by key; `***` stands for a stored secret.
    pub values: BTreeMap<String, String>,
    /// When they were last saved; RFC 3339, UTC.
    pub updated_at: String,
}

impl Hub {
    /// The kinds of sources there are.
    pub fn source_kinds(&self) -> Vec<ConnectorSpec> {
        self.inner.sources.values().map(|source| source.spec()).collect()
    }

    /// How to set a kind of source up; `None` when there is no such kind.
    pub fn source_guide(&self, kind: &str) -> Option<&'static str> {
        self.inner.sources.get(kind).map(|source| source.guide())
    }

    /// What a source is configured with, secrets masked.
    ///
    /// # Errors
    /// `NotFound`; the database does not answer.
    pub async fn source_settings(&self, name: &str) -> Result<SourceSettings> {
        let row = self.source_row(name).await?;
        let connector = self.source_connector(&row)?;
        let spec = connector.spec();
        let secrets = self.secrets(&row, &spec).await?;
        let mut values = form_values(&row, &spec);
        values.extend(secrets.into_keys().map(|key| (key, MASK.to_owned())));
        Ok(SourceSettings {
            name: row.provider,
            guide: connector.guide(),
            spec,
            values,
            updated_at: row.updated_at,
        })
    }

    /// Keeps which columns of a source are which fields of a table, as a person mapped them. The next
    /// sync reads the table anew.
    ///
    /// # Errors
    /// `NotFound`; `AlreadyRunning`; the database does not answer.
    pub async fn save_columns(&self, name: &str, entity: Entity, columns: ColumnMapping) -> Result<()> {
        let mut row = self.source_row(name).await?;
        let before = row.column_mapping.insert(entity.name().to_owned(), columns.clone());
        if before.unwrap_or_default() == columns {
            return Ok(());
        }
        row.updated_at = self.at();
        let scope = self.source_scope(name).await?;
        let (_none_begins, mut batch) = self.idle_batch(name).await?;
        batch.put_config(&row).await?;
        batch.forget_marks(scope, entity).await?;
        Ok(batch.commit().await?)
    }

    /// The stored settings of a source.
    pub(crate) async fn source_row(&self, name: &str) -> Result<ConfigRow> {
        let row = self.store().config(name).await?;
        let row = row.filter(|row| self.source_connector(row).is_ok());
        row.ok_or_else(|| no_such_source(name))
    }

    /// Every source's stored settings, by name.
    pub(crate) async fn source_rows(&self) -> Result<Vec<ConfigRow>> {
        let mut rows = self.store().configs().await?;
        rows.retain(|row| self.source_connector(row).is_ok());
        Ok(rows)
    }

    /// The kind of a source: one by itself, or any connector whose rows go into a canonical table.
    pub(crate) fn source_connector(&self, row: &ConfigRow) -> Result<Arc<dyn SourceConnector>> {
        let kind = kind_of(row);
        let entity = match &row.destination {
            Some(Destination::Table { entity }) => Entity::from_name(entity),
            _ => None,
        };
        match (entity, self.inner.connectors.get(kind), self.inner.sources.get(kind)) {
            (_, _, Some(source)) => Ok(Arc::clone(source)),
            (Some(entity), Some(connector), None) => {
                let stream = row.table_name.clone().unwrap_or_default();
                Ok(Arc::new(StreamSources::new(Arc::clone(connector), entity, stream)))
            }
            _ => Err(no_such_source(&row.provider)),
        }
    }

    /// Where the rows of a source are kept apart from those of others.
    pub(crate) async fn source_scope(&self, name: &str) -> Result<Scope> {
        Ok(self.store().scope(name).await?)
    }

    /// The configured source; nothing is read or sent yet.
    pub(crate) async fn open_source(&self, row: &ConfigRow) -> Result<Arc<dyn Source>> {
        let connector = self.source_connector(row)?;
        let spec = connector.spec();
        let secrets = self.secrets(row, &spec).await?;
        let settings = Settings { values: form_values(row, &spec), secrets };
        let mut context = self.source_context(self.service(row).base_url);
        context.service.tokens = Some(self.keeper(&row.provider));
        Ok(connector.connect(&context, settings)?)
    }

    /// The columns of a table, as a person mapped them or, where nobody did, as its kind names them.
    pub(crate) fn columns_of(&self, row: &ConfigRow, entity: Entity) -> Result<ColumnMapping> {
        let mut columns = self.source_connector(row)?.columns(entity);
        columns.extend(row.column_mapping.get(entity.name()).cloned().unwrap_or_default());
        Ok(columns)
    }
}

/// Whether other rows may be made of the same files and tables: their columns are other fields, are held to
/// other rules or are made into something else.
pub(crate) fn makes_other_rows(before: &ConfigRow, after: &ConfigRow) -> bool {
    (&before.column_mapping, &before.rules, &before.recipes)
        != (&after.column_mapping, &after.rules, &after.recipes)
}

fn no_such_source(name: &str) -> Error {
    let name = model::parse::shorten(name);
    Error::new(
        Kind::NotFound,
        Text::new(
            format!("Le connecteur « {name} » n'existe pas."),
            format!("There is no connector “{name}”."),
        ),
    )
}
