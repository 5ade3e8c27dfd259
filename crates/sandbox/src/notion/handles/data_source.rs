//! A data source seen from the inside: what a person could do in the interface while a client reads.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use super::{Row, plain};
use crate::notion::accept::Draft;
use crate::notion::api::{set_trashed, store};
use crate::notion::render::{Cell, Page, page};
use crate::notion::state::{PageState, SourceState, Stamp, World};
use crate::notion::webhooks::Change;
use crate::notion::{Choice, Grant, Id, Property, PropertyType, Refusal, Version};
use crate::service::Service;

/// A data source of a running simulator. Clones are the same data source.
///
/// Methods that name something that does not exist (any more) do nothing and say so with `false`,
/// `None` or an empty list.
#[derive(Clone)]
pub struct DataSource {
    service: Arc<Service<World>>,
    id: Id,
}

impl DataSource {
    pub(in crate::notion) fn new(service: Arc<Service<World>>, id: Id) -> Self {
        Self { service, id }
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> Id {
        self.id
    }

    /// The id of a property as the API shows it.
    #[must_use]
    pub fn property_id(&self, name: &str) -> Option<String> {
        self.read(|_, source| Some(source.column(name)?.shown_id())).flatten()
    }

    /// Adds rows of plain values by property name and returns their ids: a text for a title, a name for
    /// an option, a list of ids for people. What only the API computes can be set too, and an object
    /// `{"<type>": …}` is taken as the API's own form. Unknown options are made.
    ///
    /// # Errors
    /// The API's refusal of the first bad row; those before it are stored.
    pub fn insert(&self, rows: impl IntoIterator<Item = Value>) -> Result<Vec<Id>, Refusal> {
        let mut ids = Vec::new();
        for row in rows {
            // Locked row by row: making the next row may ask the simulator something.
            let mut world = self.service.world();
            let id = Id::random(&mut world.rng);
            self.write(&mut world, id, &row)?;
            ids.push(id);
        }
        Ok(ids)
    }

    /// Adds a row under an id of one's own.
    ///
    /// # Errors
    /// As [`DataSource::insert`].
    pub fn insert_as(&self, id: Id, row: &Value) -> Result<(), Refusal> {
        self.write(&mut self.service.world(), id, row)
    }

    /// Changes cells of a row, as someone at work in the interface would.
    ///
    /// # Errors
    /// The API's refusal, or 404 when there is no such row.
    pub fn set(&self, id: Id, row: &Value) -> Result<(), Refusal> {
        let mut world = self.service.world();
        if world.source(self.id).and_then(|source| source.page(id)).is_none() {
            return Err(Refusal::not_found("page", id));
        }
        self.write(&mut world, id, row)
    }

    /// The rows that are not in the trash, in the order they were made.
    #[must_use]
    pub fn rows(&self) -> Vec<Row> {
        self.all().into_iter().filter(|row| !row.in_trash).collect()
    }

    /// All rows, those in the trash too.
    #[must_use]
    pub fn all(&self) -> Vec<Row> {
        let now = self.service.now();
        self.read(|world, source| source.pages().map(|page| row(world, source, page, now)).collect())
            .unwrap_or_default()
    }

    /// One row, even from the trash.
    #[must_use]
    pub fn row(&self, id: Id) -> Option<Row> {
        let now = self.service.now();
        self.read(|world, source| Some(row(world, source, source.page(id)?, now))).flatten()
    }

    /// How many rows there are outside the trash.
    #[must_use]
    pub fn len(&self) -> usize {
        self.read(|_, source| source.pages().filter(|page| !page.in_trash).count()).unwrap_or_default()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Puts a row into the trash, or takes it out.
    pub fn set_trashed(&self, id: Id, in_trash: bool) -> bool {
        set_trashed(&mut self.service.world(), self.id, id, in_trash, self.stamp())
    }

    /// Deletes a row for good.
    pub fn delete(&self, id: Id) -> bool {
        let Some(page) = self.change(|source| source.remove(id)) else { return false };
        if !page.in_trash {
            self.service.world().tell_page(self.id, id, Change::Deleted, self.stamp());
        }
        true
    }

    /// Deletes all rows for good.
    pub fn clear(&self) {
        for row in self.all() {
            self.delete(row.id);
        }
    }

    /// Sets the times of a row, also into the future.
    pub fn backdate(&self, id: Id, created: DateTime<Utc>, edited: DateTime<Utc>) -> bool {
        let done = self.change(|source| {
            let page = source.page_mut(id)?;
            (page.created.at, page.edited.at) = (created, edited);
            Some(())
        });
        done.is_some()
    }

    /// Renames the data source.
    pub fn rename(&self, name: &str) {
        self.change(|source| {
            name.clone_into(&mut source.name);
            Some(())
        });
    }

    /// Adds a property and returns its id as the API shows it.
    pub fn add_property(&self, property: Property) -> Option<String> {
        let name = property.name.clone();
        self.change(|source| {
            source.add_column(property);
            Some(source.column(&name)?.shown_id())
        })
    }

    /// Renames a property; its id stays.
    pub fn rename_property(&self, key: &str, name: &str) -> bool {
        let done = self.change(|source| {
            name.clone_into(&mut source.column_mut(key)?.name);
            Some(())
        });
        done.is_some()
    }

    /// Removes a property with its cells.
    pub fn remove_property(&self, key: &str) -> bool {
        self.change(|source| source.remove_column(key).map(|id| source.empty(&id)).ok()).is_some()
    }

    /// Changes a property's type. Cells that fit the new type are kept, others emptied.
    pub fn retype(&self, key: &str, kind: &PropertyType) -> bool {
        let rows = self.all();
        let changed = self.change(|source| {
            let column = source.column_mut(key)?;
            column.kind = kind.clone();
            let (id, name) = (column.id.clone(), column.name.clone());
            source.empty(&id);
            Some(name)
        });
        let Some(name) = changed else { return false };
        for row in rows {
            // A value that does not fit is lost, as in the interface.
            let _ =
                self.set(row.id, &Value::Object(Map::from_iter([(name.clone(), row.get(&name).clone())])));
        }
        true
    }

    /// Adds an option to a select, multi-select or status property.
    pub fn add_option(&self, property: &str, choice: Choice) -> bool {
        self.change(|source| source.column_mut(property)?.kind.choices_mut().map(|all| all.push(choice)))
            .is_some()
    }

    /// Renames an option.
    pub fn rename_option(&self, property: &str, option: &str, name: &str) -> bool {
        let done = self.change(|source| {
            let choices = source.column_mut(property)?.kind.choices_mut()?;
            name.clone_into(&mut choices.iter_mut().find(|choice| choice.is(option))?.name);
            Some(())
        });
        done.is_some()
    }

    fn stamp(&self) -> Stamp {
        Stamp { at: self.service.now(), by: Grant::default().bot() }
    }

    fn read<T>(&self, look: impl FnOnce(&World, &SourceState) -> T) -> Option<T> {
        let world = self.service.world();
        Some(look(&world, world.source(self.id)?))
    }

    fn change<T>(&self, change: impl FnOnce(&mut SourceState) -> Option<T>) -> Option<T> {
        let stamp = self.stamp();
        let mut world = self.service.world();
        let source = world.source_mut(self.id)?;
        let before = source.columns.clone();
        let done = change(source);
        world.tell_schema(self.id, &before, stamp);
        done
    }

    fn write(&self, world: &mut World, id: Id, row: &Value) -> Result<(), Refusal> {
        let source = world.source(self.id).ok_or_else(|| Refusal::not_found("data_source", self.id))?;
        let properties = plain::write(source, row)?;
        let accepted = Draft { world, source, inside: true }.properties(&properties)?;
        store(world, self.id, id, accepted, self.stamp());
        Ok(())
    }
}

fn row(world: &World, source: &SourceState, state: &PageState, now: DateTime<Utc>) -> Row {
    let fields = source.columns.iter().map(|column| {
        let at = Cell { world, source, page: state, column, now, with_email: true };
        (column.name.clone(), plain::read(&column.kind, &at.value(usize::MAX)))
    });
    let how = Page { world, source, version: Version::V2026_03_11, now, with_email: true, only: &[] };
    Row {
        id: state.id,
        created: state.created.at,
        edited: state.edited.at,
        in_trash: state.in_trash,
        fields: fields.collect(),
        page: page(&how, state),
    }
}

impl std::fmt::Debug for DataSource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DataSource({})", self.id)
    }
}
