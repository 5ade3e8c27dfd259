//! A page read back.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use crate::notion::Id;

/// A page by property name, in plain values and as the API shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its id.
    pub id: Id,
    /// When it was made, not rounded.
    pub created: DateTime<Utc>,
    /// When it was last edited, not rounded.
    pub edited: DateTime<Utc>,
    /// Whether it lies in the trash.
    pub in_trash: bool,
    /// Texts, numbers, names and ids; empty cells are `null`.
    pub fields: Map<String, Value>,
    /// The page object of the API.
    pub page: Value,
}

impl Row {
    /// A plain value; `null` when empty.
    #[must_use]
    pub fn get(&self, property: &str) -> &Value {
        self.fields.get(property).unwrap_or(&Value::Null)
    }
}
