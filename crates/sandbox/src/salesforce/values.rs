//! Values as JSON holds them, by the type of their field.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;

use super::field::{Field, FieldType};

/// A moment as the service tells it: to the second, and the offset has no colon.
pub(super) fn moment(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%S.000+0000").to_string()
}

/// A moment as it is written, by a client or by the service.
pub(super) fn read_moment(text: &str) -> Option<DateTime<Utc>> {
    let read = DateTime::parse_from_rfc3339(text);
    read.or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z")).ok().map(|at| at.to_utc())
}

/// What is kept of a value; nothing where its JSON has not the type of the field.
pub(super) fn accepted(field: &Field, value: &Value) -> Option<Value> {
    match (&field.kind, value) {
        (FieldType::Boolean, Value::Bool(_)) => Some(value.clone()),
        (FieldType::Boolean, _) => None,
        (_, Value::Null) => Some(Value::Null),
        (FieldType::Int, Value::Number(number)) => number.is_i64().then(|| value.clone()),
        (FieldType::Double | FieldType::Currency | FieldType::Percent, Value::Number(_)) => {
            Some(value.clone())
        }
        (FieldType::Int | FieldType::Double | FieldType::Currency | FieldType::Percent, _) => None,
        (FieldType::Date, Value::String(text)) => {
            let day = NaiveDate::parse_from_str(text.get(..10)?, "%Y-%m-%d").ok()?;
            (text.len() == 10).then(|| Value::from(day.to_string()))
        }
        (FieldType::DateTime, Value::String(text)) => read_moment(text).map(|at| Value::from(moment(at))),
        (_, Value::String(text)) if text.is_empty() => Some(Value::Null),
        (FieldType::MultiPicklist(picks), Value::String(text)) => {
            // In the order of the list, whoever chose.
            let mut chosen: Vec<&str> = text.split(';').collect();
            chosen.sort_by_key(|one| picks.iter().position(|pick| pick.value == *one));
            Some(Value::from(chosen.join(";")))
        }
        (_, Value::String(_)) => Some(value.clone()),
        _ => None,
    }
}

/// The word for a type in the errors of the service's JSON reader.
pub(super) fn java_type(field: &Field) -> &'static str {
    match field.kind {
        FieldType::Boolean => "boolean",
        FieldType::Int => "int",
        FieldType::Double | FieldType::Currency | FieldType::Percent => "double",
        FieldType::Date => "date",
        FieldType::DateTime => "datetime",
        _ => "string",
    }
}
