//! An object as the organisation describes it: what each field holds and whether it can be written.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use model::record::FieldKey;
use model::{Status, StreamField, StreamSchema, ValueKind};
use serde::Deserialize;

use super::choices::{Choices, RawChoice};
use super::links::Link;

/// An object with its fields.
#[derive(Clone, Debug)]
pub(super) struct Object {
    /// API name: the stream's identity.
    pub(super) name: String,
    /// What people call its records.
    pub(super) label: String,
    pub(super) columns: Vec<Column>,
    pub(super) createable: bool,
    pub(super) updateable: bool,
}

/// A field.
#[derive(Clone, Debug)]
pub(super) struct Column {
    /// API name.
    pub(super) key: FieldKey,
    pub(super) name: String,
    pub(super) native: String,
    pub(super) holds: Holds,
    pub(super) createable: bool,
    pub(super) updateable: bool,
    pub(super) nillable: bool,
    /// The service fills it when a record is created without it.
    pub(super) defaulted: bool,
    /// A key of another system.
    pub(super) external_id: bool,
    /// Characters a text may have.
    pub(super) length: usize,
    /// What the service says of its values, by label.
    pub(super) stands_for: BTreeMap<String, Status>,
}

/// What a field holds, for reading and writing.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Holds {
    Text,
    Whole,
    Number,
    Bool,
    Day,
    Moment,
    /// One of several values.
    Choice(Choices),
    /// Some of several values.
    Several(Choices),
    /// A record of another object.
    Link(Link),
    /// Something that is not read: files, addresses and places in parts, structures.
    Other,
}

/// An object as it is described, as far as it matters here.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawObject {
    name: String,
    label_plural: String,
    createable: bool,
    updateable: bool,
    fields: Vec<RawField>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawField {
    name: String,
    label: String,
    #[serde(rename = "type")]
    native: String,
    #[serde(default)]
    length: usize,
    nillable: bool,
    createable: bool,
    updateable: bool,
    #[serde(default)]
    defaulted_on_create: bool,
    #[serde(default)]
    external_id: bool,
    #[serde(default)]
    deprecated_and_hidden: bool,
    #[serde(default)]
    picklist_values: Vec<RawChoice>,
    #[serde(default)]
    reference_to: Vec<String>,
    relationship_name: Option<String>,
}

/// When a record was last changed, the best first; not every object has the first.
const MODIFIED: [&str; 3] = ["SystemModstamp", "LastModifiedDate", "CreatedDate"];

impl Object {
    pub(super) fn read(raw: RawObject) -> Object {
        let fields = raw.fields.into_iter().filter(|field| !field.deprecated_and_hidden);
        let mut columns: Vec<Column> = fields.map(Column::read).collect();
        let mut seen = HashSet::new();
        for column in &mut columns {
            if !seen.insert(column.name.clone()) {
                column.name = format!("{} ({})", column.name, column.key);
            }
        }
        let (createable, updateable) = (raw.createable, raw.updateable);
        Object { name: raw.name, label: raw.label_plural, columns, createable, updateable }
    }

    /// A field by its API name, whose case does not matter to the service.
    pub(super) fn column(&self, key: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.key.eq_ignore_ascii_case(key))
    }

    /// The field that tells when a record was last changed.
    pub(super) fn modified(&self) -> Option<&Column> {
        MODIFIED.iter().find_map(|key| self.column(key))
    }

    /// The object as the product sees it.
    pub(super) fn stream(&self) -> StreamSchema {
        let fields = self.columns.iter().map(|column| self.field(column)).collect();
        StreamSchema { id: self.name.clone(), name: self.label.clone(), fields }
    }

    fn field(&self, column: &Column) -> StreamField {
        let (kind, options) = match &column.holds {
            Holds::Text => (ValueKind::Text, Vec::new()),
            Holds::Whole | Holds::Number => (ValueKind::Number, Vec::new()),
            Holds::Bool => (ValueKind::Bool, Vec::new()),
            Holds::Day => (ValueKind::Date, Vec::new()),
            Holds::Moment => (ValueKind::DateTime, Vec::new()),
            Holds::Choice(choices) => (ValueKind::Choice, choices.labels()),
            Holds::Several(choices) => (ValueKind::List, choices.labels()),
            // People too: they are written by their names as other records are.
            Holds::Link(_) => (ValueKind::Text, Vec::new()),
            Holds::Other => (ValueKind::Unsupported, Vec::new()),
        };
        let writable = (self.createable && column.createable) || (self.updateable && column.updateable);
        StreamField {
            id: column.key.to_string(),
            name: column.name.clone(),
            kind,
            native_type: column.native.clone(),
            writable: writable && column.holds != Holds::Other,
            options,
            makes_options: false,
            stands_for: column.stands_for.clone(),
        }
    }
}

impl Column {
    fn read(raw: RawField) -> Column {
        let holds = match raw.native.as_str() {
            "id" | "string" | "textarea" | "phone" | "url" | "email" | "encryptedstring" | "combobox"
            | "time" => Holds::Text,
            "int" | "long" => Holds::Whole,
            "double" | "currency" | "percent" => Holds::Number,
            "boolean" => Holds::Bool,
            "date" => Holds::Day,
            "datetime" => Holds::Moment,
            "picklist" => Holds::Choice(Choices::read(raw.picklist_values)),
            "multipicklist" => Holds::Several(Choices::read(raw.picklist_values)),
            // Where there is no way to the record's name, its id is shown.
            "reference" => {
                Link::read(raw.relationship_name, raw.reference_to).map_or(Holds::Text, Holds::Link)
            }
            _ => Holds::Other,
        };
        Column {
            key: Arc::from(raw.name),
            name: raw.label,
            native: raw.native,
            holds,
            createable: raw.createable,
            updateable: raw.updateable,
            nillable: raw.nillable,
            defaulted: raw.defaulted_on_create,
            external_id: raw.external_id,
            length: raw.length,
            stands_for: BTreeMap::new(),
        }
    }

    /// Whether no record can be created without it.
    pub(super) fn is_required(&self) -> bool {
        self.createable && !self.nillable && !self.defaulted
    }
}
