//! A page: one row of a data source.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use crate::notion::Id;

/// Who did something when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::notion) struct Stamp {
    pub(in crate::notion) at: DateTime<Utc>,
    pub(in crate::notion) by: Id,
}

/// A row. Cells are keyed by property id and kept as their types keep them, see `accept`.
#[derive(Clone, Debug)]
pub(in crate::notion) struct PageState {
    pub(in crate::notion) id: Id,
    /// Running number in its data source, from 1.
    pub(in crate::notion) number: u64,
    pub(in crate::notion) created: Stamp,
    pub(in crate::notion) edited: Stamp,
    pub(in crate::notion) in_trash: bool,
    pub(in crate::notion) cells: Map<String, Value>,
}

impl PageState {
    /// A cell; `null` when empty.
    pub(in crate::notion) fn cell(&self, property: &str) -> &Value {
        self.cells.get(property).unwrap_or(&Value::Null)
    }
}
