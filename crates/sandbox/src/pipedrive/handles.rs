//! The inside of an entity: what a test can do behind the API's back.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::field::Field;
use super::simulator::USER;
use super::state::World;
use super::write::{self, Hand};
use super::{Entity, FieldType};
use crate::service::Service;

/// The records of an entity and their fields. Handles of what does not exist do nothing.
#[derive(Clone)]
pub struct Table {
    service: Arc<Service<World>>,
    entity: Entity,
}

impl Table {
    pub(super) fn new(service: Arc<Service<World>>, entity: Entity) -> Self {
        Self { service, entity }
    }

    /// Adds records, in the API's own form, and returns their ids; one that does not fit is left out.
    pub fn make(&self, records: impl IntoIterator<Item = Value>) -> Vec<i64> {
        let hand = self.hand();
        // Whoever makes them up may look into the world meanwhile.
        let records: Vec<Value> = records.into_iter().collect();
        let mut world = self.service.world();
        let made = records
            .into_iter()
            .filter_map(|record| write::create(&mut world, self.entity, record.as_object()?, hand).ok());
        made.collect()
    }

    /// Changes a record; whether it took the values.
    pub fn set(&self, id: i64, values: &Value) -> bool {
        let hand = self.hand();
        let given = values.as_object().cloned().unwrap_or_default();
        write::update(&mut self.service.world(), self.entity, id, &given, hand).is_ok()
    }

    /// Deletes a record; whether it was there.
    pub fn delete(&self, id: i64) -> bool {
        let hand = self.hand();
        write::delete(&mut self.service.world(), self.entity, id, hand).is_ok()
    }

    /// Says when a record was added and last changed.
    pub fn backdate(&self, id: i64, at: DateTime<Utc>) {
        if let Some(record) = self.service.world().set_mut(self.entity).records.get_mut(&id) {
            (record.added, record.updated) = (at, at);
        }
    }

    /// The ids, in order.
    #[must_use]
    pub fn ids(&self) -> Vec<i64> {
        self.service.world().set(self.entity).records.keys().copied().collect()
    }

    /// What a field of a record holds, by its code; `null` when empty.
    #[must_use]
    pub fn get(&self, id: i64, code: &str) -> Value {
        let world = self.service.world();
        let held = world.set(self.entity).records.get(&id).and_then(|record| record.values.get(code));
        held.cloned().unwrap_or_default()
    }

    /// The code of the field with this name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<String> {
        let world = self.service.world();
        let field = world.set(self.entity).fields.iter().find(|field| field.name == name);
        field.map(|field| field.code.clone())
    }

    /// Adds a custom field; its code.
    pub fn add_field(&self, name: &str, kind: &FieldType) -> String {
        let mut world = self.service.world();
        // Ids of options are a company's, not a field's.
        let first = world.next_id() * 100;
        let field = Field::custom(self.entity, name, kind, first);
        let code = field.code.clone();
        world.set_mut(self.entity).fields.push(field);
        code
    }

    /// Gives a field another name; its code stays.
    pub fn rename_field(&self, code: &str, name: &str) {
        if let Some(field) = self.service.world().set_mut(self.entity).field_mut(code) {
            name.clone_into(&mut field.name);
        }
    }

    /// Removes a field with all it holds.
    pub fn remove_field(&self, code: &str) {
        let mut world = self.service.world();
        let set = world.set_mut(self.entity);
        set.fields.retain(|field| field.code != code);
        for record in set.records.values_mut() {
            record.values.remove(code);
        }
    }

    /// The id of an option.
    #[must_use]
    pub fn option(&self, code: &str, label: &str) -> Option<i64> {
        let world = self.service.world();
        let field = world.set(self.entity).field(code)?;
        field.options.iter().find(|option| option.label == label).map(|option| option.id)
    }

    /// Gives an option another label; its id stays.
    pub fn rename_option(&self, code: &str, label: &str, to: &str) {
        let mut world = self.service.world();
        let field = world.set_mut(self.entity).field_mut(code);
        let option = field.and_then(|field| field.options.iter_mut().find(|option| option.label == label));
        if let Some(option) = option {
            to.clone_into(&mut option.label);
        }
    }

    /// Removes an option. Records that hold it keep its id, as it was seen to be (unverified for version 2).
    pub fn remove_option(&self, code: &str, label: &str) {
        if let Some(field) = self.service.world().set_mut(self.entity).field_mut(code) {
            field.options.retain(|option| option.label != label);
        }
    }

    /// How many records the plan allows.
    pub fn set_cap(&self, cap: Option<usize>) {
        self.service.world().set_mut(self.entity).cap = cap;
    }

    fn hand(&self) -> Hand {
        Hand { user: USER, now: self.service.now(), inside: true }
    }
}
