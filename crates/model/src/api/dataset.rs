//! Bodies of datasets.

use serde::Serialize;
use serde_json::value::RawValue;

/// A dataset as it stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DatasetBody {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The connection it comes from.
    pub provider: String,
    /// The version that is shown; 0 before the first.
    pub version: i64,
    /// How many rows it has.
    pub row_count: u64,
    /// What tells its rows apart: a column's name; `null` when it is the service's id or nothing but their
    /// position.
    pub key_column: Option<String>,
    /// What tells its rows apart, in words.
    pub key: String,
    /// Its columns.
    pub columns: Vec<ColumnBody>,
    /// RFC 3339, UTC.
    pub created_at: String,
    /// When its version moved on; RFC 3339, UTC.
    pub updated_at: String,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ColumnBody {
    /// Its name; members of objects are told as `address.city`.
    pub name: String,
    /// `boolean`, `integer`, `number`, `date`, `date_time`, `text` or `json`.
    #[serde(rename = "type")]
    pub kind: String,
    /// What people call its type.
    pub label: String,
    /// How many rows hold a value.
    pub filled: u64,
    /// Their share, 0 to 100; `null` when there is no row.
    pub filled_percent: Option<f64>,
    /// Some of its values, shortened.
    pub examples: Vec<String>,
}

/// A version.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DatasetVersionBody {
    /// Its number, from 1.
    pub version: i64,
    /// The run that made it.
    pub run_id: i64,
    /// How many rows it has.
    pub row_count: u64,
    /// Rows that the version before did not have.
    pub created: u64,
    /// Rows that changed.
    pub updated: u64,
    /// Rows that only the version before has.
    pub removed: u64,
    /// How its columns differ from those of the version before.
    pub drift: Vec<String>,
    /// Its columns.
    pub columns: Vec<ColumnBody>,
    /// RFC 3339, UTC.
    pub created_at: String,
}

/// A row.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DatasetRowBody {
    /// What tells it apart.
    pub key: String,
    /// The row as it came.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub content: Box<RawValue>,
}

/// A row that differs between a version and the one before.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DatasetDifferenceBody {
    /// What tells it apart.
    pub key: String,
    /// `created`, `updated` or `removed`.
    pub change: String,
    /// What the version before holds.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub before: Option<Box<RawValue>>,
    /// What the version holds.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub after: Option<Box<RawValue>>,
}

/// What a connection's rows look like.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SchemaBody {
    /// The dataset that shows it; `null` where there is none and only the service's own description is known.
    pub dataset_id: Option<i64>,
    /// How many rows it has.
    pub row_count: u64,
    /// The columns; none before the first test or sync.
    pub columns: Vec<ColumnBody>,
}
