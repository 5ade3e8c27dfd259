//! What an account holds.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, SecondsFormat, Utc};

use super::grant::Grant;
use super::limiter::Limiter;
use super::options::Limits;
use super::owner::Owner;
use super::pipeline::Pipeline;
use super::property::Property;
use super::refusal::Refusal;
use super::standard;
use super::token::Consents;
use super::webhooks::{Change, Webhooks};
use crate::Courier;

/// Everything behind the door.
pub(super) struct World {
    pub(super) limiter: Limiter,
    /// The account's number.
    pub(super) portal: u64,
    pub(super) time_zone: String,
    /// By token.
    pub(super) grants: HashMap<String, Grant>,
    pub(super) consents: Consents,
    pub(super) webhooks: Webhooks,
    pub(super) objects: Vec<Object>,
    pub(super) pipelines: Vec<Pipeline>,
    pub(super) owners: Vec<Owner>,
    /// Ids are given to all types of objects from one counter.
    pub(super) last_id: u64,
}

/// A type of object and its records.
pub(super) struct Object {
    pub(super) type_id: String,
    pub(super) name: String,
    pub(super) label: String,
    /// The property that names a record.
    pub(super) primary: String,
    pub(super) properties: Vec<Property>,
    pub(super) rows: BTreeMap<u64, Row>,
}

/// A record.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) id: u64,
    /// What was written, by property; an empty one is not there.
    pub(super) values: BTreeMap<String, String>,
    pub(super) created: DateTime<Utc>,
    pub(super) updated: DateTime<Utc>,
    pub(super) archived: Option<DateTime<Utc>>,
    /// Ids of the records it is associated with, by their type.
    pub(super) links: BTreeMap<String, BTreeSet<u64>>,
}

impl Object {
    pub(super) fn new(type_id: &str, name: &str, label: &str, primary: &str, own: Vec<Property>) -> Self {
        let properties = own.into_iter().chain(standard::kept(name)).collect();
        let (type_id, label) = (type_id.to_owned(), label.to_owned());
        Self {
            type_id,
            name: name.to_owned(),
            label,
            primary: primary.to_owned(),
            properties,
            rows: BTreeMap::new(),
        }
    }

    pub(super) fn property(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|property| property.name == name)
    }

    pub(super) fn is_custom(&self) -> bool {
        self.type_id.starts_with("2-")
    }

    /// A record that nobody deleted.
    pub(super) fn row(&self, id: u64) -> Option<&Row> {
        self.rows.get(&id).filter(|row| row.archived.is_none())
    }

    pub(super) fn row_mut(&mut self, id: u64) -> Option<&mut Row> {
        self.rows.get_mut(&id).filter(|row| row.archived.is_none())
    }

    /// The value of a property; `None` when it is unset.
    pub(super) fn value(&self, row: &Row, name: &str) -> Option<String> {
        match name {
            "hs_object_id" => Some(row.id.to_string()),
            _ if name == standard::created_name(&self.name) => Some(moment(row.created)),
            _ if name == standard::modified_name(&self.name) => Some(moment(row.updated)),
            _ => row.values.get(name).cloned(),
        }
    }
}

impl World {
    pub(super) fn new(limits: Limits, courier: Courier) -> Self {
        Self {
            limiter: Limiter::new(limits),
            portal: 48_151_623,
            time_zone: "Europe/Paris".to_owned(),
            grants: HashMap::new(),
            consents: Consents::default(),
            webhooks: Webhooks::new(courier),
            objects: standard::objects(),
            pipelines: vec![Pipeline::sales()],
            owners: Vec::new(),
            last_id: 30_000_000_000,
        }
    }

    /// The name of a type of object, by any of its names.
    pub(super) fn resolve(&self, word: &str) -> Option<&str> {
        let portal = self.portal;
        let is = |object: &&Object| {
            let full = format!("p{portal}_{}", object.name);
            word == object.name
                || word == object.type_id
                || (object.is_custom() && (word == full || word == format!("p_{}", object.name)))
        };
        self.objects.iter().find(is).map(|object| object.name.as_str())
    }

    pub(super) fn object(&self, word: &str) -> Result<&Object, Refusal> {
        let name = self.resolve(word).ok_or_else(|| Refusal::unknown_object(word))?;
        self.objects.iter().find(|object| object.name == name).ok_or_else(|| Refusal::unknown_object(word))
    }

    pub(super) fn object_mut(&mut self, word: &str) -> Result<&mut Object, Refusal> {
        let name = self.resolve(word).ok_or_else(|| Refusal::unknown_object(word))?.to_owned();
        let found = self.objects.iter_mut().find(|object| object.name == name);
        found.ok_or_else(|| Refusal::unknown_object(word))
    }

    /// A new record; its id.
    pub(super) fn insert(
        &mut self,
        object: &str,
        values: BTreeMap<String, String>,
        now: DateTime<Utc>,
    ) -> Result<u64, Refusal> {
        let id = self.last_id + 1;
        let row = Row { id, values, created: now, updated: now, archived: None, links: BTreeMap::new() };
        self.object_mut(object)?.rows.insert(id, row);
        self.last_id = id;
        self.note(object, id, &Change::Creation, now);
        Ok(id)
    }

    /// Gives a record other values.
    pub(super) fn replace(
        &mut self,
        object: &str,
        id: u64,
        values: BTreeMap<String, String>,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let row = self.object_mut(object)?.row_mut(id).ok_or_else(Refusal::not_found)?;
        let held = std::mem::replace(&mut row.values, values.clone());
        row.updated = now;
        let names: BTreeSet<&String> = held.keys().chain(values.keys()).collect();
        for name in names.into_iter().filter(|name| held.get(*name) != values.get(*name)) {
            let value = values.get(name).map(String::as_str).unwrap_or_default();
            self.note(object, id, &Change::Property(name, value), now);
        }
        Ok(())
    }

    /// Deletes a record, which the service calls archiving; whether it was there.
    pub(super) fn archive(&mut self, object: &str, id: u64, now: DateTime<Utc>) -> Result<bool, Refusal> {
        let Some(row) = self.object_mut(object)?.row_mut(id) else { return Ok(false) };
        row.archived = Some(now);
        self.note(object, id, &Change::Deletion, now);
        Ok(true)
    }

    /// Associates two records, in both directions.
    pub(super) fn link(
        &mut self,
        from: (&str, u64),
        to: (&str, u64),
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        for ((object, id), (other, other_id)) in [(from, to), (to, from)] {
            let other = self.object(other)?.name.clone();
            let row = self.object_mut(object)?.row_mut(id).ok_or_else(Refusal::not_found)?;
            if row.links.entry(other.clone()).or_default().insert(other_id) {
                self.note(object, id, &Change::Association(&other, other_id), now);
            }
        }
        Ok(())
    }
}

/// A moment as the service writes it.
pub(super) fn moment(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}
