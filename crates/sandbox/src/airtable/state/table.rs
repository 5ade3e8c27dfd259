//! A table: columns, views, and records in the order they were made.

use std::collections::{BTreeMap, HashMap};

use super::{Column, RecordState};
use crate::airtable::formula::Formula;
use crate::airtable::{FieldType, Id};

/// A view: a filter and an order under a name.
#[derive(Clone, Debug)]
pub(in crate::airtable) struct View {
    pub(in crate::airtable) id: Id,
    pub(in crate::airtable) name: String,
    pub(in crate::airtable) filter: Option<Formula>,
    /// Column and whether it descends.
    pub(in crate::airtable) sort: Vec<(usize, bool)>,
}

/// A table. A column's slot never changes and is never used again, so that records, compiled
/// formulas and views can refer to it whatever is renamed or deleted.
#[derive(Debug)]
pub(in crate::airtable) struct TableState {
    pub(in crate::airtable) id: Id,
    pub(in crate::airtable) name: String,
    pub(in crate::airtable) description: Option<String>,
    columns: Vec<Option<Column>>,
    pub(in crate::airtable) views: Vec<View>,
    records: BTreeMap<u64, RecordState>,
    by_id: HashMap<Id, u64>,
    next: u64,
}

impl TableState {
    pub(super) fn new(id: Id, name: &str, description: Option<String>) -> Self {
        let grid = Id::named(*b"viw", id.as_str());
        Self {
            id,
            name: name.to_owned(),
            description,
            columns: Vec::new(),
            views: vec![View { id: grid, name: "Grid view".into(), filter: None, sort: Vec::new() }],
            records: BTreeMap::new(),
            by_id: HashMap::new(),
            next: 1,
        }
    }

    /// Whether this is the table addressed by a name or an id.
    pub(in crate::airtable) fn is(&self, key: &str) -> bool {
        self.name == key || self.id == *key
    }

    pub(in crate::airtable) fn columns(&self) -> impl Iterator<Item = (usize, &Column)> {
        self.columns.iter().enumerate().filter_map(|(slot, column)| Some((slot, column.as_ref()?)))
    }

    pub(in crate::airtable) fn column(&self, slot: usize) -> Option<&Column> {
        self.columns.get(slot)?.as_ref()
    }

    pub(in crate::airtable) fn column_mut(&mut self, slot: usize) -> Option<&mut Column> {
        self.columns.get_mut(slot)?.as_mut()
    }

    /// The slot of a field addressed by a name or an id.
    pub(in crate::airtable) fn slot(&self, key: &str) -> Option<usize> {
        self.columns().find(|(_, column)| column.is(key)).map(|(slot, _)| slot)
    }

    /// The first field stands for the record.
    pub(in crate::airtable) fn primary(&self) -> Option<(usize, &Column)> {
        self.columns().next()
    }

    pub(in crate::airtable) fn view(&self, key: &str) -> Option<&View> {
        self.views.iter().find(|view| view.name == key || view.id == *key)
    }

    pub(super) fn push_column(&mut self, column: Column) -> usize {
        self.columns.push(Some(column));
        self.columns.len() - 1
    }

    pub(super) fn remove_column(&mut self, slot: usize) -> Option<Column> {
        let column = self.columns.get_mut(slot)?.take();
        self.records.values_mut().for_each(|record| record.forget(slot));
        column
    }

    /// Compiles formulas anew after the columns have changed.
    pub(super) fn compile(&mut self) {
        let slots: Vec<(usize, Id, String)> =
            self.columns().map(|(slot, column)| (slot, column.id, column.name.clone())).collect();
        let resolve =
            |key: &str| slots.iter().find(|(_, id, name)| *id == *key || name == key).map(|(slot, ..)| *slot);
        for column in self.columns.iter_mut().flatten() {
            column.compile(resolve);
        }
    }

    /// Whether a record's JSON depends on that record alone, so that it can be kept.
    pub(in crate::airtable) fn is_local(&self) -> bool {
        let reads_others = |slot: usize| {
            self.column(slot).is_some_and(|column| {
                matches!(
                    column.kind,
                    FieldType::MultipleRecordLinks(_)
                        | FieldType::Rollup { .. }
                        | FieldType::MultipleLookupValues { .. }
                        | FieldType::Formula { .. }
                )
            })
        };
        self.columns().all(|(_, column)| match (&column.kind, &column.formula) {
            (FieldType::Rollup { .. } | FieldType::MultipleLookupValues { .. }, _) => false,
            (_, Some(formula)) => !formula.is_volatile() && !formula.columns().into_iter().any(reads_others),
            _ => true,
        })
    }

    pub(in crate::airtable) fn len(&self) -> usize {
        self.records.len()
    }

    pub(in crate::airtable) fn has(&self, id: Id) -> bool {
        self.by_id.contains_key(&id)
    }

    pub(in crate::airtable) fn get(&self, id: Id) -> Option<&RecordState> {
        self.records.get(self.by_id.get(&id)?)
    }

    pub(in crate::airtable) fn at(&self, place: u64) -> Option<&RecordState> {
        self.records.get(&place)
    }

    /// Records from a place on, in the order they were made.
    pub(in crate::airtable) fn from(&self, place: u64) -> impl Iterator<Item = (u64, &RecordState)> {
        self.records.range(place..).map(|(place, record)| (*place, record))
    }

    pub(in crate::airtable) fn get_mut(&mut self, id: Id) -> Option<&mut RecordState> {
        self.records.get_mut(self.by_id.get(&id)?)
    }

    pub(super) fn records_mut(&mut self) -> impl Iterator<Item = &mut RecordState> {
        self.records.values_mut()
    }

    /// Appends a record and returns its running number, from 1.
    pub(super) fn push(&mut self, record: RecordState) -> u64 {
        let place = self.next;
        self.next += 1;
        self.by_id.insert(record.id, place);
        self.records.insert(place, record);
        place
    }

    pub(super) fn remove(&mut self, id: Id) -> Option<RecordState> {
        self.records.remove(&self.by_id.remove(&id)?)
    }
}
