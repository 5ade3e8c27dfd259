//! Writes a value as a cell, by the type of its column, and recognises it when it comes back.

use chrono::NaiveDate;
use model::{Text, Value};
use serde_json::{Value as Json, json};

use super::cell::Cell;
use super::moment;
use super::schema::{CellType, Column};
use crate::common::number;

/// The JSON for a value; `null` clears the cell.
///
/// # Errors
/// Why the column cannot take it.
pub(super) fn encode(column: &Column, value: &Value) -> Result<Json, Text> {
    let encoded = match (&column.cell, value) {
        (_, Value::Empty) => Some(Json::Null),
        (_, Value::Unreadable(_)) => None,
        (CellType::Text, value) => value.to_text().map(Json::from),
        (CellType::Barcode, value) => value.to_text().map(|text| json!({ "text": text })),
        (CellType::Number, Value::Number(number)) => number::json_number(*number),
        (CellType::Checkbox, Value::Bool(yes)) => Some(json!(yes)),
        (CellType::Date, value) => day_of(value).map(|day| json!(day.to_string())),
        (CellType::DateTime(_), Value::DateTime(instant)) => Some(json!(moment::utc(instant))),
        (CellType::DateTime(zone), Value::Date(day)) => Some(json!(moment::start_of_day(*day, *zone))),
        (CellType::Choice, Value::Text(label)) => Some(json!(label)),
        (CellType::Choices, Value::Text(label)) => Some(json!([label])),
        (CellType::Choices, Value::List(labels)) => {
            labels.iter().map(Value::to_text).collect::<Option<Vec<_>>>().map(|labels| json!(labels))
        }
        (CellType::Person, value) => person(value),
        (CellType::People, Value::List(people)) => {
            people.iter().map(person).collect::<Option<Vec<_>>>().map(Json::from)
        }
        (CellType::People, value) => person(value).map(|person| json!([person])),
        _ => None,
    };
    encoded.ok_or_else(|| match column.cell {
        CellType::Person | CellType::People => no_address(column),
        _ => misfit(column),
    })
}

fn misfit(column: &Column) -> Text {
    let (name, native) = (&column.name, &column.native_type);
    Text::new(
        format!("Le champ « {name} » ({native}) ne peut pas recevoir cette valeur."),
        format!("The field “{name}” ({native}) cannot take this value."),
    )
}

fn no_address(column: &Column) -> Text {
    let name = &column.name;
    Text::new(
        format!(
            "Le champ « {name} » attend une personne du service : indiquez son adresse e-mail comme responsable."
        ),
        format!(
            "The field “{name}” expects a person of the service: give their e-mail address as the assignee."
        ),
    )
}

/// Whether a cell that was read holds what was sent. A cell left out is empty.
pub(super) fn holds(column: &Column, sent: &Json, read: Option<&Cell>) -> bool {
    match read {
        None | Some(Cell::Null) => is_empty(sent),
        Some(read) => same(&column.cell, sent, read),
    }
}

fn same(cell_type: &CellType, sent: &Json, read: &Cell) -> bool {
    match (sent, read) {
        (Json::Bool(sent), Cell::Bool(read)) => sent == read,
        (Json::Number(sent), Cell::Number(read)) => {
            sent.as_f64().is_some_and(|sent| number::same(sent, *read))
        }
        (Json::String(sent), Cell::Text(read)) => match cell_type {
            CellType::DateTime(zone) => moment::instant(sent, *zone) == moment::instant(read, *zone),
            // White space may come back otherwise: rich text gets a line break at its end.
            _ => sent.split_whitespace().eq(read.split_whitespace()),
        },
        (Json::Array(sent), Cell::List(read)) => {
            sent.len() == read.len()
                && sent.iter().all(|one| read.iter().any(|cell| same(cell_type, one, cell)))
        }
        // A person is sent by e-mail address and comes back with name and id.
        (Json::Object(sent), Cell::Object(read)) => sent.iter().all(|(key, one)| {
            let (Some(one), Some(read)) = (one.as_str(), read.text(key)) else {
                return false;
            };
            one.eq_ignore_ascii_case(read)
        }),
        _ => false,
    }
}

fn is_empty(sent: &Json) -> bool {
    match sent {
        Json::Null | Json::Bool(false) => true,
        Json::String(text) => text.is_empty(),
        Json::Array(items) => items.is_empty(),
        _ => false,
    }
}

fn day_of(value: &Value) -> Option<NaiveDate> {
    match value {
        Value::Date(day) => Some(*day),
        Value::DateTime(instant) => Some(instant.date_naive()),
        _ => None,
    }
}

/// A person is addressed by e-mail; a name could be anybody's.
fn person(value: &Value) -> Option<Json> {
    match value {
        Value::Text(text) if text.contains('@') => Some(json!({ "email": text.trim() })),
        _ => None,
    }
}
