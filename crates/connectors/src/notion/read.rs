//! Which properties are read, and what of a row is still to be asked for.

use std::collections::BTreeMap;
use std::sync::Arc;

use model::record::FieldKey;
use model::{Record, StreamField, Value};

use super::api::Query;
use super::decode::{self, Held, INLINE};
use super::moment;
use super::page::RawPage;
use super::schema::{Holds, Property, Source};
use crate::common::ahead::Identified;
use crate::common::cell::{Cell, Cells};

/// The properties that are read.
pub(super) struct Columns(Vec<Property>);

/// A row, and what the answer left out of it.
pub(super) struct Row {
    pub(super) record: Record,
    /// Values that are not in the record yet.
    pub(super) open: Vec<Open>,
    /// The name of a property that was asked for and is not there.
    pub(super) lacks: Option<String>,
}

/// A value that needs further requests.
pub(super) struct Open {
    pub(super) key: FieldKey,
    pub(super) native_type: String,
    pub(super) held: Held,
}

impl Identified for Row {
    fn id(&self) -> &str {
        &self.record.id
    }
}

impl Columns {
    /// The properties of these fields.
    ///
    /// # Errors
    /// The name of a field that the source does not have.
    pub(super) fn of(source: &Source, fields: &[StreamField]) -> Result<Columns, String> {
        let property = |field: &StreamField| source.property(&field.id).cloned().ok_or(field.name.clone());
        fields.iter().map(property).collect::<Result<Vec<_>, _>>().map(Columns)
    }

    /// What to ask for. A rollup comes with its relation, which tells whether it is over all pages.
    pub(super) fn query(&self) -> Query {
        let mut properties: Vec<String> = Vec::new();
        for property in &self.0 {
            for id in [Some(&property.id), relation_of(property)].into_iter().flatten() {
                if !properties.iter().any(|known| **known == **id) {
                    properties.push(id.to_string());
                }
            }
        }
        Query { properties, created_since: None }
    }

    /// The row an answer tells of.
    pub(super) fn row(&self, raw: &RawPage) -> Row {
        let mut fields = BTreeMap::new();
        let (mut open, mut lacks) = (Vec::new(), None);
        for property in &self.0 {
            let Some(members) = raw.value(&property.id) else {
                lacks = Some(property.name.clone());
                continue;
            };
            let mut held = decode::decode(property, members);
            let over = relation_of(property).and_then(|relation| raw.value(relation));
            held.whole &= !over.is_some_and(has_more);
            if held.whole && held.pages.is_empty() {
                fields.insert(Arc::clone(&property.id), held.value);
            } else {
                let (key, native_type) = (Arc::clone(&property.id), property.native_type.clone());
                // Never taken for the value, should the rest not come.
                fields.insert(Arc::clone(&key), Value::Unreadable(native_type.clone()));
                open.push(Open { key, native_type, held });
            }
        }
        let modified_at = moment::utc(&raw.last_edited_time);
        Row { record: Record { id: raw.id.as_ref().to_owned(), modified_at, fields }, open, lacks }
    }
}

fn relation_of(property: &Property) -> Option<&FieldKey> {
    match &property.holds {
        Holds::Rollup { relation, .. } => relation.as_ref(),
        _ => None,
    }
}

/// Whether a relation leads to more pages than the answer shows.
fn has_more(relation: &Cells) -> bool {
    let full = |cell: &Cell| matches!(cell, Cell::List(pages) if pages.len() >= INLINE);
    relation.get("has_more") == Some(&Cell::Bool(true)) || relation.get("relation").is_some_and(full)
}
