//! Checks what is written, and writes it: one record at a time.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::field::{Field, FieldType};
use super::objects::OPPORTUNITY;
use super::refusal::Refusal;
use super::state::{Object, World};
use super::{id, values};

/// What a client gives for a record, without `attributes` and `id`.
pub(super) type Given = Map<String, Value>;

impl World {
    /// Whether the fields exist and the values have their types: what the service finds out while it reads a
    /// request, before it looks at any record. For a collection, that it refuses the whole is unverified.
    pub(super) fn check_shape(&self, object: &Object, given: &Given) -> Result<(), Refusal> {
        for (name, value) in given {
            let field = object.field(name).ok_or_else(|| Refusal::no_column(name, &object.name))?;
            if values::accepted(field, value).is_none() {
                let (java, shown) = (values::java_type(field), value.to_string());
                let message = format!("Cannot deserialize instance of {java} from value {shown} ({name})");
                return Err(Refusal::json(message));
            }
        }
        Ok(())
    }

    /// Makes a record; its id.
    pub(super) fn insert(
        &mut self,
        object: &str,
        given: &Given,
        now: DateTime<Utc>,
    ) -> Result<String, Refusal> {
        let found = self.known(object)?;
        if !found.createable {
            return Err(Refusal::frozen());
        }
        let name = found.name.clone();
        let mut stored = self.stored(found, given, true)?;
        let empty = |stored: &Given, field: &Field| stored.get(&field.name).is_none_or(Value::is_null);
        let missing: Vec<&str> = found
            .fields
            .iter()
            .filter(|field| field.createable && !field.nillable && !field.defaulted && empty(&stored, field))
            .map(|field| field.name.as_str())
            .collect();
        if !missing.is_empty() {
            return Err(Refusal::required(&missing));
        }
        self.check_unique(found, &stored, None)?;
        self.check_rules(found, &stored)?;
        let unsaid = found.fields.iter().filter(|field| field.defaulted && empty(&stored, field));
        let defaults: Given = unsaid.map(|field| (field.name.clone(), self.default(field))).collect();
        stored.extend(defaults);
        self.follow_stage(&name, given, &mut stored);
        self.lock(stored.values())?;
        let object = self.objects.get_mut(&name).ok_or_else(Refusal::not_found)?;
        Ok(object.put(stored, now))
    }

    /// What the service fills a field with by itself.
    fn default(&self, field: &Field) -> Value {
        match &field.kind {
            FieldType::Reference(..) => json!(self.me()),
            FieldType::Boolean => json!(false),
            _ => self.picks(field).first().map(|pick| json!(pick.value)).unwrap_or_default(),
        }
    }

    /// Changes fields of a record.
    pub(super) fn change(
        &mut self,
        object: &str,
        id: &str,
        given: &Given,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let found = self.known(object)?;
        let name = found.name.clone();
        let long = id::long(id).filter(|id| id.starts_with(&found.prefix));
        let id = long.ok_or_else(|| Refusal::bad_id(&name, id))?;
        let row = found.rows.get(&id).ok_or_else(|| Refusal::cross_reference(None))?;
        if row.deleted {
            return Err(Refusal::is_deleted());
        }
        if row.frozen || !found.updateable {
            return Err(Refusal::frozen());
        }
        let mut stored = row.values.clone();
        let changed = self.stored(found, given, false)?;
        for (key, value) in &changed {
            if value.is_null() && found.field(key).is_some_and(|field| !field.nillable) {
                return Err(Refusal::required(&[key]));
            }
        }
        stored.extend(changed);
        self.check_unique(found, &stored, Some(&id))?;
        self.check_rules(found, &stored)?;
        self.follow_stage(&name, given, &mut stored);
        self.lock(std::iter::once(&json!(id)))?;
        let row = self.objects.get_mut(&name).and_then(|object| object.rows.get_mut(&id));
        let row = row.ok_or_else(Refusal::is_deleted)?;
        (row.values, row.modified) = (stored, now);
        Ok(())
    }

    /// Puts a record into the recycle bin.
    pub(super) fn remove(&mut self, id: &str) -> Result<(), Refusal> {
        let id = id::long(id).ok_or_else(|| Refusal::bad_id("Record", id))?;
        let name = self.object_of(&id).map(|object| object.name.clone()).ok_or_else(Refusal::not_found)?;
        let row = self.objects.get_mut(&name).and_then(|object| object.rows.get_mut(&id));
        match row {
            Some(row) if row.deleted => Err(Refusal::is_deleted()),
            Some(row) => {
                row.deleted = true;
                Ok(())
            }
            None => Err(Refusal::cross_reference(None)),
        }
    }

    /// What is kept of the values, each field for itself.
    fn stored(&self, object: &Object, given: &Given, creating: bool) -> Result<Given, Refusal> {
        let mut stored = Given::new();
        for (name, value) in given {
            let field = object.field(name).ok_or_else(|| Refusal::no_column(name, &object.name))?;
            if !(if creating { field.createable } else { field.updateable }) {
                return Err(Refusal::read_only(&field.name));
            }
            let value = values::accepted(field, value).unwrap_or_default();
            self.check_text(field, &value)?;
            self.check_picks(field, &value)?;
            stored.insert(field.name.clone(), self.check_link(field, value)?);
        }
        Ok(stored)
    }

    fn check_text(&self, field: &Field, value: &Value) -> Result<(), Refusal> {
        match (field.longest(), value.as_str()) {
            (Some(longest), Some(text)) if text.chars().count() > longest => {
                Err(Refusal::too_long(&field.name, &field.label, longest, text))
            }
            _ => Ok(()),
        }
    }

    fn check_picks(&self, field: &Field, value: &Value) -> Result<(), Refusal> {
        let Some(text) = value.as_str().filter(|_| field.restricted) else { return Ok(()) };
        let picks = self.picks(field);
        let several = matches!(field.kind, FieldType::MultiPicklist(_));
        let mut chosen = text.split(|sign| several && sign == ';');
        match chosen.find(|one| !picks.iter().any(|pick| pick.active && pick.value == *one)) {
            Some(unknown) => Err(Refusal::bad_pick(&field.name, &field.label, unknown)),
            None => Ok(()),
        }
    }

    fn check_link(&self, field: &Field, value: Value) -> Result<Value, Refusal> {
        let (FieldType::Reference(objects, _), Some(text)) = (&field.kind, value.as_str()) else {
            return Ok(value);
        };
        let label = &field.label;
        let malformed =
            || Refusal::new(400, "MALFORMED_ID", format!("{label}: id value of incorrect type: {text}"));
        let id = id::long(text).ok_or_else(malformed)?;
        let known = self.object_of(&id).is_some_and(|object| objects.contains(&object.name));
        match self.row(&id) {
            Some(_) if known => Ok(json!(id)),
            None if known => Err(Refusal::cross_reference(Some(&field.name))),
            _ => Err(malformed()),
        }
    }

    fn check_unique(&self, object: &Object, stored: &Given, own: Option<&str>) -> Result<(), Refusal> {
        for field in object.fields.iter().filter(|field| field.unique) {
            let Some(value) = stored.get(&field.name).filter(|value| !value.is_null()) else { continue };
            let other = object.rows.values().find(|row| {
                !row.deleted && Some(row.id.as_str()) != own && row.values.get(&field.name) == Some(value)
            });
            if let Some(other) = other {
                return Err(Refusal::duplicate(&field.name, &other.id));
            }
        }
        Ok(())
    }

    fn check_rules(&self, object: &Object, stored: &Given) -> Result<(), Refusal> {
        let broken = object.rules.iter().find(|(field, _)| stored.get(field).is_none_or(Value::is_null));
        broken.map_or(Ok(()), |(field, words)| Err(Refusal::rule(field, words)))
    }

    /// A new stage brings its probability along, unless one is given.
    fn follow_stage(&self, object: &str, given: &Given, stored: &mut Given) {
        let stage = given.get("StageName").and_then(Value::as_str).and_then(|name| self.stage(name));
        if let Some(stage) = stage.filter(|_| object == OPPORTUNITY && !given.contains_key("Probability")) {
            let probability = stage.values.get("DefaultProbability").cloned().unwrap_or_default();
            stored.insert("Probability".to_owned(), probability);
        }
    }

    /// A record that somebody else is writing, or writing to the children of, cannot be written.
    fn lock<'a>(&mut self, ids: impl Iterator<Item = &'a Value>) -> Result<(), Refusal> {
        for id in ids.filter_map(Value::as_str).filter_map(id::long) {
            let row = self.objects.values_mut().find_map(|object| object.rows.get_mut(&id));
            if let Some(row) = row.filter(|row| row.locked > 0) {
                row.locked -= 1;
                return Err(Refusal::locked(&row.id));
            }
        }
        Ok(())
    }
}
