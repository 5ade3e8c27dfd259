//! The inside of a type of object: what a test can do behind the API's back.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::accept::accept;
use super::property::{Property, PropertyType};
use super::refusal::Refusal;
use super::state::{Object, World};
use crate::service::Service;

/// What webhooks call a change that a person made in the interface (unverified).
const PERSON: &str = "CRM_UI";

/// The records of a type of object. Handles of what does not exist do nothing.
#[derive(Clone)]
pub struct Records {
    service: Arc<Service<World>>,
    object: String,
}

impl Records {
    pub(super) fn new(service: Arc<Service<World>>, object: &str) -> Self {
        Self { service, object: object.to_owned() }
    }

    /// Adds records; their ids.
    ///
    /// # Errors
    /// When a value does not fit.
    pub fn add(&self, records: impl IntoIterator<Item = Value>) -> Result<Vec<String>, Refusal> {
        let now = self.service.now();
        let mut world = self.service.world();
        let mut ids = Vec::new();
        for record in records {
            let given = record.as_object().cloned().unwrap_or_default().into_iter().collect();
            let object = world.object(&self.object)?;
            let values = accept(&world, object, &given, &std::collections::BTreeMap::new())?;
            ids.push(world.insert(&self.object, values, now)?.to_string());
        }
        world.webhooks.tell(PERSON, now);
        Ok(ids)
    }

    /// Changes a record.
    ///
    /// # Errors
    /// When it is not there or a value does not fit.
    pub fn set(&self, id: &str, values: &Value) -> Result<(), Refusal> {
        let now = self.service.now();
        let mut world = self.service.world();
        let object = world.object(&self.object)?;
        let id = id.parse().map_err(|_| Refusal::not_found())?;
        let held = &object.row(id).ok_or_else(Refusal::not_found)?.values;
        let given = values.as_object().cloned().unwrap_or_default().into_iter().collect();
        let values = accept(&world, object, &given, held)?;
        world.replace(&self.object, id, values, now)?;
        world.webhooks.tell(PERSON, now);
        Ok(())
    }

    /// Deletes a record, which the service calls archiving; whether it was there.
    pub fn delete(&self, id: &str) -> bool {
        let now = self.service.now();
        let mut world = self.service.world();
        let was_there =
            id.parse().is_ok_and(|id| world.archive(&self.object, id, now).is_ok_and(|was_there| was_there));
        world.webhooks.tell(PERSON, now);
        was_there
    }

    /// Says when a record was last changed.
    pub fn backdate(&self, id: &str, updated: DateTime<Utc>) {
        self.change(|object| {
            object.row_mut(id.parse().ok()?)?.updated = updated;
            Some(())
        });
    }

    /// The ids of the records that are there, in the order they were created.
    #[must_use]
    pub fn ids(&self) -> Vec<String> {
        let world = self.service.world();
        let rows = world.object(&self.object).map(|object| object.rows.values().collect::<Vec<_>>());
        rows.unwrap_or_default()
            .into_iter()
            .filter(|row| row.archived.is_none())
            .map(|row| row.id.to_string())
            .collect()
    }

    /// A value as the service keeps it; `None` when it is unset.
    #[must_use]
    pub fn get(&self, id: &str, property: &str) -> Option<String> {
        let world = self.service.world();
        let object = world.object(&self.object).ok()?;
        object.value(object.row(id.parse().ok()?)?, property)
    }

    /// Associates a record with one of another type.
    ///
    /// # Errors
    /// When one of both is not there.
    pub fn link(&self, id: &str, other: &str, other_id: &str) -> Result<(), Refusal> {
        let number = |id: &str| id.parse().map_err(|_| Refusal::not_found());
        let now = self.service.now();
        let mut world = self.service.world();
        world.link((&self.object, number(id)?), (other, number(other_id)?), now)?;
        world.webhooks.tell(PERSON, now);
        Ok(())
    }

    /// Adds a property.
    pub fn add_property(&self, property: Property) {
        self.change(|object| {
            object.properties.push(property);
            Some(())
        });
    }

    /// Removes a property with all it holds.
    pub fn remove_property(&self, name: &str) {
        self.change(|object| {
            object.properties.retain(|property| property.name != name);
            for row in object.rows.values_mut() {
                row.values.remove(name);
            }
            Some(())
        });
    }

    /// Gives a property another label.
    pub fn relabel_property(&self, name: &str, label: &str) {
        self.change(|object| {
            let property = object.properties.iter_mut().find(|property| property.name == name)?;
            label.clone_into(&mut property.label);
            Some(())
        });
    }

    /// Removes an option; records that hold it keep its value, as with the real service.
    pub fn remove_option(&self, property: &str, value: &str) {
        self.change(|object| {
            let property = object.properties.iter_mut().find(|known| known.name == property)?;
            if let PropertyType::Choice(options) | PropertyType::Choices(options) = &mut property.kind {
                options.retain(|(known, _)| known != value);
            }
            Some(())
        });
    }

    fn change<T>(&self, change: impl FnOnce(&mut Object) -> Option<T>) -> Option<T> {
        let mut world = self.service.world();
        change(world.object_mut(&self.object).ok()?)
    }
}
