//! How datasets stand, in the reader's language.

use model::api::{
    ColumnBody, DatasetBody, DatasetDifferenceBody, DatasetRowBody, DatasetVersionBody, SchemaBody,
};
use model::dataset::{Column, ColumnType, KeyBy};
use model::{Destination, Lang, StreamField, Text, ValueKind};
use serde_json::value::RawValue;
use store::{DatasetRow, StoredRow, VersionRow};

use super::{DatasetPage, words};
use crate::{Hub, Result};

impl Hub {
    /// Every dataset, by name.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn datasets(&self, lang: Lang) -> Result<Vec<DatasetBody>> {
        Ok(self.store().datasets().await?.iter().map(|row| body(row, lang)).collect())
    }

    /// One dataset.
    ///
    /// # Errors
    /// `NotFound`; the database does not answer.
    pub async fn dataset(&self, id: i64, lang: Lang) -> Result<DatasetBody> {
        Ok(body(&self.dataset_row(id).await?, lang))
    }

    /// The datasets of a connection, the first one first.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn datasets_of(&self, provider: &str, lang: Lang) -> Result<Vec<DatasetBody>> {
        Ok(self.store().datasets_of(provider).await?.iter().map(|row| body(row, lang)).collect())
    }

    /// The versions of a dataset, the newest first.
    ///
    /// # Errors
    /// As [`Hub::dataset`].
    pub async fn dataset_versions(&self, id: i64, lang: Lang) -> Result<Vec<DatasetVersionBody>> {
        self.dataset_row(id).await?;
        Ok(self.store().dataset_versions(id).await?.iter().map(|row| version_body(row, lang)).collect())
    }

    /// The rows that differ between a version and the one before, in the order of the source.
    ///
    /// # Errors
    /// `NotFound`: no such dataset or version; the database does not answer.
    pub async fn dataset_differences(
        &self,
        id: i64,
        version: i64,
        limit: u32,
        offset: u32,
    ) -> Result<Vec<DatasetDifferenceBody>> {
        let dataset = self.dataset_row(id).await?;
        if self.store().dataset_version(id, version).await?.is_none() {
            return Err(words::no_version(&dataset.name, version));
        }
        let rows = self.store().dataset_differences(id, version, limit, offset).await?;
        let body = |row: store::DifferenceRow| DatasetDifferenceBody {
            key: row.key,
            change: match (&row.before, &row.after) {
                (None, _) => "created",
                (Some(_), Some(_)) => "updated",
                (Some(_), None) => "removed",
            }
            .to_owned(),
            before: row.before.map(raw),
            after: row.after.map(raw),
        };
        Ok(rows.into_iter().map(body).collect())
    }

    /// What the rows of a connection look like: the columns of its dataset, or before it has one, those its
    /// service describes.
    ///
    /// # Errors
    /// `UnknownProvider`; the database does not answer.
    pub async fn schema(&self, provider: &str, lang: Lang) -> Result<SchemaBody> {
        let config = self.connection_row(provider).await?;
        let datasets = self.store().datasets_of(provider).await?;
        let is_destination = |row: &DatasetRow| matches!(&config.destination, Some(Destination::Dataset { name }) if *name == row.name);
        let dataset = datasets.iter().find(|row| is_destination(row)).or(datasets.first());
        Ok(match dataset.filter(|row| row.version > 0) {
            Some(row) => SchemaBody {
                dataset_id: Some(row.id),
                row_count: row.row_count,
                columns: column_bodies(&row.columns, row.row_count, lang),
            },
            None => SchemaBody {
                dataset_id: None,
                row_count: 0,
                columns: config.stream.iter().flat_map(|s| &s.fields).map(|f| described(f, lang)).collect(),
            },
        })
    }
}

impl DatasetPage {
    /// The rows as they leave the program.
    pub fn bodies(self) -> Vec<DatasetRowBody> {
        let body = |row: StoredRow| DatasetRowBody { key: row.key, content: raw(row.content) };
        self.rows.into_iter().map(body).collect()
    }
}

/// A stored content as it stands; only objects are stored.
fn raw(content: String) -> Box<RawValue> {
    RawValue::from_string(content).unwrap_or_else(|_| RawValue::NULL.to_owned())
}

fn body(row: &DatasetRow, lang: Lang) -> DatasetBody {
    let (key_column, key) = match &row.key {
        Some(KeyBy::Column(column)) => (Some(column.clone()), Text::same(column.clone())),
        Some(KeyBy::Service) => (None, Text::fixed("identifiant du service", "id of the service")),
        Some(KeyBy::Position) => (None, Text::fixed("position de la ligne", "position of the row")),
        None => (None, Text::fixed("pas encore connue", "not known yet")),
    };
    DatasetBody {
        id: row.id,
        name: row.name.clone(),
        provider: row.provider.clone(),
        version: row.version,
        row_count: row.row_count,
        key_column,
        key: key.get(lang).to_owned(),
        columns: column_bodies(&row.columns, row.row_count, lang),
        created_at: row.created_at.clone(),
        updated_at: row.updated_at.clone(),
    }
}

fn version_body(row: &VersionRow, lang: Lang) -> DatasetVersionBody {
    DatasetVersionBody {
        version: row.version,
        run_id: row.run_id,
        row_count: row.row_count,
        created: row.created,
        updated: row.updated,
        removed: row.removed,
        drift: row.drift.iter().map(|drift| drift.text().get(lang).to_owned()).collect(),
        columns: column_bodies(&row.columns, row.row_count, lang),
        created_at: row.created_at.clone(),
    }
}

fn column_bodies(columns: &[Column], rows: u64, lang: Lang) -> Vec<ColumnBody> {
    let percent = |filled: u64| (filled as f64 * 1000.0 / rows as f64).round() / 10.0;
    let body = |column: &Column| ColumnBody {
        name: column.name.clone(),
        kind: column.kind.word().to_owned(),
        label: column.kind.label().get(lang).to_owned(),
        filled: column.filled,
        filled_percent: (rows > 0).then(|| percent(column.filled)),
        examples: column.examples.clone(),
    };
    columns.iter().map(body).collect()
}

/// A field that only the service's description tells of.
fn described(field: &StreamField, lang: Lang) -> ColumnBody {
    let kind = match field.kind {
        ValueKind::Number => ColumnType::Number,
        ValueKind::Bool => ColumnType::Boolean,
        ValueKind::Date => ColumnType::Date,
        ValueKind::DateTime => ColumnType::DateTime,
        ValueKind::List => ColumnType::Json,
        _ => ColumnType::Text,
    };
    ColumnBody {
        name: field.name.clone(),
        kind: kind.word().to_owned(),
        label: kind.label().get(lang).to_owned(),
        filled: 0,
        filled_percent: None,
        examples: Vec::new(),
    }
}
