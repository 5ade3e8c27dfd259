//! Which properties are read, and a record made of their texts.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use chrono_tz::Tz;
use model::{Record, StreamField, Value};

use super::decode::decode;
use super::moment;
use super::schema::{Column, Holds, Object};
use super::wire::{RawLinks, RawRecord};
use crate::common::ahead::Identified;

/// The columns that are read.
pub(super) struct Columns {
    own: Vec<Column>,
    by_name: HashMap<String, usize>,
    /// Those that name associated records, and their types.
    pub(super) linked: Vec<(Column, &'static str)>,
    zone: Tz,
}

/// A record on its way: what it is associated with is not named yet.
pub(super) struct Row {
    pub(super) record: Record,
    /// Ids of associated records by type; `None` where the record shows only some of them.
    pub(super) links: HashMap<String, Option<Vec<String>>>,
    /// A property that was asked for and is not in the answer.
    pub(super) left_out: Option<String>,
}

impl Identified for Row {
    fn id(&self) -> &str {
        &self.record.id
    }
}

impl Columns {
    /// # Errors
    /// The id of a field that the type does not have.
    pub(super) fn of(object: &Object, fields: &[StreamField]) -> Result<Columns, String> {
        let mut columns = Columns {
            own: Vec::with_capacity(fields.len()),
            by_name: HashMap::with_capacity(fields.len()),
            linked: Vec::new(),
            zone: object.zone,
        };
        for field in fields {
            let column = object.column(&field.id).ok_or_else(|| field.id.clone())?.clone();
            if let Holds::Links(to) = column.holds {
                columns.linked.push((column, to));
            } else {
                columns.by_name.insert(column.key.to_string(), columns.own.len());
                columns.own.push(column);
            }
        }
        Ok(columns)
    }

    /// The same type of object, of which only associations are read.
    pub(super) fn without_values(&self) -> Columns {
        Columns { own: Vec::new(), by_name: HashMap::new(), linked: self.linked.clone(), zone: self.zone }
    }

    /// The properties to ask for.
    pub(super) fn asked(&self) -> Vec<String> {
        self.own.iter().map(|column| column.key.to_string()).collect()
    }

    /// The types of associated records to ask for.
    pub(super) fn links(&self) -> Vec<&'static str> {
        self.linked.iter().map(|(_, to)| *to).collect()
    }

    /// The record an answer tells of.
    pub(super) fn row(&self, raw: &RawRecord) -> Row {
        let mut values: Vec<Option<Value>> = vec![None; self.own.len()];
        for (name, cell) in &raw.properties.0 {
            if let Some(place) = self.by_name.get(name.as_ref())
                && let (Some(value), Some(column)) = (values.get_mut(*place), self.own.get(*place))
            {
                *value = Some(decode(column, cell, self.zone));
            }
        }
        let told = self.own.iter().zip(&values);
        let left_out =
            told.into_iter().find(|(_, value)| value.is_none()).map(|(column, _)| column.key.to_string());
        let fields: BTreeMap<_, _> = self
            .own
            .iter()
            .zip(values)
            .map(|(column, value)| (Arc::clone(&column.key), value.unwrap_or(Value::Empty)))
            .collect();
        let ids = |links: &RawLinks| {
            // A record stands there once for each kind of association.
            let mut seen = HashSet::new();
            let each = links.results.iter().filter(|link| seen.insert(&link.id));
            let all: Vec<String> = each.map(|link| link.id.clone()).collect();
            links.paging.is_none().then_some(all)
        };
        let links = raw.associations.iter().map(|(to, links)| (to.clone(), ids(links))).collect();
        let modified_at = raw.updated_at.as_deref().and_then(moment::instant);
        Row { record: Record { id: raw.id.as_ref().to_owned(), modified_at, fields }, links, left_out }
    }
}
