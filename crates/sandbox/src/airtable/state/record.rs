//! One record: its cells as stored and when they changed.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::Stamp;
use crate::airtable::Id;

/// A record. Cells hold canonical values: options, people and links by id; empty is `null`.
#[derive(Clone, Debug)]
pub(in crate::airtable) struct RecordState {
    pub(in crate::airtable) id: Id,
    pub(in crate::airtable) created: DateTime<Utc>,
    pub(in crate::airtable) created_by: Id,
    pub(in crate::airtable) modified: DateTime<Utc>,
    pub(in crate::airtable) modified_by: Id,
    /// Last change of single cells, for fields that watch only some.
    touched: Vec<(usize, DateTime<Utc>)>,
    cells: Vec<Value>,
    /// The record as the API shows it, with the version of the base it was made for.
    pub(in crate::airtable) cached: Option<(u64, Box<str>)>,
}

impl RecordState {
    pub(super) fn new(id: Id, stamp: Stamp) -> Self {
        Self {
            id,
            created: stamp.now,
            created_by: stamp.by,
            modified: stamp.now,
            modified_by: stamp.by,
            touched: Vec::new(),
            cells: Vec::new(),
            cached: None,
        }
    }

    pub(in crate::airtable) fn cell(&self, slot: usize) -> &Value {
        self.cells.get(slot).unwrap_or(&Value::Null)
    }

    /// Stores a cell; false if it held that value already, which Airtable does not count as a change.
    pub(super) fn set(&mut self, slot: usize, value: Value, stamp: Stamp) -> bool {
        if *self.cell(slot) == value {
            return false;
        }
        self.cached = None;
        if self.cells.len() <= slot {
            self.cells.resize(slot + 1, Value::Null);
        }
        self.cells[slot] = value;
        self.modified = stamp.now;
        self.modified_by = stamp.by;
        // A cell written together with the record needs no time of its own.
        if self.created != stamp.now {
            match self.touched.iter_mut().find(|(touched, _)| *touched == slot) {
                Some((_, when)) => *when = stamp.now,
                None => self.touched.push((slot, stamp.now)),
            }
        }
        true
    }

    /// Empties a cell without a trace, as when its field is deleted.
    pub(super) fn forget(&mut self, slot: usize) {
        self.cached = None;
        if let Some(cell) = self.cells.get_mut(slot) {
            *cell = Value::Null;
        }
    }

    /// Takes an option out of a cell without a trace.
    pub(super) fn drop_option(&mut self, slot: usize, option: Id) {
        self.cached = None;
        match self.cells.get_mut(slot) {
            Some(Value::Array(items)) => items.retain(|item| item != option.as_str()),
            Some(cell) if cell == option.as_str() => *cell = Value::Null,
            _ => {}
        }
    }

    /// Last change of these cells, or of any if none is named.
    pub(in crate::airtable) fn modified_of(&self, slots: &[usize]) -> DateTime<Utc> {
        if slots.is_empty() {
            return self.modified;
        }
        let times = self.touched.iter().filter(|(slot, _)| slots.contains(slot)).map(|(_, when)| *when);
        times.max().unwrap_or(self.created)
    }

    /// Moves the last change to a given time, for tests about order and incremental reading.
    pub(super) fn backdate(&mut self, when: DateTime<Utc>) {
        self.modified = when;
        self.cached = None;
    }
}
