//! A table seen from the inside: what a person could do in the interface while a client reads.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use super::Row;
use crate::airtable::accept::{Draft, Wanted};
use crate::airtable::api::make;
use crate::airtable::formula;
use crate::airtable::render::{self, Shape};
use crate::airtable::scope::Scope;
use crate::airtable::service::Service;
use crate::airtable::state::{BaseState, Stamp, TableState, View, World};
use crate::airtable::{Field, FieldType, Grant, Id, Refusal};

/// A table of a running simulator. Clones are the same table.
///
/// Methods that name something that does not exist (any more) do nothing and say so with `false`,
/// `None` or an empty list.
#[derive(Clone)]
pub struct Table {
    service: Arc<Service>,
    base: Id,
    id: Id,
}

impl Table {
    pub(super) fn new(service: Arc<Service>, base: Id, id: Id) -> Self {
        Self { service, base, id }
    }

    /// `tbl…`.
    #[must_use]
    pub fn id(&self) -> Id {
        self.id
    }

    /// The id of a field.
    #[must_use]
    pub fn field_id(&self, name: &str) -> Option<Id> {
        let world = self.service.world();
        let table = world.base(self.base)?.by_id(self.id)?;
        Some(table.column(table.slot(name)?)?.id)
    }

    /// Adds records given by field name and returns their ids. Options and linked records that do not
    /// exist are made, as with `typecast`; fields the API refuses to write are stored as given.
    ///
    /// # Errors
    /// The API's refusal of the first bad record; those before it are in the table.
    pub fn insert(&self, rows: impl IntoIterator<Item = Value>) -> Result<Vec<Id>, Refusal> {
        let mut ids = Vec::new();
        let stamp = self.stamp();
        for row in rows {
            // Locked row by row: making the next row may ask the simulator something.
            let mut world = self.service.world();
            let id = Id::random(*b"rec", &mut world.rng);
            self.write(&mut world, id, &row, true, stamp)?;
            world.notify(stamp.now);
            ids.push(id);
        }
        Ok(ids)
    }

    /// Adds a record under an id of one's own.
    ///
    /// # Errors
    /// As [`Table::insert`].
    pub fn insert_as(&self, id: Id, row: &Value) -> Result<(), Refusal> {
        self.put(id, row, true)
    }

    /// Changes cells of a record, as someone at work in the interface would.
    ///
    /// # Errors
    /// The API's refusal.
    pub fn set(&self, id: Id, row: &Value) -> Result<(), Refusal> {
        self.put(id, row, false)
    }

    /// All records as the API would show them, in the order they were made.
    #[must_use]
    pub fn records(&self) -> Vec<Row> {
        self.read(|base, table, world| {
            let scopes =
                table.from(0).map(|(_, record)| Scope::new(base, table, record, &world.people, self.now()));
            scopes.map(|scope| row(&scope)).collect()
        })
        .unwrap_or_default()
    }

    /// One record.
    #[must_use]
    pub fn record(&self, id: Id) -> Option<Row> {
        self.read(|base, table, world| {
            Some(row(&Scope::new(base, table, table.get(id)?, &world.people, self.now())))
        })
        .flatten()
    }

    /// How many records there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.read(|_, table, _| table.len()).unwrap_or_default()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Deletes a record.
    pub fn delete(&self, id: Id) -> bool {
        let stamp = self.stamp();
        self.change(|base| base.delete(self.id, id, stamp)).is_some()
    }

    /// Deletes all records.
    pub fn clear(&self) {
        for row in self
            .read(|_, table, _| table.from(0).map(|(_, record)| record.id).collect::<Vec<_>>())
            .unwrap_or_default()
        {
            self.delete(row);
        }
    }

    /// Sets the time of a record's last change, also into the future.
    pub fn backdate(&self, id: Id, when: DateTime<Utc>) -> bool {
        self.change(|base| base.backdate(self.id, id, when)).is_some()
    }

    /// Renames the table.
    pub fn rename(&self, name: &str) {
        self.change(|base| {
            name.clone_into(&mut base.by_id_mut(self.id)?.name);
            base.schema_changed();
            Some(())
        });
    }

    /// Adds a field and returns its id.
    pub fn add_field(&self, field: Field) -> Option<Id> {
        self.change(|base| base.add_field(self.id, field))
    }

    /// Renames a field.
    pub fn rename_field(&self, key: &str, name: &str) -> bool {
        let renamed = self.change(|base| {
            let table = base.by_id_mut(self.id)?;
            name.clone_into(&mut table.column_mut(table.slot(key)?)?.name);
            base.schema_changed();
            Some(())
        });
        renamed.is_some()
    }

    /// Deletes a field with its cells.
    pub fn delete_field(&self, key: &str) -> bool {
        self.change(|base| base.delete_field(self.id, key)).is_some()
    }

    /// Changes a field's type. Cells that the new type accepts (by `typecast`) are kept, others emptied.
    pub fn retype(&self, key: &str, kind: FieldType) -> bool {
        let name = self.read(|_, table, _| Some(table.column(table.slot(key)?)?.name.clone())).flatten();
        let Some(name) = name else { return false };
        let rows = self.records();
        self.change(|base| base.retype(self.id, key, kind));
        for row in rows {
            // A value that does not fit is lost, as in the interface.
            let _ =
                self.set(row.id, &Value::Object(Map::from_iter([(name.clone(), row.get(&name).clone())])));
        }
        true
    }

    /// Renames an option of a select field.
    pub fn rename_option(&self, field: &str, option: &str, name: &str) -> bool {
        let renamed = self.change(|base| {
            let table = base.by_id_mut(self.id)?;
            let column = table.column_mut(table.slot(field)?)?;
            let choice = column.kind.choices_mut()?.iter_mut().find(|choice| choice.name == option)?;
            name.clone_into(&mut choice.name);
            base.schema_changed();
            Some(())
        });
        renamed.is_some()
    }

    /// Deletes an option of a select field; cells that hold it become empty.
    pub fn delete_option(&self, field: &str, option: &str) -> bool {
        self.change(|base| base.delete_option(self.id, field, option)).is_some()
    }

    /// Adds a view with a filter (a formula) and an order (field and whether it descends).
    ///
    /// # Errors
    /// The API's refusal when the formula or a field is wrong.
    pub fn add_view(&self, name: &str, filter: Option<&str>, sort: &[(&str, bool)]) -> Result<(), Refusal> {
        let mut world = self.service.world();
        let table = world.base_mut(self.base).and_then(|base| base.by_id_mut(self.id));
        let table = table.ok_or_else(Refusal::no_permission_or_model)?;
        let bind = |source| formula::parse(source).and_then(|formula| formula.bind(|key| table.slot(key)));
        let filter = filter.map(bind).transpose().map_err(|why| Refusal::invalid_formula(&why))?;
        let slot = |key: &str| table.slot(key).ok_or_else(|| Refusal::unknown_field(key));
        let sort =
            sort.iter().map(|(key, descends)| Ok((slot(key)?, *descends))).collect::<Result<_, _>>()?;
        let id = Id::named(*b"viw", &format!("{}/{name}", self.id));
        table.views.push(View { id, name: name.to_owned(), filter, sort });
        Ok(())
    }

    fn stamp(&self) -> Stamp {
        Stamp::new(self.now(), Id::named(*b"usr", &Grant::default().email))
    }

    fn now(&self) -> DateTime<Utc> {
        self.service.now()
    }

    fn read<T>(&self, look: impl FnOnce(&BaseState, &TableState, &World) -> T) -> Option<T> {
        let world = self.service.world();
        let base = world.base(self.base)?;
        Some(look(base, base.by_id(self.id)?, &world))
    }

    fn change<T>(&self, change: impl FnOnce(&mut BaseState) -> Option<T>) -> Option<T> {
        let mut world = self.service.world();
        let changed = change(world.base_mut(self.base)?);
        world.notify(self.now());
        changed
    }

    fn put(&self, id: Id, row: &Value, is_new: bool) -> Result<(), Refusal> {
        let stamp = self.stamp();
        let mut world = self.service.world();
        self.write(&mut world, id, row, is_new, stamp)?;
        world.notify(stamp.now);
        Ok(())
    }

    fn write(
        &self,
        world: &mut World,
        id: Id,
        row: &Value,
        is_new: bool,
        stamp: Stamp,
    ) -> Result<(), Refusal> {
        let World { bases, people, rng, .. } = world;
        let base =
            bases.iter_mut().find(|base| base.id == self.base).ok_or_else(Refusal::no_permission_or_model)?;
        let table = base.by_id(self.id).ok_or_else(Refusal::no_permission_or_model)?;
        if !is_new && !table.has(id) {
            return Err(Refusal::not_found());
        }
        let fields = row.as_object().ok_or_else(Refusal::invalid_request)?;
        let wanted = Wanted::default();
        let mut draft = Draft { base, table, people, rng, typecast: true, read_only_too: true, wanted };
        let cells = draft
            .fields(fields, |slot| table.get(id).map_or(Value::Null, |record| record.cell(slot).clone()))?;
        let wanted = draft.wanted;
        make(base, self.id, wanted, stamp);
        if is_new {
            base.create(self.id, id, cells, stamp);
        } else {
            base.write(self.id, id, cells, stamp);
        }
        Ok(())
    }
}

fn row(scope: &Scope<'_>) -> Row {
    Row {
        id: scope.record.id,
        created: scope.record.created,
        modified: scope.record.modified,
        fields: render::fields(scope, &Shape::default()),
    }
}

impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Table({}/{})", self.base, self.id)
    }
}
