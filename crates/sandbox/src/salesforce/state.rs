//! Everything a running organisation holds.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::field::{Field, FieldType, Pick};
use super::grants::Grants;
use super::objects::{self, OPPORTUNITY, STAGE, USER};
use super::options::Limits;
use super::query::Cursors;
use super::refusal::Refusal;
use super::usage::Usage;
use super::{id, values};

/// The whole organisation.
pub(super) struct World {
    pub(super) objects: BTreeMap<String, Object>,
    pub(super) grants: Grants,
    pub(super) usage: Usage,
    pub(super) cursors: Cursors,
    /// Whether its edition has the API at all.
    pub(super) has_api: bool,
}

/// An object and its records.
pub(super) struct Object {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) plural: String,
    pub(super) prefix: String,
    pub(super) fields: Vec<Field>,
    /// By id, which is the order in which they were made.
    pub(super) rows: BTreeMap<String, Row>,
    pub(super) last: u64,
    pub(super) createable: bool,
    pub(super) updateable: bool,
    /// Whether the user may see it at all.
    pub(super) visible: bool,
    /// Rules of the organisation: a field that must be filled, and what is said where it is not.
    pub(super) rules: Vec<(String, String)>,
}

/// A record. What it does not hold is empty.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) values: Map<String, Value>,
    pub(super) created: DateTime<Utc>,
    pub(super) modified: DateTime<Utc>,
    /// In the recycle bin.
    pub(super) deleted: bool,
    /// So many writes to come find it locked by somebody else.
    pub(super) locked: u32,
    /// The user may see it, but not change it.
    pub(super) frozen: bool,
}

impl World {
    pub(super) fn new(limits: Limits) -> Self {
        let objects = objects::standard().into_iter().map(|object| (object.name.clone(), object)).collect();
        let (grants, usage) = (Grants::default(), Usage::new(limits));
        Self { objects, grants, usage, cursors: Cursors::default(), has_api: true }
    }

    /// An object the user sees; its name is taken without its case, as in queries.
    pub(super) fn object(&self, name: &str) -> Option<&Object> {
        self.objects.values().find(|object| object.visible && object.name.eq_ignore_ascii_case(name))
    }

    /// # Errors
    /// There is no such object.
    pub(super) fn known(&self, name: &str) -> Result<&Object, Refusal> {
        self.object(name).ok_or_else(Refusal::not_found)
    }

    /// The object whose records have ids like this one.
    pub(super) fn object_of(&self, id: &str) -> Option<&Object> {
        self.objects.values().find(|object| id.starts_with(&object.prefix))
    }

    /// A record that was not deleted.
    pub(super) fn row(&self, id: &str) -> Option<(&Object, &Row)> {
        let object = self.object_of(id)?;
        object.rows.get(id).filter(|row| !row.deleted).map(|row| (object, row))
    }

    /// The technical user: the first.
    pub(super) fn me(&self) -> String {
        self.objects.get(USER).and_then(|users| users.rows.keys().next().cloned()).unwrap_or_default()
    }

    /// What a field of a record holds, computed fields too.
    pub(super) fn value(&self, object: &Object, row: &Row, field: &Field) -> Value {
        let held = |name: &str| row.values.get(name).cloned().unwrap_or_default();
        match field.name.as_str() {
            "Id" => json!(row.id),
            "IsDeleted" => json!(row.deleted),
            "CreatedDate" => json!(values::moment(row.created)),
            "LastModifiedDate" | "SystemModstamp" => json!(values::moment(row.modified)),
            "CreatedById" | "LastModifiedById" => json!(self.me()),
            "Name" if object.field("LastName").is_some() => {
                let parts = [held("FirstName"), held("LastName")];
                let parts: Vec<&str> = parts.iter().filter_map(Value::as_str).collect();
                json!(parts.join(" "))
            }
            name @ ("IsClosed" | "IsWon") if object.name == OPPORTUNITY => {
                let stage = self.stage(held("StageName").as_str().unwrap_or_default());
                stage.and_then(|stage| stage.values.get(name).cloned()).unwrap_or(json!(false))
            }
            // Never null.
            name if field.kind == FieldType::Boolean => row.values.get(name).cloned().unwrap_or(json!(false)),
            name => held(name),
        }
    }

    /// A stage by its stored value.
    pub(super) fn stage(&self, value: &str) -> Option<&Row> {
        let stages = self.objects.get(STAGE)?;
        stages.rows.values().find(|stage| stage.values.get("ApiName").and_then(Value::as_str) == Some(value))
    }

    /// The values one may choose from.
    pub(super) fn picks(&self, field: &Field) -> Vec<Pick> {
        match &field.kind {
            FieldType::Picklist(picks) | FieldType::MultiPicklist(picks) => picks.clone(),
            FieldType::Stage => {
                let mut stages: Vec<&Row> =
                    self.objects.get(STAGE).map(|stages| stages.rows.values().collect()).unwrap_or_default();
                stages.sort_by_key(|stage| stage.values.get("SortOrder").and_then(Value::as_i64));
                let text = |stage: &Row, key: &str| {
                    stage.values.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
                };
                let pick = |stage: &Row| Pick {
                    value: text(stage, "ApiName"),
                    label: text(stage, "MasterLabel"),
                    active: stage.values.get("IsActive") == Some(&json!(true)),
                };
                stages.into_iter().map(pick).collect()
            }
            _ => Vec::new(),
        }
    }
}

impl Object {
    pub(super) fn new(name: &str, label: &str, plural: &str, prefix: &str) -> Self {
        let key = Field::new("Id", "Record ID", FieldType::Id).required().read_only();
        Self {
            name: name.to_owned(),
            label: label.to_owned(),
            plural: plural.to_owned(),
            prefix: prefix.to_owned(),
            fields: std::iter::once(key).chain(objects::system()).collect(),
            rows: BTreeMap::new(),
            last: 0,
            createable: true,
            updateable: true,
            visible: true,
            rules: Vec::new(),
        }
    }

    /// Adds fields, behind the record's id and before what every object has.
    pub(super) fn with(mut self, fields: impl IntoIterator<Item = Field>) -> Self {
        let behind = self.fields.len() - objects::system().len();
        self.fields.splice(behind..behind, fields);
        self
    }

    pub(super) fn read_only(mut self) -> Self {
        (self.createable, self.updateable) = (false, false);
        self
    }

    /// A field by its name, whose case does not matter.
    pub(super) fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name.eq_ignore_ascii_case(name))
    }

    /// The field that reaches a linked record by this name.
    pub(super) fn relationship(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(
            |field| matches!(&field.kind, FieldType::Reference(_, known) if known.eq_ignore_ascii_case(name)),
        )
    }

    /// Puts a record in, whatever it holds; its id.
    pub(super) fn put(&mut self, values: Map<String, Value>, now: DateTime<Utc>) -> String {
        self.last += 1;
        let id = id::of(&self.prefix, self.last);
        let row = Row {
            id: id.clone(),
            values,
            created: now,
            modified: now,
            deleted: false,
            locked: 0,
            frozen: false,
        };
        self.rows.insert(id.clone(), row);
        id
    }
}
