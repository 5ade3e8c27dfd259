//! Plain values for tests, and how they stand for the API's.
//!
//! `"Acme"` for a title, `12.5` for a number, `"Won"` for a status, `["a", "b"]` for options, users and
//! pages, `"2027-01-05"` for a date. A value that is an object with the type as its key is taken as it is.

use serde_json::{Map, Value, json};

use crate::notion::state::{Column, SourceState};
use crate::notion::{PropertyType, Refusal, rich_text};

/// Writes plain values in the API's way.
pub(super) fn write(source: &SourceState, row: &Value) -> Result<Map<String, Value>, Refusal> {
    let row = row.as_object().ok_or_else(|| Refusal::body("body.properties", "be an object", Some(row)))?;
    let cells = row.iter().map(|(key, value)| {
        let column = source.column(key).ok_or_else(|| Refusal::unknown_property(key))?;
        let kind = column.kind.name();
        let full = value.get(kind).is_some();
        let value = if full { value.clone() } else { json!({kind: cell(column, value)}) };
        Ok((column.id.clone(), value))
    });
    cells.collect()
}

fn cell(column: &Column, value: &Value) -> Value {
    use PropertyType as T;
    let each = |key: &str| match value {
        Value::Null => json!([]),
        Value::Array(list) => {
            list.iter().map(|item| if item.is_object() { item.clone() } else { json!({key: item}) }).collect()
        }
        one => json!([{key: one}]),
    };
    match (&column.kind, value) {
        (T::Title | T::RichText, Value::Null) => json!([]),
        (T::Title | T::RichText, Value::String(text)) => pieces(text),
        (T::Select(_) | T::Status(_), Value::String(name)) => json!({ "name": name }),
        (T::MultiSelect(_), _) => each("name"),
        (T::People | T::Relation { .. }, _) => each("id"),
        (T::Files, _) => {
            let file = |file: &Value| json!({"name": file["name"], "external": {"url": file["url"]}});
            value.as_array().into_iter().flatten().map(file).collect()
        }
        (T::Date, Value::String(start)) => json!({ "start": start }),
        (T::Formula { .. }, Value::Number(number)) => json!({"type": "number", "number": number}),
        (T::Formula { .. }, Value::String(text)) => json!({"type": "string", "string": text}),
        (T::Formula { .. }, Value::Bool(flag)) => json!({"type": "boolean", "boolean": flag}),
        (T::Checkbox, Value::Null) => json!(false),
        _ => value.clone(),
    }
}

/// A text in pieces of at most 2,000 signs, as the interface keeps it.
fn pieces(text: &str) -> Value {
    let signs: Vec<char> = text.chars().collect();
    // Half of the limit: a sign may count twice.
    signs.chunks(1000).map(|part| json!({"text": {"content": part.iter().collect::<String>()}})).collect()
}

/// Reads a property of a page object back into a plain value.
pub(super) fn read(kind: &PropertyType, value: &Value) -> Value {
    use PropertyType as T;
    let each = |key: &str| value.as_array().into_iter().flatten().map(|item| item[key].clone()).collect();
    match kind {
        T::Title | T::RichText => {
            let text = rich_text::plain(value);
            if text.is_empty() { Value::Null } else { text.into() }
        }
        T::Select(_) | T::Status(_) => value["name"].clone(),
        T::MultiSelect(_) => each("name"),
        T::People | T::Relation { .. } => each("id"),
        T::Date if value["end"].is_null() && value["time_zone"].is_null() => value["start"].clone(),
        T::Formula { .. } => value[value["type"].as_str().unwrap_or_default()].clone(),
        T::UniqueId { prefix: Some(prefix) } => json!(format!("{prefix}-{}", value["number"])),
        T::CreatedBy | T::LastEditedBy => value["id"].clone(),
        _ => value.clone(),
    }
}
