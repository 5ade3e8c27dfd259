//! The inside of a model: what a test can do behind the API's back.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Map, Value, json};

use super::field::Field;
use super::orm::store;
use super::state::{Row, World};
use crate::service::Service;

/// The records of a model. Handles of what does not exist do nothing.
#[derive(Clone)]
pub struct Table {
    service: Arc<Service<World>>,
    model: String,
}

impl Table {
    pub(super) fn new(service: Arc<Service<World>>, model: &str) -> Self {
        Self { service, model: model.to_owned() }
    }

    /// Adds records and returns their ids; one that does not fit is left out.
    pub fn make(&self, records: impl IntoIterator<Item = Value>) -> Vec<i64> {
        let now = self.service.now();
        let mut world = self.service.world();
        let mut ids = Vec::new();
        for record in records {
            let mut given = record.as_object().cloned().unwrap_or_default();
            let Ok(model) = world.model(&self.model) else { return ids };
            if model.field("active").is_some() && !given.contains_key("active") {
                given.insert("active".into(), json!(true));
            }
            let Ok(values) = store(&world, model, &given, &Map::new(), true) else { continue };
            let Some(model) = world.models.get_mut(&self.model) else { return ids };
            model.last_id += 1;
            let id = model.last_id;
            let row = Row { id, values, created: now, written: Some(now), created_by: 1, written_by: 1 };
            model.rows.insert(id, row);
            ids.push(id);
        }
        ids
    }

    /// Changes a record; whether it took the values.
    pub fn set(&self, id: i64, values: &Value) -> bool {
        let now = self.service.now();
        let given = values.as_object().cloned().unwrap_or_default();
        let mut world = self.service.world();
        let stored = world
            .model(&self.model)
            .ok()
            .and_then(|model| store(&world, model, &given, &model.rows.get(&id)?.values, false).ok());
        let row = world.models.get_mut(&self.model).and_then(|model| model.rows.get_mut(&id));
        match (row, stored) {
            (Some(row), Some(values)) => {
                (row.values, row.written) = (values, Some(now));
                true
            }
            _ => false,
        }
    }

    /// Archives a record, which stays readable for those who ask for archived ones.
    pub fn archive(&self, id: i64) -> bool {
        self.set(id, &json!({"active": false}))
    }

    /// Deletes a record without a trace.
    pub fn delete(&self, id: i64) -> bool {
        let mut world = self.service.world();
        world.models.get_mut(&self.model).is_some_and(|model| model.rows.remove(&id).is_some())
    }

    /// Says when a record was last written; nothing, as for what was put in without the ORM.
    pub fn backdate(&self, id: i64, written: Option<DateTime<Utc>>) -> bool {
        let mut world = self.service.world();
        let row = world.models.get_mut(&self.model).and_then(|model| model.rows.get_mut(&id));
        row.map(|row| row.written = written).is_some()
    }

    /// Gives the records the times of one transaction each: this far apart, the last one now.
    pub fn spread(&self, ids: &[i64], apart: TimeDelta) {
        let now = self.service.now();
        for (age, id) in ids.iter().rev().enumerate() {
            self.backdate(*id, Some(now - apart * i32::try_from(age).unwrap_or(i32::MAX)));
        }
    }

    /// The ids in the order they were last written.
    #[must_use]
    pub fn ids(&self) -> Vec<i64> {
        let world = self.service.world();
        let rows = world.models.get(&self.model).map(|model| model.rows.values().collect::<Vec<_>>());
        let mut rows = rows.unwrap_or_default();
        rows.sort_by_key(|row| (row.written, row.id));
        rows.into_iter().map(|row| row.id).collect()
    }

    /// A plain value; `null` when empty.
    #[must_use]
    pub fn get(&self, id: i64, field: &str) -> Value {
        let world = self.service.world();
        let held = world
            .models
            .get(&self.model)
            .and_then(|model| Some(world.value(model, model.rows.get(&id)?, model.field(field)?)));
        held.unwrap_or_default()
    }

    /// Adds a field, such as one of a customisation.
    pub fn add_field(&self, field: Field) {
        if let Some(model) = self.service.world().models.get_mut(&self.model) {
            model.fields.push(field);
        }
    }

    /// Removes a field with all it holds.
    pub fn remove_field(&self, name: &str) {
        if let Some(model) = self.service.world().models.get_mut(&self.model) {
            model.fields.retain(|field| field.name != name);
            for row in model.rows.values_mut() {
                row.values.remove(name);
            }
        }
    }
}
