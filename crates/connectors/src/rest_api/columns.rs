//! What a row's values are: members of objects within it under dotted names, each of some kind.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, NaiveDate};
use model::{StreamField, Value, ValueKind};
use serde_json::{Map, Value as Json};

/// Whole numbers beyond this are not exact as doubles: they are texts rather than wrong numbers.
const EXACT: u64 = 1 << 53;

/// The values of a row by their dotted names, in order. An object within the row is its members.
pub(super) fn flatten(row: &Map<String, Json>) -> Vec<(String, &Json)> {
    let mut values = Vec::with_capacity(row.len());
    add("", row, &mut values);
    values
}

fn add<'a>(prefix: &str, object: &'a Map<String, Json>, values: &mut Vec<(String, &'a Json)>) {
    for (name, value) in object {
        let name = format!("{prefix}{name}");
        match value {
            Json::Object(inner) if !inner.is_empty() => add(&format!("{name}."), inner, values),
            value => values.push((name, value)),
        }
    }
}

/// The columns that some rows show, in the order they come.
pub(super) fn columns(rows: &[Map<String, Json>]) -> Vec<StreamField> {
    let mut names: Vec<String> = Vec::new();
    let mut kinds: HashMap<String, Option<ValueKind>> = HashMap::new();
    for (name, value) in rows.iter().flat_map(flatten) {
        let kind = kind_of(value);
        match kinds.get_mut(&name) {
            None => {
                names.push(name.clone());
                kinds.insert(name, kind);
            }
            Some(known) => *known = common(*known, kind),
        }
    }
    let field = |name: String| {
        let kind = kinds.get(&name).copied().flatten().unwrap_or(ValueKind::Text);
        StreamField {
            id: name.clone(),
            name,
            kind,
            native_type: native(kind).to_owned(),
            writable: false,
            options: Vec::new(),
            makes_options: false,
            stands_for: BTreeMap::new(),
        }
    };
    names.into_iter().map(field).collect()
}

/// The kind that holds values of both.
fn common(one: Option<ValueKind>, other: Option<ValueKind>) -> Option<ValueKind> {
    match (one, other) {
        (None, kind) | (kind, None) => kind,
        (Some(one), Some(other)) if one == other => Some(one),
        _ => Some(ValueKind::Text),
    }
}

/// The kind of a value; nothing for one that holds nothing.
fn kind_of(value: &Json) -> Option<ValueKind> {
    Some(match value {
        Json::Null | Json::Object(_) => return None,
        Json::String(text) if text.is_empty() => return None,
        Json::Bool(_) => ValueKind::Bool,
        Json::Number(_) if number(value).is_some() => ValueKind::Number,
        Json::Number(_) => ValueKind::Text,
        Json::Array(_) => ValueKind::List,
        Json::String(text) if day(text).is_some() => ValueKind::Date,
        Json::String(text) if DateTime::parse_from_rfc3339(text).is_ok() => ValueKind::DateTime,
        Json::String(_) => ValueKind::Text,
    })
}

/// The value of a column of that kind. What does not fit the kind is told as text.
pub(super) fn value(json: &Json, kind: ValueKind) -> Value {
    let text = |json: &Json| match json {
        Json::String(text) => Value::Text(text.clone()),
        other => Value::Text(other.to_string()),
    };
    match (json, kind) {
        (Json::Null, _) => Value::Empty,
        (Json::String(empty), _) if empty.is_empty() => Value::Empty,
        (Json::Object(object), _) if object.is_empty() => Value::Empty,
        (Json::Bool(yes), ValueKind::Bool) => Value::Bool(*yes),
        (Json::Number(_), ValueKind::Number) => number(json).map_or_else(|| text(json), Value::Number),
        (Json::String(written), ValueKind::Date) => day(written).map_or_else(|| text(json), Value::Date),
        (Json::String(written), ValueKind::DateTime) => {
            DateTime::parse_from_rfc3339(written).map_or_else(|_| text(json), Value::DateTime)
        }
        (Json::Array(items), ValueKind::List) if items.is_empty() => Value::Empty,
        (Json::Array(items), ValueKind::List) => Value::List(
            items.iter().map(|item| value(item, kind_of(item).unwrap_or(ValueKind::Text))).collect(),
        ),
        _ => text(json),
    }
}

/// A number that a double holds exactly enough.
fn number(json: &Json) -> Option<f64> {
    let is_exact = json.as_i64().is_none_or(|whole| whole.unsigned_abs() <= EXACT)
        && json.as_u64().is_none_or(|whole| whole <= EXACT);
    json.as_f64().filter(|_| is_exact)
}

/// A day as ISO 8601 writes it, and nothing else.
fn day(text: &str) -> Option<NaiveDate> {
    (text.len() == 10).then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()).flatten()
}

/// The JSON word for a kind.
fn native(kind: ValueKind) -> &'static str {
    match kind {
        ValueKind::Number => "number",
        ValueKind::Bool => "boolean",
        ValueKind::List => "array",
        ValueKind::Date => "string (date)",
        ValueKind::DateTime => "string (date-time)",
        _ => "string",
    }
}
