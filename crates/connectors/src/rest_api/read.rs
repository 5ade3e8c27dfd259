//! Rows as records: an id, and the values of the columns that are asked for.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use model::dataset::Row;
use model::{FieldKey, Record, StreamField, Value, ValueKind};
use serde_json::{Map, Value as Json};

use super::columns;
use super::find;
use super::key;
use super::path::Path;
use super::texts;
use crate::error::Result;

/// The columns that are read.
pub(super) struct Columns<'a> {
    fields: Vec<(FieldKey, ValueKind)>,
    /// The column that says when a row was modified.
    modified: Option<&'a Path>,
}

impl<'a> Columns<'a> {
    pub(super) fn new(fields: &[StreamField], modified: Option<&'a Path>) -> Columns<'a> {
        let fields = fields.iter().map(|field| (Arc::from(field.id.as_str()), field.kind)).collect();
        Columns { fields, modified }
    }

    /// # Errors
    /// The row has no id: `InvalidSettings` where no column could be one.
    pub(super) fn record(&self, row: &Row, has_key: bool) -> Result<Record> {
        let missing = if has_key { texts::no_id } else { texts::no_key };
        let id = row.id.clone().ok_or_else(missing)?;
        let object = object(&row.content);
        let held: HashMap<String, &Json> = columns::flatten(&object).into_iter().collect();
        let value = |(name, kind): &(FieldKey, ValueKind)| {
            let value = held.get(&**name).map_or(Value::Empty, |json| columns::value(json, *kind));
            (Arc::clone(name), value)
        };
        let fields: BTreeMap<FieldKey, Value> = self.fields.iter().map(value).collect();
        Ok(Record { id, modified_at: self.modified_at(&row.content), fields })
    }

    fn modified_at(&self, content: &str) -> Option<DateTime<Utc>> {
        let members = key::members(content);
        let text = key::raw(&members, self.modified?).and_then(find::plain)?;
        DateTime::parse_from_rfc3339(&text).ok().map(|moment| moment.to_utc())
    }
}

/// A row as an object; rows are objects by the time they are here.
pub(super) fn object(content: &str) -> Map<String, Json> {
    serde_json::from_str(content).unwrap_or_default()
}
