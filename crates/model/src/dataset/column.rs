//! A column of a dataset, as it is kept and shown.

use serde::{Deserialize, Serialize};

use crate::text::Text;

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
    /// A list, or an object deeper than columns go.
    Json,
}

impl ColumnType {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            ColumnType::Boolean => "boolean",
            ColumnType::Integer => "integer",
            ColumnType::Number => "number",
            ColumnType::Date => "date",
            ColumnType::DateTime => "date_time",
            ColumnType::Text => "text",
            ColumnType::Json => "json",
        }
    }

    /// What people call it.
    pub fn label(self) -> Text {
        match self {
            ColumnType::Boolean => Text::fixed("oui ou non", "yes or no"),
            ColumnType::Integer => Text::fixed("nombre entier", "whole number"),
            ColumnType::Number => Text::fixed("nombre", "number"),
            ColumnType::Date => Text::fixed("date", "date"),
            ColumnType::DateTime => Text::fixed("date et heure", "date and time"),
            ColumnType::Text => Text::fixed("texte", "text"),
            ColumnType::Json => Text::fixed("liste", "list"),
        }
    }
}

/// A column of a dataset.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// Its name; members of objects are told as `address.city`.
    pub name: String,
    /// What its values have in common; [`ColumnType::Text`] where no row has one.
    pub kind: ColumnType,
    /// How many rows hold a value.
    pub filled: u64,
    /// Its numbers are texts with a decimal comma.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub comma: bool,
    /// Some of its values, shortened.
    #[serde(default)]
    pub examples: Vec<String>,
}
