//! A record as it is answered.

use serde_json::{Map, Value, json};

use super::standard;
use super::state::{Object, Row, moment};

/// Which properties of records are told.
pub(super) struct Told<'a> {
    object: &'a Object,
    asked: Vec<&'a str>,
}

impl<'a> Told<'a> {
    /// What is always told and what was asked for; without a question, the usual few. Names nobody knows are
    /// dropped without a word.
    pub(super) fn new(object: &'a Object, asked: &[&str]) -> Self {
        let kept =
            ["hs_object_id", standard::created_name(&object.name), standard::modified_name(&object.name)];
        let is_told = |name: &str, is_default: bool| {
            if asked.is_empty() { is_default } else { asked.contains(&name) || kept.contains(&name) }
        };
        let told = object.properties.iter().filter(|known| is_told(&known.name, known.is_default));
        Self { object, asked: told.map(|property| property.name.as_str()).collect() }
    }

    /// The record; what is unset is `null`.
    pub(super) fn record(&self, row: &Row) -> Value {
        let told = self.asked.iter().map(|name| ((*name).to_owned(), json!(self.object.value(row, name))));
        self.with_properties(row, told.collect())
    }

    /// The record after it was written: what it holds, and nothing unset.
    pub(super) fn written(object: &'a Object, row: &Row) -> Value {
        let told = object
            .properties
            .iter()
            .filter_map(|known| Some((known.name.clone(), json!(object.value(row, &known.name)?))));
        Self { object, asked: Vec::new() }.with_properties(row, told.collect())
    }

    fn with_properties(&self, row: &Row, properties: Map<String, Value>) -> Value {
        debug_assert!(properties.len() <= self.object.properties.len());
        let mut told = json!({
            "id": row.id.to_string(), "properties": properties, "createdAt": moment(row.created),
            "updatedAt": moment(row.updated), "archived": row.archived.is_some(),
        });
        if let Some(at) = row.archived {
            told["archivedAt"] = json!(moment(at));
        }
        told
    }
}
