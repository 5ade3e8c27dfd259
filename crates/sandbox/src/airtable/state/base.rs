//! A base: its tables, and the changes that touch more than one of them.
//!
//! Links are kept on both sides here; everything that changes a record goes through `create`,
//! `write` and `delete`.

use std::collections::BTreeSet;

use chrono::{DateTime, SubsecRound, Utc};
use serde_json::{Value, json};

use super::{Column, RecordState, TableState, Webhook};
use crate::airtable::field_type::Link;
use crate::airtable::formula;
use crate::airtable::{Field, FieldType, Id};

/// Who changes something, and when.
#[derive(Clone, Copy, Debug)]
pub(in crate::airtable) struct Stamp {
    pub(in crate::airtable) now: DateTime<Utc>,
    pub(in crate::airtable) by: Id,
}

impl Stamp {
    /// Airtable keeps times to the millisecond.
    pub(in crate::airtable) fn new(now: DateTime<Utc>, by: Id) -> Self {
        Self { now: now.trunc_subsecs(3), by }
    }
}

/// A base.
#[derive(Debug)]
pub(in crate::airtable) struct BaseState {
    pub(in crate::airtable) id: Id,
    pub(in crate::airtable) name: String,
    pub(in crate::airtable) tables: Vec<TableState>,
    /// Grows with every change of records or schema.
    pub(in crate::airtable) version: u64,
    /// Grows with every change of the schema.
    pub(in crate::airtable) schema_version: u64,
    pub(in crate::airtable) webhooks: Vec<Webhook>,
    /// Tables whose records changed, of which nobody was told yet.
    pub(in crate::airtable) touched: BTreeSet<Id>,
}

impl BaseState {
    pub(in crate::airtable) fn new(id: Id, name: &str) -> Self {
        Self {
            id,
            name: name.to_owned(),
            tables: Vec::new(),
            version: 0,
            schema_version: 0,
            webhooks: Vec::new(),
            touched: BTreeSet::new(),
        }
    }

    /// The table addressed by a name or an id.
    pub(in crate::airtable) fn table(&self, key: &str) -> Option<&TableState> {
        self.tables.iter().find(|table| table.is(key))
    }

    pub(in crate::airtable) fn by_id(&self, id: Id) -> Option<&TableState> {
        self.tables.iter().find(|table| table.id == id)
    }

    pub(in crate::airtable) fn by_id_mut(&mut self, id: Id) -> Option<&mut TableState> {
        self.tables.iter_mut().find(|table| table.id == id)
    }

    /// Notes a change of the schema and recompiles what depends on it.
    pub(in crate::airtable) fn schema_changed(&mut self) {
        self.version += 1;
        self.schema_version += 1;
        self.tables.iter_mut().for_each(TableState::compile);
    }

    pub(in crate::airtable) fn add_table(&mut self, name: &str, description: Option<String>) -> Id {
        // Ids follow from names, so that the same base always has the same ids.
        let id = Id::named(*b"tbl", &format!("{}/{}/{name}", self.id, self.schema_version));
        self.tables.push(TableState::new(id, name, description));
        self.schema_changed();
        id
    }

    /// Adds a field, and for a link its inverse on the other side.
    pub(in crate::airtable) fn add_field(&mut self, table: Id, field: Field) -> Option<Id> {
        let link = match field.kind {
            FieldType::MultipleRecordLinks(link) => Some(link),
            _ => None,
        };
        let id = self.place_field(table, field)?;
        if let Some(link) = link.filter(|link| link.inverse.is_none() && link.table != table) {
            self.add_inverse(table, id, link);
        }
        self.schema_changed();
        Some(id)
    }

    fn place_field(&mut self, table: Id, field: Field) -> Option<Id> {
        let version = self.schema_version;
        let table = self.by_id_mut(table)?;
        let mut id = Id::named(*b"fld", &format!("{}/{version}/{}", table.id, field.name));
        if table.slot(id.as_str()).is_some() {
            // Only a field deleted and re-made within one change of the schema could come here.
            id = Id::named(*b"fld", id.as_str());
        }
        let mut column = Column::new(id, field);
        if let Some(source) = column.source_mut() {
            *source = formula::with_ids(source, |key| Some(table.column(table.slot(key)?)?.id));
        }
        table.push_column(column);
        Some(id)
    }

    fn add_inverse(&mut self, table: Id, field: Id, link: Link) {
        let Some(own_name) = self.by_id(table).map(|table| table.name.clone()) else {
            return;
        };
        let Some(other) = self.by_id(link.table) else {
            return;
        };
        let free = (1..).map(|n| if n == 1 { own_name.clone() } else { format!("{own_name} {n}") });
        let name = free.into_iter().find(|name| other.slot(name).is_none()).unwrap_or(own_name);
        let back = FieldType::MultipleRecordLinks(Link { table, inverse: Some(field), single: false });
        let inverse = self.place_field(link.table, Field::new(&name, back));
        if let Some(FieldType::MultipleRecordLinks(own)) = self.kind_mut(table, field) {
            own.inverse = inverse;
        }
    }

    fn kind_mut(&mut self, table: Id, field: Id) -> Option<&mut FieldType> {
        let table = self.by_id_mut(table)?;
        let slot = table.slot(field.as_str())?;
        Some(&mut table.column_mut(slot)?.kind)
    }

    /// Deletes a field; the other side of a link goes with it.
    pub(in crate::airtable) fn delete_field(&mut self, table: Id, key: &str) -> Option<()> {
        let owner = self.by_id_mut(table)?;
        let column = owner.remove_column(owner.slot(key)?)?;
        if let FieldType::MultipleRecordLinks(Link { table, inverse: Some(inverse), .. }) = column.kind
            && let Some(other) = self.by_id_mut(table)
            && let Some(slot) = other.slot(inverse.as_str())
        {
            other.remove_column(slot);
        }
        self.schema_changed();
        Some(())
    }

    /// Gives a field another type and empties its cells.
    pub(in crate::airtable) fn retype(&mut self, table: Id, key: &str, kind: FieldType) -> Option<()> {
        let table = self.by_id_mut(table)?;
        let slot = table.slot(key)?;
        table.column_mut(slot)?.kind = kind;
        table.records_mut().for_each(|record| record.forget(slot));
        self.schema_changed();
        Some(())
    }

    /// Deletes an option and takes it out of all cells.
    pub(in crate::airtable) fn delete_option(&mut self, table: Id, key: &str, option: &str) -> Option<()> {
        let table = self.by_id_mut(table)?;
        let slot = table.slot(key)?;
        let choices = table.column_mut(slot)?.kind.choices_mut()?;
        let gone = choices.remove(choices.iter().position(|choice| choice.name == option)?);
        table.records_mut().for_each(|record| record.drop_option(slot, gone.id));
        self.schema_changed();
        Some(())
    }

    /// Adds a record with these cells.
    pub(in crate::airtable) fn create(
        &mut self,
        table: Id,
        id: Id,
        cells: Vec<(usize, Value)>,
        stamp: Stamp,
    ) -> Option<()> {
        let owner = self.by_id_mut(table)?;
        let number = owner.push(RecordState::new(id, stamp));
        let auto: Vec<usize> =
            owner.columns().filter(|(_, c)| c.kind == FieldType::AutoNumber).map(|(slot, _)| slot).collect();
        let numbers = auto.into_iter().map(|slot| (slot, json!(number)));
        self.touched.insert(table);
        self.write(table, id, numbers.chain(cells), stamp)
    }

    /// Changes cells of a record, and the other side of its links.
    pub(in crate::airtable) fn write(
        &mut self,
        table: Id,
        id: Id,
        cells: impl IntoIterator<Item = (usize, Value)>,
        stamp: Stamp,
    ) -> Option<()> {
        self.version += 1;
        let owner = self.by_id_mut(table)?;
        let (mut mirrored, mut is_other) = (Vec::new(), false);
        for (slot, value) in cells {
            if let FieldType::MultipleRecordLinks(link) = &owner.column(slot)?.kind {
                let before = linked(owner.get(id)?.cell(slot));
                mirrored.push((*link, before, linked(&value)));
            }
            is_other |= owner.get_mut(id)?.set(slot, value, stamp);
        }
        if is_other {
            self.touched.insert(table);
        }
        for (link, before, after) in mirrored {
            for gone in before.iter().filter(|other| !after.contains(other)) {
                self.mirror(link, *gone, stamp, |ids| ids.retain(|known| *known != id));
            }
            for new in after.iter().filter(|other| !before.contains(other)) {
                self.mirror(link, *new, stamp, |ids| ids.push(id));
            }
        }
        Some(())
    }

    /// Deletes a record and the links to it.
    pub(in crate::airtable) fn delete(&mut self, table: Id, id: Id, stamp: Stamp) -> Option<()> {
        let owner = self.by_id(table)?;
        owner.get(id)?;
        let links: Vec<(usize, Value)> = owner
            .columns()
            .filter(|(_, column)| matches!(column.kind, FieldType::MultipleRecordLinks(_)))
            .map(|(slot, _)| (slot, Value::Null))
            .collect();
        self.write(table, id, links, stamp)?;
        self.touched.insert(table);
        self.by_id_mut(table)?.remove(id).map(|_| ())
    }

    /// Moves a record's last change to a given time.
    pub(in crate::airtable) fn backdate(&mut self, table: Id, id: Id, when: DateTime<Utc>) -> Option<()> {
        self.version += 1;
        self.by_id_mut(table)?.get_mut(id)?.backdate(when.trunc_subsecs(3));
        Some(())
    }

    fn mirror(
        &mut self,
        link: Link,
        other: Id,
        stamp: Stamp,
        change: impl FnOnce(&mut Vec<Id>),
    ) -> Option<()> {
        let table = self.by_id_mut(link.table)?;
        let slot = table.slot(link.inverse?.as_str())?;
        let record = table.get_mut(other)?;
        let mut ids = linked(record.cell(slot));
        change(&mut ids);
        record.set(slot, links(&ids), stamp);
        self.touched.insert(link.table);
        Some(())
    }
}

/// The ids in a link cell.
pub(in crate::airtable) fn linked(cell: &Value) -> Vec<Id> {
    let items = cell.as_array().map(Vec::as_slice).unwrap_or_default();
    items.iter().filter_map(|item| Id::parse(item.as_str()?)).collect()
}

fn links(ids: &[Id]) -> Value {
    if ids.is_empty() { Value::Null } else { json!(ids) }
}
