//! Fields: what they hold, and how the service tells them.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::Entity;

/// What a custom field holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldType {
    /// Text of 255 characters at most.
    Varchar,
    /// The same, completed while one types.
    VarcharAuto,
    /// Text of 65,000 characters at most.
    Text,
    /// A phone number.
    Phone,
    /// A number.
    Double,
    /// An amount in a currency.
    Monetary,
    /// One of these labels.
    Enum(Vec<String>),
    /// Some of these labels.
    Set(Vec<String>),
    /// A day.
    Date,
    /// Two days.
    DateRange,
    /// A time of day.
    Time,
    /// Two times of day.
    TimeRange,
    /// An address.
    Address,
    /// A user of the company.
    User,
    /// An organization.
    Org,
    /// A person.
    People,
}

impl FieldType {
    /// One of these labels.
    #[must_use]
    pub fn choice(labels: &[&str]) -> Self {
        Self::Enum(labels.iter().map(|label| (*label).to_owned()).collect())
    }

    /// Some of these labels.
    #[must_use]
    pub fn choices(labels: &[&str]) -> Self {
        Self::Set(labels.iter().map(|label| (*label).to_owned()).collect())
    }

    fn parts(&self) -> (&'static str, Form) {
        match self {
            Self::Varchar => ("varchar", Form::Text(255)),
            Self::VarcharAuto => ("varchar_auto", Form::Text(255)),
            Self::Text => ("text", Form::Text(65_000)),
            Self::Phone => ("phone", Form::Text(255)),
            Self::Double => ("double", Form::Number),
            Self::Monetary => ("monetary", Form::Money),
            Self::Enum(_) => ("enum", Form::Choice),
            Self::Set(_) => ("set", Form::Choices),
            Self::Date => ("date", Form::Day),
            Self::DateRange => ("daterange", Form::Days),
            Self::Time => ("time", Form::Time),
            Self::TimeRange => ("timerange", Form::Times),
            Self::Address => ("address", Form::Address),
            Self::User => ("user", Form::Link(Target::User)),
            Self::Org => ("org", Form::Link(Target::Record(Entity::Organizations))),
            Self::People => ("people", Form::Link(Target::Record(Entity::Persons))),
        }
    }

    fn labels(&self) -> &[String] {
        match self {
            Self::Enum(labels) | Self::Set(labels) => labels,
            _ => &[],
        }
    }
}

/// How a value must look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A string with this many characters at most.
    Text(usize),
    /// A number.
    Number,
    /// A number without a fraction.
    Whole,
    /// `{"value","currency"}`.
    Money,
    /// Three capital letters.
    Currency,
    /// The id of an option.
    Choice,
    /// Ids of options; never an empty list.
    Choices,
    /// One of these words.
    Word(&'static [&'static str]),
    /// `YYYY-MM-DD`.
    Day,
    /// `{"value","until"}`.
    Days,
    /// `{"value","timezone_name"}`.
    Time,
    /// `{"value","until","timezone_name"}`.
    Times,
    /// RFC 3339.
    Moment,
    /// `{"value",…}`.
    Address,
    /// E-mail addresses or phone numbers: `[{"value","label","primary"}]`.
    Contacts,
    /// An id.
    Link(Target),
    /// Whatever the service makes.
    Made,
}

/// What an id is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    User,
    Record(Entity),
    Stage,
    Pipeline,
}

/// An option of a field.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    pub(super) id: i64,
    pub(super) label: String,
}

/// A field of an entity.
#[derive(Clone, Debug)]
pub(super) struct Field {
    /// A hash for custom fields.
    pub(super) code: String,
    pub(super) name: String,
    /// The service's word for its type.
    pub(super) word: &'static str,
    pub(super) form: Form,
    pub(super) options: Vec<Choice>,
    pub(super) is_custom: bool,
    pub(super) is_writable: bool,
    /// It may not be cleared.
    pub(super) is_needed: bool,
}

impl Field {
    /// A custom field. Its hash follows from its name, so that it is the same at every start.
    pub(super) fn custom(entity: Entity, name: &str, kind: &FieldType, first_option: i64) -> Self {
        let (word, form) = kind.parts();
        let hash = Sha256::digest(format!("{}/{name}", entity.path()).as_bytes());
        let code: String = hash.iter().take(20).map(|byte| format!("{byte:02x}")).collect();
        let options = kind.labels().iter().zip(first_option..);
        let options = options.map(|(label, id)| Choice { id, label: label.clone() }).collect();
        let name = name.to_owned();
        Self { code, name, word, form, options, is_custom: true, is_writable: true, is_needed: false }
    }

    /// As the service tells it.
    pub(super) fn json(&self) -> Value {
        let options: Vec<Value> = self
            .options
            .iter()
            .map(|option| json!({"id": option.id, "label": option.label, "color": null}))
            .collect();
        let options =
            if matches!(self.form, Form::Choice | Form::Choices) { json!(options) } else { json!(null) };
        json!({
            "field_name": self.name, "field_code": self.code, "field_type": self.word, "description": null,
            "options": options, "subfields": null, "is_custom_field": self.is_custom,
            "is_optional_response_field": false,
        })
    }
}
