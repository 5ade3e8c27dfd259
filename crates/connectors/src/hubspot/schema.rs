//! Types of objects and their properties, as the product sees them.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use model::record::FieldKey;
use model::{StreamField, StreamSchema, ValueKind};

use super::labels::{Labels, told_apart};
use super::stages::Stages;
use super::streams::{self, PIPELINE, STAGE};
use super::wire::RawProperty;

/// What the ids of fields that name associated records begin with; no property's name holds a dot.
const LINKED: &str = "associations.";

/// A type of object.
#[derive(Clone, Debug)]
pub(super) struct Object {
    /// Its name in addresses, which is the stream's id.
    pub(super) id: String,
    pub(super) label: String,
    pub(super) columns: Vec<Column>,
    /// Where the account is: the days of its instants are the days people see there.
    pub(super) zone: Tz,
}

/// A property, or the names of associated records.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Column {
    pub(super) key: FieldKey,
    pub(super) name: String,
    /// HubSpot's words for the type: that of the value and that of the field.
    pub(super) native: String,
    pub(super) holds: Holds,
    pub(super) writable: bool,
}

/// What a property holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Holds {
    Text,
    Number,
    Bool,
    Date,
    DateTime,
    Choice(Labels),
    /// Several options, separated by semicolons.
    Choices(Labels),
    Owner(Labels),
    Stage(Stages),
    /// Names of records of that type.
    Links(&'static str),
    Unknown,
}

/// What is known of the account when its properties are read.
pub(super) struct Known {
    /// `None` where the token may not see people.
    pub(super) owners: Option<Labels>,
    /// Of deals; of other types there are none.
    pub(super) stages: Stages,
    pub(super) zone: Tz,
}

impl Object {
    /// A type of object with the properties that are wanted (or, where none are named, not hidden), and with the
    /// names of records of these other types.
    pub(super) fn new(
        id: &str,
        label: &str,
        properties: Vec<RawProperty>,
        wanted: &[String],
        links: impl Iterator<Item = &'static str>,
        known: &Known,
    ) -> Object {
        let is_wanted = |property: &RawProperty| {
            if wanted.is_empty() { !property.hidden } else { wanted.contains(&property.name) }
        };
        let own = properties.into_iter().filter(is_wanted).map(|property| Column::of(property, known));
        let mut columns: Vec<Column> = own.chain(links.map(Column::linked)).collect();
        let names = columns.iter().map(|column| (column.key.to_string(), column.name.clone())).collect();
        for (column, (_, name)) in columns.iter_mut().zip(told_apart(names)) {
            column.name = name;
        }
        Object { id: id.to_owned(), label: label.to_owned(), columns, zone: known.zone }
    }

    pub(super) fn column(&self, key: &str) -> Option<&Column> {
        self.columns.iter().find(|column| &*column.key == key)
    }

    /// The type as the product sees it.
    pub(super) fn stream(&self) -> StreamSchema {
        let fields = self.columns.iter().map(Column::field).collect();
        StreamSchema { id: self.id.clone(), name: self.label.clone(), fields }
    }
}

impl Column {
    fn of(raw: RawProperty, known: &Known) -> Column {
        let is_fixed = raw.calculated || raw.modification_metadata.is_some_and(|told| told.read_only_value);
        let options =
            || Labels::new(raw.options.iter().map(|option| (option.value.clone(), option.label.clone())));
        let is_owner = raw.external_options && raw.referenced_object_type.as_deref() == Some("OWNER");
        let holds = match (raw.kind.as_str(), raw.field_type.as_str()) {
            ("enumeration", _) if raw.name == STAGE && !known.stages.labels.is_empty() => {
                Holds::Stage(known.stages.clone())
            }
            ("enumeration", _) if is_owner => known.owners.clone().map_or(Holds::Text, Holds::Owner),
            // Options that are told nowhere: the values are all there is.
            ("enumeration", _) if raw.external_options && raw.options.is_empty() => Holds::Text,
            ("enumeration", "checkbox") => Holds::Choices(options()),
            ("enumeration", _) => Holds::Choice(options()),
            ("string" | "phone_number", _) => Holds::Text,
            ("number", _) => Holds::Number,
            ("bool", _) => Holds::Bool,
            ("date", _) => Holds::Date,
            ("datetime", _) => Holds::DateTime,
            _ => Holds::Unknown,
        };
        let is_blind = holds == Holds::Unknown || (raw.kind == "enumeration" && holds == Holds::Text);
        Column {
            writable: !is_fixed && !is_blind && raw.name != PIPELINE,
            key: raw.name.into(),
            name: raw.label,
            native: format!("{} ({})", raw.kind, raw.field_type),
            holds,
        }
    }

    /// The names of associated records.
    fn linked(to: &'static str) -> Column {
        Column {
            key: format!("{LINKED}{to}").into(),
            name: streams::label(to).to_owned(),
            native: "association".to_owned(),
            holds: Holds::Links(to),
            writable: false,
        }
    }

    fn field(&self) -> StreamField {
        StreamField {
            id: self.key.to_string(),
            name: self.name.clone(),
            kind: self.holds.kind(),
            native_type: self.native.clone(),
            writable: self.writable,
            options: self.holds.labels().map(Labels::all).unwrap_or_default(),
            makes_options: false,
            stands_for: match &self.holds {
                Holds::Stage(stages) => stages.stands_for.clone(),
                _ => BTreeMap::new(),
            },
        }
    }
}

impl Holds {
    fn kind(&self) -> ValueKind {
        match self {
            Holds::Text => ValueKind::Text,
            Holds::Number => ValueKind::Number,
            Holds::Bool => ValueKind::Bool,
            Holds::Date => ValueKind::Date,
            Holds::DateTime => ValueKind::DateTime,
            // People too: the ones there are to choose from are known by name.
            Holds::Choice(_) | Holds::Stage(_) | Holds::Owner(_) => ValueKind::Choice,
            Holds::Choices(_) | Holds::Links(_) => ValueKind::List,
            Holds::Unknown => ValueKind::Unsupported,
        }
    }

    /// The labels one may choose from.
    pub(super) fn labels(&self) -> Option<&Labels> {
        match self {
            Holds::Choice(labels) | Holds::Choices(labels) | Holds::Owner(labels) => Some(labels),
            Holds::Stage(stages) => Some(&stages.labels),
            _ => None,
        }
    }
}
