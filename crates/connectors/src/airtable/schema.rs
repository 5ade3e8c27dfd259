//! Tables and columns as Airtable describes them, and as the product sees them.
//!
//! Options are read leniently: a type that appears tomorrow must not keep the others from being read.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono_tz::{Europe, Tz};
use model::record::FieldKey;
use model::{StreamField, StreamSchema, ValueKind};
use serde::Deserialize;
use serde_json::Value as Json;

/// A table of the base.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) columns: Vec<Column>,
    /// The id of the column whose value names a record.
    pub(super) primary: String,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Column {
    pub(super) id: FieldKey,
    pub(super) name: String,
    /// Airtable's word for the type.
    pub(super) native_type: String,
    pub(super) cell: CellType,
    pub(super) writable: bool,
    /// The labels of a choice.
    pub(super) choices: Vec<String>,
    /// A modification time that follows every column of the record.
    pub(super) follows_all: bool,
}

/// What the cells of a column hold.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum CellType {
    Text,
    Number,
    Checkbox,
    Date,
    /// An instant, shown in this time zone.
    DateTime(Zone),
    Choice,
    Choices,
    Person,
    People,
    /// Ids of records of that table.
    Links(String),
    Files,
    Barcode,
    Button,
    AiText,
    /// Values of a linked table, each of this type.
    Several(Box<CellType>),
    Unknown,
}

/// The time zone a field is shown in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Zone {
    /// This one, whoever looks.
    Named(Tz),
    /// Each reader's own; the product's readers are in France.
    Readers,
}

impl Zone {
    pub(super) fn tz(self) -> Tz {
        match self {
            Zone::Named(tz) => tz,
            Zone::Readers => Europe::Paris,
        }
    }
}

impl Table {
    pub(super) fn column(&self, id: &str) -> Option<&Column> {
        self.columns.iter().find(|column| &*column.id == id)
    }

    /// The column that names a record.
    pub(super) fn primary_column(&self) -> Option<&Column> {
        self.column(&self.primary).or_else(|| self.columns.first())
    }

    /// The column that says when a record was last modified, whatever was modified.
    pub(super) fn modified_column(&self) -> Option<&Column> {
        self.columns.iter().find(|column| column.follows_all)
    }

    /// The table as the product sees it.
    pub(super) fn stream(&self) -> StreamSchema {
        StreamSchema {
            id: self.id.clone(),
            name: self.name.clone(),
            fields: self.columns.iter().map(Column::field).collect(),
        }
    }

    /// A text with the ids of this table's columns replaced by their names.
    pub(super) fn with_names(&self, text: &str) -> String {
        self.columns.iter().fold(text.to_owned(), |text, column| text.replace(&*column.id, &column.name))
    }
}

impl Column {
    fn field(&self) -> StreamField {
        StreamField {
            id: self.id.to_string(),
            name: self.name.clone(),
            kind: self.cell.kind(),
            native_type: self.native_type.clone(),
            writable: self.writable,
            options: self.choices.clone(),
            makes_options: false,
            stands_for: BTreeMap::new(),
        }
    }
}

impl CellType {
    fn kind(&self) -> ValueKind {
        match self {
            CellType::Text | CellType::Barcode | CellType::Button | CellType::AiText => ValueKind::Text,
            CellType::Number => ValueKind::Number,
            CellType::Checkbox => ValueKind::Bool,
            CellType::Date => ValueKind::Date,
            CellType::DateTime(_) => ValueKind::DateTime,
            CellType::Choice => ValueKind::Choice,
            CellType::Person => ValueKind::Person,
            CellType::Choices
            | CellType::People
            | CellType::Links(_)
            | CellType::Files
            | CellType::Several(_) => ValueKind::List,
            CellType::Unknown => ValueKind::Unsupported,
        }
    }

    /// The table whose records the cells name, directly or through a lookup.
    pub(super) fn linked_table(&self) -> Option<&str> {
        match self {
            CellType::Links(table) => Some(table),
            CellType::Several(each) => each.linked_table(),
            _ => None,
        }
    }

    /// The type called `native` with these options.
    fn parse(native: &str, options: &Json) -> CellType {
        // A computed column holds what its result says; one in error has no result.
        let result = || {
            let result = &options["result"];
            result["type"]
                .as_str()
                .map_or(CellType::Text, |native| CellType::parse(native, &result["options"]))
        };
        match native {
            "singleLineText" | "email" | "url" | "phoneNumber" | "multilineText" | "richText" => {
                CellType::Text
            }
            "number" | "currency" | "percent" | "duration" | "rating" | "count" | "autoNumber" => {
                CellType::Number
            }
            "checkbox" => CellType::Checkbox,
            "date" => CellType::Date,
            "dateTime" => CellType::DateTime(zone(options)),
            "singleSelect" | "externalSyncSource" => CellType::Choice,
            "multipleSelects" => CellType::Choices,
            "singleCollaborator" | "createdBy" | "lastModifiedBy" => CellType::Person,
            "multipleCollaborators" => CellType::People,
            "multipleRecordLinks" => {
                CellType::Links(options["linkedTableId"].as_str().unwrap_or_default().to_owned())
            }
            "multipleAttachments" => CellType::Files,
            "barcode" => CellType::Barcode,
            "button" => CellType::Button,
            "aiText" => CellType::AiText,
            "formula" | "rollup" => result(),
            "multipleLookupValues" => CellType::Several(Box::new(result())),
            "createdTime" | "lastModifiedTime" => match result() {
                CellType::Text => CellType::DateTime(Zone::Readers),
                moment => moment,
            },
            _ => CellType::Unknown,
        }
    }
}

fn zone(options: &Json) -> Zone {
    match options["timeZone"].as_str() {
        None | Some("client") => Zone::Readers,
        Some("utc") => Zone::Named(Tz::UTC),
        Some(name) => name.parse().map_or(Zone::Readers, Zone::Named),
    }
}

/// Types people fill in and this connector writes. All others are computed by Airtable, or hold ids
/// of things that must exist beforehand (linked records, files).
const WRITABLE: [&str; 19] = [
    "singleLineText",
    "email",
    "url",
    "phoneNumber",
    "multilineText",
    "richText",
    "number",
    "currency",
    "percent",
    "duration",
    "rating",
    "checkbox",
    "date",
    "dateTime",
    "singleSelect",
    "multipleSelects",
    "singleCollaborator",
    "multipleCollaborators",
    "barcode",
];

/// The tables of an answer.
#[derive(Deserialize)]
pub(super) struct RawTables {
    tables: Vec<RawTable>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawTable {
    id: String,
    name: String,
    #[serde(default)]
    primary_field_id: String,
    fields: Vec<RawField>,
}

#[derive(Deserialize)]
struct RawField {
    id: String,
    name: String,
    r#type: String,
    #[serde(default)]
    options: Json,
}

impl RawTables {
    pub(super) fn parse(self) -> Vec<Arc<Table>> {
        self.tables.into_iter().map(|table| Arc::new(table.parse())).collect()
    }
}

impl RawTable {
    fn parse(self) -> Table {
        let columns = self.fields.into_iter().map(RawField::parse).collect();
        Table { id: self.id, name: self.name, primary: self.primary_field_id, columns }
    }
}

impl RawField {
    fn parse(self) -> Column {
        let choices = self.options["choices"].as_array().into_iter().flatten();
        let referenced = self.options["referencedFieldIds"].as_array();
        Column {
            id: self.id.into(),
            name: self.name,
            cell: CellType::parse(&self.r#type, &self.options),
            writable: WRITABLE.contains(&self.r#type.as_str()),
            choices: choices.filter_map(|choice| choice["name"].as_str().map(str::to_owned)).collect(),
            follows_all: self.r#type == "lastModifiedTime" && referenced.is_none_or(Vec::is_empty),
            native_type: self.r#type,
        }
    }
}

/// The columns of a listing by whatever an answer may call them: the id it was asked for, or the name.
pub(super) fn by_key(columns: &[Column]) -> HashMap<String, usize> {
    let names = columns.iter().enumerate().map(|(index, column)| (column.name.clone(), index));
    let ids = columns.iter().enumerate().map(|(index, column)| (column.id.to_string(), index));
    names.chain(ids).collect()
}
