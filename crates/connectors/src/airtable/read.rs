//! Which columns of a table are read, and how its records become those of the product.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use model::record::FieldKey;
use model::{Record, StreamField, Value};

use super::cell::{Cell, RawRecord};
use super::query::Query;
use super::schema::{self, Column, Table};
use super::{decode, moment};

/// Which columns are read, and how an answer's cells find theirs.
pub(super) struct Columns {
    pub(super) asked: Vec<Column>,
    /// The column that says when a record was modified, asked for or not.
    modified: Option<Column>,
    by_key: HashMap<String, usize>,
    /// What a record holds of which nothing is told.
    empty: Vec<Value>,
}

impl Columns {
    /// The columns of these fields. A field the table does not have is asked for all the same: the
    /// service then names it.
    pub(super) fn of(table: &Table, fields: &[StreamField]) -> Columns {
        let asked: Vec<Column> = fields.iter().filter_map(|field| table.column(&field.id).cloned()).collect();
        let modified = table.modified_column().cloned();
        let by_key = schema::by_key(&asked);
        let empty = asked.iter().map(decode::left_out).collect();
        Columns { asked, modified, by_key, empty }
    }

    /// What to ask for: the fields, and when they were modified.
    pub(super) fn query(&self, fields: &[StreamField]) -> Query {
        let mut ids: Vec<FieldKey> = fields.iter().map(|field| FieldKey::from(field.id.as_str())).collect();
        if let Some(modified) = &self.modified
            && !ids.contains(&modified.id)
        {
            ids.push(Arc::clone(&modified.id));
        }
        Query { fields: ids, formula: None }
    }

    /// The record an answer tells of.
    pub(super) fn record(&self, raw: &RawRecord) -> Record {
        let mut values = self.empty.clone();
        let mut modified_at = None;
        for (key, cell) in &raw.fields.0 {
            if let Some(index) = self.by_key.get(key.as_ref())
                && let (Some(value), Some(column)) = (values.get_mut(*index), self.asked.get(*index))
            {
                *value = decode::decode(column, cell);
            }
            if let Some(modified) = &self.modified
                && (*key == *modified.id || *key == modified.name)
            {
                modified_at = instant(cell);
            }
        }
        let keys = self.asked.iter().map(|column| Arc::clone(&column.id));
        Record { id: raw.id.as_ref().to_owned(), modified_at, fields: keys.zip(values).collect() }
    }
}

fn instant(cell: &Cell) -> Option<DateTime<Utc>> {
    match cell {
        Cell::Text(text) => Some(moment::instant(text, schema::Zone::Readers)?.to_utc()),
        _ => None,
    }
}
