//! Datasets: rows of any shape, with the types that their values show.

use serde::{Deserialize, Serialize};

/// One row of anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The service's id of it, where the service says so.
    pub id: Option<String>,
    /// A JSON object, as it came.
    pub content: String,
}

/// What the values of a column have in common. A value that does not fit widens the type and is kept as it
/// came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnType {
    /// Yes or no.
    Boolean,
    /// A whole number of at most 64 bits.
    Integer,
    /// A number.
    Number,
    /// A day.
    Date,
    /// An instant.
    DateTime,
    /// Text.
    Text,
    /// A list or an object.
    Json,
}
