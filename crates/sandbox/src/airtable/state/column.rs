//! A field in its place in a table.

use crate::airtable::formula::{self, Formula};
use crate::airtable::{Field, FieldType, Id};

/// A field with its id and, for formulas and rollups, its compiled formula.
#[derive(Clone, Debug)]
pub(in crate::airtable) struct Column {
    pub(in crate::airtable) id: Id,
    pub(in crate::airtable) name: String,
    pub(in crate::airtable) kind: FieldType,
    pub(in crate::airtable) description: Option<String>,
    /// `None` when there is no formula, or none that can be evaluated.
    pub(in crate::airtable) formula: Option<Formula>,
}

impl Column {
    pub(in crate::airtable) fn new(id: Id, field: Field) -> Self {
        Self { id, name: field.name, kind: field.kind, description: field.description, formula: None }
    }

    /// Whether this is the field addressed by a name or an id.
    pub(in crate::airtable) fn is(&self, key: &str) -> bool {
        self.name == key || self.id == *key
    }

    /// The formula source, with fields as ids.
    pub(in crate::airtable) fn source_mut(&mut self) -> Option<&mut String> {
        match &mut self.kind {
            FieldType::Formula { source } | FieldType::Rollup { source, .. } => Some(source),
            _ => None,
        }
    }

    pub(in crate::airtable) fn compile(&mut self, resolve: impl Fn(&str) -> Option<usize>) {
        self.formula = match self.source_mut() {
            Some(source) => formula::parse(source).and_then(|formula| formula.bind(resolve)).ok(),
            None => None,
        };
    }

    /// Whether its values come from a formula.
    pub(super) fn has_source(&self) -> bool {
        matches!(self.kind, FieldType::Formula { .. } | FieldType::Rollup { .. })
    }
}
