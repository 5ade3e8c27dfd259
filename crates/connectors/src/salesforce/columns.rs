//! Which fields are read, how they are asked for, and a record made of them.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use model::record::FieldKey;
use model::{Record, StreamField, Value};

use super::decode::{decode, unread};
use super::moment;
use super::schema::{Column, Holds, Object};
use crate::common::cell::Cells;

/// The fields that are read.
pub(super) struct Columns {
    pub(super) object: String,
    asked: Vec<Column>,
    /// Their places, by their keys.
    places: HashMap<FieldKey, usize>,
    modified: Option<Column>,
}

/// What is asked for, in two ways: an address does not hold every field of a large object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    /// In the query.
    pub(super) in_query: Vec<String>,
    /// By the ids of what the query found.
    pub(super) besides: Vec<String>,
}

impl Columns {
    /// # Errors
    /// The id of a field that the object does not have.
    pub(super) fn of(object: &Object, fields: &[StreamField]) -> Result<Columns, String> {
        let column = |field: &StreamField| object.column(&field.id).cloned().ok_or(field.id.clone());
        let asked = fields.iter().map(column).collect::<Result<Vec<_>, _>>()?;
        let places =
            asked.iter().enumerate().map(|(place, column)| (Arc::clone(&column.key), place)).collect();
        let (object, modified) = (object.name.clone(), object.modified().cloned());
        Ok(Columns { object, asked, places, modified })
    }

    /// What to ask for; the fields of a query are `room` bytes at most. Linked records are reached by
    /// queries only, so they come first.
    pub(super) fn asked(&self, room: usize) -> Asked {
        let is_link = |column: &&Column| matches!(column.holds, Holds::Link(_));
        let read = || self.asked.iter().filter(|column| column.holds != Holds::Other);
        let mut names = vec!["Id".to_owned()];
        let mut add = |name: &str| {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        };
        self.modified.iter().for_each(|column| add(&column.key));
        for column in read().filter(is_link).chain(read().filter(|column| !is_link(column))) {
            if let Holds::Link(link) = &column.holds {
                add(&link.path());
            }
            add(&column.key);
        }
        let mut asked = Asked { in_query: Vec::new(), besides: Vec::new() };
        let mut length = 0;
        for name in names {
            // A comma is written as three letters in an address.
            length += name.len() + 3;
            if length <= room { asked.in_query.push(name) } else { asked.besides.push(name) }
        }
        asked
    }

    /// The record an answer tells of. What is asked for besides is not known yet.
    pub(super) fn record(&self, cells: &Cells) -> Record {
        let told = self.modified.as_ref().and_then(|column| cells.text(&column.key));
        let mut fields: BTreeMap<FieldKey, Value> =
            self.asked.iter().map(|column| (Arc::clone(&column.key), unread(column))).collect();
        fields.extend(self.told(cells));
        Record {
            id: cells.text("Id").unwrap_or_default().to_owned(),
            modified_at: told.and_then(moment::read).map(|at| at.to_utc()),
            fields,
        }
    }

    /// The values an answer tells of.
    pub(super) fn told(&self, cells: &Cells) -> Vec<(FieldKey, Value)> {
        let column = |key: &str| self.places.get(key).and_then(|place| self.asked.get(*place));
        let told = cells.0.iter().filter_map(|(key, cell)| {
            let column = column(key)?;
            Some((Arc::clone(&column.key), decode(column, cell, cells)))
        });
        told.collect()
    }
}
