//! A value as a service holds it, whatever the service.
//!
//! Three states are kept apart everywhere: a field that is *absent* is not in the record at all, a
//! field that is *empty* is [`Value::Empty`], anything else is a value.

use chrono::{DateTime, FixedOffset, NaiveDate};

/// What one field of one record holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// The field is there and holds nothing.
    Empty,
    /// Text, or the label of a chosen option.
    Text(String),
    /// A number; services speak JSON, so it is a double.
    Number(f64),
    /// Yes or no.
    Bool(bool),
    /// A calendar day, without time and so without time zone.
    Date(NaiveDate),
    /// An instant, in the time zone its field is shown in: its day is the day people see.
    DateTime(DateTime<FixedOffset>),
    /// Several values: options, linked names, people, files.
    List(Vec<Value>),
    /// The service holds something that cannot be read: a formula in error, an unknown type.
    Unreadable(String),
}

impl Value {
    /// The value as people would write it on one line; `None` when empty or unreadable.
    pub fn to_text(&self) -> Option<String> {
        match self {
            Value::Empty | Value::Unreadable(_) => None,
            Value::Text(text) => Some(text.clone()),
            Value::Number(number) => Some(format!("{number}")),
            Value::Bool(yes) => Some(if *yes { "oui" } else { "non" }.to_owned()),
            Value::Date(date) => Some(date.to_string()),
            Value::DateTime(instant) => Some(instant.to_rfc3339()),
            Value::List(values) => {
                let texts: Vec<String> = values.iter().filter_map(Value::to_text).collect();
                (!texts.is_empty()).then(|| texts.join(", "))
            }
        }
    }
}
