//! Streams and fields as Pipedrive describes them, and as the product sees them.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use model::record::FieldKey;
use model::{DealField, StreamField, StreamSchema, ValueKind};

use super::answers::RawField;
use super::entity::Entity;
use super::stages::Stages;

/// Where a deal stands: its stage or its end.
pub(super) const STAGE: &str = "stage_id";
/// Which fields are which of a deal's.
pub(super) const DEAL_FIELDS: &[(DealField, &str)] = &[
    (DealField::Client, "title"),
    (DealField::Statut, STAGE),
    (DealField::MontantBrut, "value"),
    (DealField::DateEcheance, "expected_close_date"),
    (DealField::Assignee, "owner_id"),
];

/// A stream with its fields.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Model {
    pub(super) entity: Entity,
    pub(super) columns: Vec<Column>,
    /// Of deals; none elsewhere.
    pub(super) stages: Stages,
}

/// A field.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Column {
    /// A hash for custom fields.
    pub(super) key: FieldKey,
    pub(super) name: String,
    /// The service's word for the type.
    pub(super) native: String,
    pub(super) holds: Holds,
    pub(super) is_custom: bool,
    pub(super) writable: bool,
    /// No record is without it.
    pub(super) needed: bool,
}

/// What a field holds, for reading and writing.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Holds {
    /// At most this many characters.
    Text(usize),
    Number,
    /// A number without a fraction.
    Whole,
    /// An amount beside its currency, in one field.
    Money,
    Day,
    Moment,
    /// Numbers and labels.
    Choice(Vec<(i64, String)>),
    Choices(Vec<(i64, String)>),
    /// E-mail addresses or phone numbers.
    Contacts,
    Address,
    /// A user.
    Person,
    /// A record of another stream, read as its name.
    Link(Entity),
    /// Where a deal stands.
    Stage,
    Pipeline,
    /// A time, or two of something: read as text.
    Span,
    /// Something that is not read.
    Other,
}

/// The longest texts: those of one line, and large ones (developers.pipedrive.com, custom fields).
const LINE: usize = 255;
const LARGE: usize = 65_000;

/// What must be known of built-in fields besides what is told: what they hold, and whether one can write
/// (`w`), must give (`!`) or only read (`r`) them.
const BUILT_IN: &[(&str, Holds, char)] = &[
    ("id", Holds::Whole, 'r'),
    ("title", Holds::Text(LINE), '!'),
    ("name", Holds::Text(LINE), '!'),
    ("value", Holds::Number, 'w'),
    ("currency", Holds::Text(3), '!'),
    ("owner_id", Holds::Person, '!'),
    ("creator_user_id", Holds::Person, 'r'),
    ("person_id", Holds::Link(Entity::Persons), 'w'),
    ("org_id", Holds::Link(Entity::Organizations), 'w'),
    ("pipeline_id", Holds::Pipeline, 'r'),
    (STAGE, Holds::Stage, '!'),
    ("status", Holds::Text(LINE), 'r'),
    ("probability", Holds::Whole, 'w'),
    ("lost_reason", Holds::Text(150), 'w'),
    ("visible_to", Holds::Whole, 'r'),
    ("expected_close_date", Holds::Day, 'w'),
    ("label_ids", Holds::Choices(Vec::new()), 'w'),
    ("emails", Holds::Contacts, 'w'),
    ("phones", Holds::Contacts, 'w'),
    ("address", Holds::Address, 'w'),
    ("website", Holds::Text(LINE), 'w'),
    ("employee_count", Holds::Whole, 'w'),
    ("annual_revenue", Holds::Number, 'w'),
    ("add_time", Holds::Moment, 'r'),
    ("update_time", Holds::Moment, 'r'),
    ("stage_change_time", Holds::Moment, 'r'),
    ("close_time", Holds::Moment, 'r'),
    ("won_time", Holds::Moment, 'r'),
    ("lost_time", Holds::Moment, 'r'),
];

impl Model {
    pub(super) fn new(entity: Entity, fields: Vec<RawField>, stages: Stages) -> Model {
        let told = fields.into_iter().filter(|field| !field.is_optional_response_field);
        let mut columns: Vec<Column> = told.map(Column::read).collect();
        let mut seen = HashSet::new();
        for column in &mut columns {
            if !seen.insert(column.name.clone()) {
                column.name = format!("{} ({})", column.name, column.key);
            }
        }
        Model { entity, columns, stages }
    }

    pub(super) fn column(&self, key: &str) -> Option<&Column> {
        self.columns.iter().find(|column| *column.key == *key)
    }

    /// The stream as the product sees it.
    pub(super) fn stream(&self) -> StreamSchema {
        StreamSchema {
            id: self.entity.id().to_owned(),
            name: self.entity.name().to_owned(),
            fields: self.columns.iter().map(|column| self.field(column)).collect(),
        }
    }

    fn field(&self, column: &Column) -> StreamField {
        let is_stage = column.holds == Holds::Stage;
        let options = match &column.holds {
            Holds::Choice(options) | Holds::Choices(options) => {
                options.iter().map(|(_, label)| label.clone()).collect()
            }
            Holds::Stage => self.stages.labels(),
            _ => Vec::new(),
        };
        StreamField {
            id: column.key.to_string(),
            name: column.name.clone(),
            kind: column.holds.kind(),
            native_type: column.native.clone(),
            writable: column.writable,
            options,
            makes_options: false,
            stands_for: if is_stage { self.stages.stands_for().clone() } else { BTreeMap::new() },
        }
    }
}

impl Column {
    fn read(told: RawField) -> Column {
        let options = told.options.into_iter().flatten();
        let options: Vec<(i64, String)> =
            options.filter_map(|option| Some((option.id.as_i64()?, option.label))).collect();
        let known = BUILT_IN.iter().find(|(code, ..)| !told.is_custom_field && *code == told.field_code);
        let (holds, can) = match known {
            Some((_, Holds::Choices(_), can)) => (Holds::Choices(options), *can),
            Some((_, holds, can)) => (holds.clone(), *can),
            None => {
                let holds = Holds::of_type(&told.field_type, options);
                let can =
                    told.is_custom_field && !matches!(holds, Holds::Span | Holds::Moment | Holds::Other);
                (holds, if can { 'w' } else { 'r' })
            }
        };
        Column {
            key: Arc::from(told.field_code),
            name: told.field_name,
            native: told.field_type,
            holds,
            is_custom: told.is_custom_field,
            writable: can != 'r',
            needed: can == '!',
        }
    }
}

impl Holds {
    fn of_type(word: &str, options: Vec<(i64, String)>) -> Holds {
        match word {
            "varchar" | "varchar_auto" | "phone" | "varchar_options" => Holds::Text(LINE),
            "text" => Holds::Text(LARGE),
            "double" => Holds::Number,
            "int" => Holds::Whole,
            "monetary" => Holds::Money,
            "enum" => Holds::Choice(options),
            "set" => Holds::Choices(options),
            "date" => Holds::Day,
            "address" => Holds::Address,
            "user" => Holds::Person,
            "people" => Holds::Link(Entity::Persons),
            "org" => Holds::Link(Entity::Organizations),
            "daterange" | "time" | "timerange" => Holds::Span,
            _ => Holds::Other,
        }
    }

    fn kind(&self) -> ValueKind {
        match self {
            Holds::Text(_) | Holds::Address | Holds::Link(_) | Holds::Pipeline | Holds::Span => {
                ValueKind::Text
            }
            Holds::Number | Holds::Whole | Holds::Money => ValueKind::Number,
            Holds::Day => ValueKind::Date,
            Holds::Moment => ValueKind::DateTime,
            Holds::Choice(_) | Holds::Stage => ValueKind::Choice,
            Holds::Choices(_) | Holds::Contacts => ValueKind::List,
            Holds::Person => ValueKind::Person,
            Holds::Other => ValueKind::Unsupported,
        }
    }
}
