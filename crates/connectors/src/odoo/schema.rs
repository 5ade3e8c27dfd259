//! A model as its server describes it: what each field holds and whether it can be written.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use model::record::FieldKey;
use model::{StreamField, StreamSchema, ValueKind};
use serde_json::{Map, Value as Json};

use super::streams::{self, Offered, STAGES, USERS};

/// A model with its fields.
#[derive(Clone, Debug)]
pub(super) struct Model {
    pub(super) id: &'static str,
    pub(super) name: String,
    pub(super) columns: Vec<Column>,
    /// Whether records can be written at all.
    pub(super) writable: bool,
}

/// A field.
#[derive(Clone, Debug)]
pub(super) struct Column {
    /// Technical name; that of an order's field stands after `order_id.`.
    pub(super) key: FieldKey,
    pub(super) name: String,
    pub(super) native: String,
    pub(super) holds: Holds,
    pub(super) writable: bool,
    pub(super) required: bool,
}

/// What a field holds, for reading and writing.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Holds {
    Text,
    Html,
    Whole,
    Number,
    Bool,
    Day,
    Moment,
    /// Keys and labels.
    Choice(Vec<(String, String)>),
    /// A record of another model, read as its name.
    Link(String),
    /// A stage: its id and name, in their order.
    Stage(Vec<(i64, String)>),
    /// Something that is not read: lists of records, files, structures.
    Other,
}

/// Fields that every model with a discussion has and nobody maps.
const NOISE: [&str; 5] = ["message_", "activity_", "my_activity_", "website_message_", "__"];

impl Model {
    /// Reads what `fields_get` tells.
    pub(super) fn read(offered: &Offered, lang: &str, fields: &Map<String, Json>, writable: bool) -> Model {
        let kept = fields.iter().filter(|(key, _)| !NOISE.iter().any(|noise| key.starts_with(noise)));
        let columns = kept.map(|(key, told)| Column::read(key, told, writable)).collect();
        let mut model = Model { id: offered.model, name: offered.name(lang).to_owned(), columns, writable };
        model.sort();
        model
    }

    /// Adds the fields of the order that a line belongs to; they are read only.
    pub(super) fn join(&mut self, offered: &Offered, fields: &Map<String, Json>) {
        for field in offered.of_order {
            if let Some(told) = fields.get(*field) {
                let mut column = Column::read(&format!("{}.{field}", streams::ORDER_ID), told, false);
                column.name = format!("{} ({})", column.name, streams::ORDERS);
                self.columns.push(column);
            }
        }
        self.sort();
    }

    /// Names first, then by label; a label that stands twice gets the technical name.
    fn sort(&mut self) {
        let rank = |column: &Column| match &*column.key {
            "name" => 0,
            "display_name" => 1,
            _ => 2,
        };
        self.columns.sort_by(|a, b| (rank(a), &a.name, &a.key).cmp(&(rank(b), &b.name, &b.key)));
        let mut seen = HashSet::new();
        for column in &mut self.columns {
            if !seen.insert(column.name.clone()) {
                column.name = format!("{} ({})", column.name, column.key);
            }
        }
    }

    pub(super) fn column(&self, key: &str) -> Option<&Column> {
        self.columns.iter().find(|column| *column.key == *key)
    }

    /// Says which stages there are.
    pub(super) fn set_stages(&mut self, stages: Vec<(i64, String)>) {
        for column in &mut self.columns {
            if column.holds == Holds::Link(STAGES.to_owned()) {
                column.holds = Holds::Stage(stages.clone());
            }
        }
    }

    /// The model as the product sees it.
    pub(super) fn stream(&self) -> StreamSchema {
        let fields = self.columns.iter().map(Column::field).collect();
        StreamSchema { id: self.id.to_owned(), name: self.name.clone(), fields }
    }
}

impl Column {
    pub(super) fn read(key: &str, told: &Json, writable: bool) -> Column {
        let text = |key: &str| told[key].as_str().unwrap_or_default();
        let flag = |key: &str, unsaid: bool| told[key].as_bool().unwrap_or(unsaid);
        let holds = match text("type") {
            "char" | "text" | "reference" => Holds::Text,
            "html" => Holds::Html,
            "integer" | "many2one_reference" => Holds::Whole,
            "float" | "monetary" => Holds::Number,
            "boolean" => Holds::Bool,
            "date" => Holds::Day,
            "datetime" => Holds::Moment,
            "selection" => Holds::Choice(options(&told["selection"])),
            "many2one" => Holds::Link(text("relation").to_owned()),
            _ => Holds::Other,
        };
        Column {
            key: Arc::from(key),
            name: Some(text("string")).filter(|name| !name.is_empty()).unwrap_or(key).to_owned(),
            native: text("type").to_owned(),
            writable: writable && holds != Holds::Other && flag("store", true) && !flag("readonly", false),
            required: flag("required", false),
            holds,
        }
    }

    /// The model that a many-to-one leads to.
    pub(super) fn relation(&self) -> Option<&str> {
        match &self.holds {
            Holds::Link(model) => Some(model),
            _ => None,
        }
    }

    fn field(&self) -> StreamField {
        let (kind, options) = match &self.holds {
            Holds::Text | Holds::Html => (ValueKind::Text, Vec::new()),
            Holds::Whole | Holds::Number => (ValueKind::Number, Vec::new()),
            Holds::Bool => (ValueKind::Bool, Vec::new()),
            Holds::Day => (ValueKind::Date, Vec::new()),
            Holds::Moment => (ValueKind::DateTime, Vec::new()),
            Holds::Choice(options) => {
                (ValueKind::Choice, options.iter().map(|(_, label)| label.clone()).collect())
            }
            Holds::Stage(stages) => {
                (ValueKind::Choice, stages.iter().map(|(_, name)| name.clone()).collect())
            }
            Holds::Link(model) if model == USERS => (ValueKind::Person, Vec::new()),
            Holds::Link(_) => (ValueKind::Text, Vec::new()),
            Holds::Other => (ValueKind::Unsupported, Vec::new()),
        };
        StreamField {
            id: self.key.to_string(),
            name: self.name.clone(),
            kind,
            native_type: self.native.clone(),
            writable: self.writable,
            options,
            makes_options: false,
            stands_for: BTreeMap::new(),
        }
    }
}

fn options(told: &Json) -> Vec<(String, String)> {
    let pair = |option: &Json| Some((option[0].as_str()?.to_owned(), option[1].as_str()?.to_owned()));
    told.as_array().into_iter().flatten().filter_map(pair).collect()
}
