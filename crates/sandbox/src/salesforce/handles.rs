//! The inside of an object: what a test can do behind the API's back.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use super::field::{Field, FieldType, Pick};
use super::state::{Object, Row, World};
use super::values;
use crate::service::Service;

/// The records of an object. Handles of what does not exist do nothing.
#[derive(Clone)]
pub struct Table {
    service: Arc<Service<World>>,
    object: String,
}

impl Table {
    pub(super) fn new(service: Arc<Service<World>>, object: &str) -> Self {
        Self { service, object: object.to_owned() }
    }

    /// Adds records without any check and returns their ids; a field the object does not have is left out.
    pub fn make(&self, records: impl IntoIterator<Item = Value>) -> Vec<String> {
        let now = self.service.now();
        let mut world = self.service.world();
        let me = world.me();
        let Some(object) = world.objects.get_mut(&self.object) else { return Vec::new() };
        let put = |record: Value| {
            let mut kept = fitting(object, &record);
            if object.field("OwnerId").is_some() {
                kept.entry("OwnerId").or_insert_with(|| me.clone().into());
            }
            object.put(kept, now)
        };
        records.into_iter().map(put).collect()
    }

    /// Changes a record without any check; whether it is there.
    pub fn set(&self, id: &str, changes: &Value) -> bool {
        let now = self.service.now();
        let mut world = self.service.world();
        let Some(object) = world.objects.get_mut(&self.object) else { return false };
        let changes = fitting(object, changes);
        object
            .rows
            .get_mut(id)
            .map(|row| {
                row.values.extend(changes);
                row.modified = now;
            })
            .is_some()
    }

    /// Puts a record into the recycle bin.
    pub fn delete(&self, id: &str) -> bool {
        self.with(id, |row| row.deleted = true)
    }

    /// Removes a record for good.
    pub fn purge(&self, id: &str) -> bool {
        let mut world = self.service.world();
        world.objects.get_mut(&self.object).is_some_and(|object| object.rows.remove(id).is_some())
    }

    /// The next writes to a record, or to records that link to it, find it locked.
    pub fn lock(&self, id: &str, writes: u32) -> bool {
        self.with(id, |row| row.locked = writes)
    }

    /// Lets nobody change a record any more.
    pub fn freeze(&self, id: &str) -> bool {
        self.with(id, |row| row.frozen = true)
    }

    /// Says when a record was last modified.
    pub fn backdate(&self, id: &str, modified: DateTime<Utc>) -> bool {
        self.with(id, |row| row.modified = modified)
    }

    /// The ids of the records that are not deleted, in the order they were made.
    #[must_use]
    pub fn ids(&self) -> Vec<String> {
        let world = self.service.world();
        let rows = world.objects.get(&self.object).map(|object| object.rows.values());
        rows.into_iter().flatten().filter(|row| !row.deleted).map(|row| row.id.clone()).collect()
    }

    /// What a field of a record holds; `null` when empty.
    #[must_use]
    pub fn get(&self, id: &str, field: &str) -> Value {
        let world = self.service.world();
        let held = world
            .objects
            .get(&self.object)
            .and_then(|object| Some(world.value(object, object.rows.get(id)?, object.field(field)?)));
        held.unwrap_or_default()
    }

    /// Adds a field, such as one of a customisation.
    pub fn add_field(&self, field: Field) {
        if let Some(object) = self.service.world().objects.get_mut(&self.object) {
            object.fields.push(field);
        }
    }

    /// Removes a field with all it holds; one that is hidden from the user looks the same.
    pub fn remove_field(&self, name: &str) {
        if let Some(object) = self.service.world().objects.get_mut(&self.object) {
            object.fields.retain(|field| field.name != name);
            for row in object.rows.values_mut() {
                row.values.remove(name);
            }
        }
    }

    /// Gives a field another label.
    pub fn rename_field(&self, name: &str, label: &str) {
        self.with_field(name, |field| field.label = label.to_owned());
    }

    /// Takes a value off a picklist; records may go on holding it.
    pub fn retire_pick(&self, name: &str, value: &str) {
        self.with_field(name, |field| {
            if let FieldType::Picklist(picks) | FieldType::MultiPicklist(picks) = &mut field.kind {
                for pick in picks.iter_mut().filter(|pick: &&mut Pick| pick.value == value) {
                    pick.active = false;
                }
            }
        });
    }

    /// A validation rule: a field that must be filled, and what is said where it is not.
    pub fn demand(&self, field: &str, words: &str) {
        if let Some(object) = self.service.world().objects.get_mut(&self.object) {
            object.rules.push((field.to_owned(), words.to_owned()));
        }
    }

    /// Says whether the user may create and change records.
    pub fn allow_writing(&self, allowed: bool) {
        if let Some(object) = self.service.world().objects.get_mut(&self.object) {
            (object.createable, object.updateable) = (allowed, allowed);
        }
    }

    /// Hides the object from the user, or shows it again.
    pub fn show(&self, visible: bool) {
        if let Some(object) = self.service.world().objects.get_mut(&self.object) {
            object.visible = visible;
        }
    }

    fn with(&self, id: &str, change: impl FnOnce(&mut Row)) -> bool {
        let mut world = self.service.world();
        let row = world.objects.get_mut(&self.object).and_then(|object| object.rows.get_mut(id));
        row.map(change).is_some()
    }

    fn with_field(&self, name: &str, change: impl FnOnce(&mut Field)) {
        let mut world = self.service.world();
        let field = world
            .objects
            .get_mut(&self.object)
            .and_then(|object| object.fields.iter_mut().find(|field| field.name == name));
        if let Some(field) = field {
            change(field);
        }
    }
}

/// The values that the object has fields for, in their types.
fn fitting(object: &Object, record: &Value) -> Map<String, Value> {
    let given = record.as_object().into_iter().flatten();
    let kept = given.filter_map(|(name, value)| {
        let field = object.field(name)?;
        Some((field.name.clone(), values::accepted(field, value)?))
    });
    kept.collect()
}
