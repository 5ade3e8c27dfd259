//! What a service offers: its streams and their fields.

#[cfg(not(target_arch = "wasm32"))]
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

#[cfg(not(target_arch = "wasm32"))]
use crate::status::Status;

/// A table of a service, as discovered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StreamSchema {
    /// The service's id, stable when the table is renamed.
    pub id: String,
    /// The name people see.
    pub name: String,
    /// The fields, in the service's order.
    pub fields: Vec<StreamField>,
}

impl StreamSchema {
    /// The field with that id, or with that name, compared exactly first and then without case.
    pub fn find(&self, id_or_name: &str) -> Option<&StreamField> {
        self.fields
            .iter()
            .find(|f| f.id == id_or_name)
            .or_else(|| self.fields.iter().find(|f| f.name == id_or_name))
            .or_else(|| self.fields.iter().find(|f| f.name.to_lowercase() == id_or_name.to_lowercase()))
    }
}

/// A field of a stream.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StreamField {
    /// The service's id, stable when the field is renamed.
    pub id: String,
    /// The name people see.
    pub name: String,
    /// What kind of value is read from it.
    pub kind: ValueKind,
    /// The service's own word for the type, for people and for the connector.
    pub native_type: String,
    /// Whether the connector can write it; computed fields never are.
    pub writable: bool,
    /// The labels one may choose from, where the field is a choice.
    pub options: Vec<String>,
    /// Whether writing a label that is not among the options makes it one.
    #[serde(default)]
    pub makes_options: bool,
    /// What the service itself says that an option means for a deal, by label: a stage that closes one, or its
    /// chance of being won. Nobody asks for it in the browser, where it would cost every visitor.
    #[cfg(not(target_arch = "wasm32"))]
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub stands_for: BTreeMap<String, Status>,
}

/// The kinds of value the product tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueKind {
    /// Text of any length.
    Text,
    /// A number.
    Number,
    /// Yes or no.
    Bool,
    /// A day.
    Date,
    /// An instant.
    DateTime,
    /// One option of a list.
    Choice,
    /// Several options, people, files or linked names.
    List,
    /// A person of the service.
    Person,
    /// A type the product does not read.
    Unsupported,
}
