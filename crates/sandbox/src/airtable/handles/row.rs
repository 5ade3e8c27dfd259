//! A record read back.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use crate::airtable::Id;

/// A record as the API would show it, by field name.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// `rec…`.
    pub id: Id,
    /// When it was made.
    pub created: DateTime<Utc>,
    /// When a cell that is not computed last changed.
    pub modified: DateTime<Utc>,
    /// Cells that are not empty.
    pub fields: Map<String, Value>,
}

impl Row {
    /// A cell; `null` when empty.
    #[must_use]
    pub fn get(&self, field: &str) -> &Value {
        self.fields.get(field).unwrap_or(&Value::Null)
    }
}
