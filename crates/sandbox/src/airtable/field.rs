//! A field as a test describes it, before it has a place in a table.

use super::FieldType;

/// Name, type and description of a field to add.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// What records are keyed by.
    pub name: String,
    /// Type with options.
    pub kind: FieldType,
    /// Shown in the schema when there is one.
    pub description: Option<String>,
}

impl Field {
    /// A field of this name and type.
    #[must_use]
    pub fn new(name: &str, kind: FieldType) -> Self {
        Self { name: name.to_owned(), kind, description: None }
    }

    /// A single-line text.
    #[must_use]
    pub fn text(name: &str) -> Self {
        Self::new(name, FieldType::SingleLineText)
    }

    /// Describes it.
    #[must_use]
    pub fn describe(mut self, description: &str) -> Self {
        self.description = Some(description.to_owned());
        self
    }
}
