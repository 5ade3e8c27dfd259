//! Reads a cell as a value, by the type of its column.
//!
//! It never fails: what has another shape than documented, and formulas in error, are
//! [`Value::Unreadable`] with what stands there.

use model::Value;

use super::cell::{Cell, Cells};
use super::moment;
use super::schema::{CellType, Column};

/// What a cell of this column holds. Linked records are still their ids.
pub(super) fn decode(column: &Column, cell: &Cell) -> Value {
    value(&column.cell, cell).unwrap_or_else(|| unreadable(&column.native_type, cell))
}

/// What a cell holds that is left out of an answer although it was asked for.
pub(super) fn left_out(column: &Column) -> Value {
    match column.cell {
        CellType::Checkbox => Value::Bool(false),
        _ => Value::Empty,
    }
}

/// The value, or `None` for a shape that type does not have.
fn value(cell_type: &CellType, cell: &Cell) -> Option<Value> {
    match (cell_type, cell) {
        (_, Cell::Null) => Some(Value::Empty),
        (_, Cell::Object(members)) if fault(members).is_some() => None,
        (CellType::Unknown, _) => None,
        (CellType::Text, cell) => text(cell),
        (CellType::Number, Cell::Number(number)) => Some(Value::Number(*number)),
        (CellType::Checkbox, Cell::Bool(yes)) => Some(Value::Bool(*yes)),
        // Formulas know no booleans of their own.
        (CellType::Checkbox, Cell::Number(number)) => Some(Value::Bool(*number != 0.0)),
        (_, Cell::Text(text)) if text.is_empty() => Some(Value::Empty),
        (CellType::Date, Cell::Text(text)) => moment::day(text).map(Value::Date),
        (CellType::DateTime(zone), Cell::Text(text)) => moment::instant(text, *zone).map(Value::DateTime),
        (CellType::Choice | CellType::Person, Cell::Text(text)) => {
            Some(Value::Text(text.as_ref().to_owned()))
        }
        (CellType::Choice | CellType::Person, Cell::Object(members)) => {
            named(members, &["name", "email", "id"])
        }
        (CellType::Barcode, Cell::Object(members)) => Some(named(members, &["text"]).unwrap_or(Value::Empty)),
        (CellType::Button, Cell::Object(members)) => named(members, &["url", "label"]),
        (CellType::AiText, Cell::Object(members)) => ai_text(members),
        (CellType::Choices | CellType::Links(_), Cell::List(cells)) => {
            list(cells, |cell| value(&CellType::Choice, cell))
        }
        (CellType::People, Cell::List(cells)) => list(cells, |cell| value(&CellType::Person, cell)),
        (CellType::Files, Cell::List(cells)) => list(cells, |cell| match cell {
            // The address of a file expires, its name stays.
            Cell::Object(members) => named(members, &["filename", "url", "id"]),
            _ => None,
        }),
        (CellType::Several(each), Cell::List(cells)) => list(cells, |cell| one_of_several(each, cell)),
        (CellType::Several(each), cell) => one_of_several(each, cell).map(|value| Value::List(vec![value])),
        _ => None,
    }
}

/// Text, or what a formula gave that was declared as text.
fn text(cell: &Cell) -> Option<Value> {
    match cell {
        Cell::Text(text) if text.is_empty() => Some(Value::Empty),
        Cell::Text(text) => Some(Value::Text(text.as_ref().to_owned())),
        Cell::Number(number) => Some(Value::Text(number.to_string())),
        Cell::List(cells) => {
            let values: Option<Vec<Value>> = cells.iter().map(text).collect();
            Some(Value::List(values?).to_text().map_or(Value::Empty, Value::Text))
        }
        Cell::Null => Some(Value::Empty),
        Cell::Bool(_) | Cell::Object(_) => None,
    }
}

/// One value of a lookup. Its column's type is not always told right, numbers are.
fn one_of_several(each: &CellType, cell: &Cell) -> Option<Value> {
    match (each, cell) {
        (_, Cell::Number(number)) => Some(Value::Number(*number)),
        (_, Cell::Bool(yes)) => Some(Value::Bool(*yes)),
        (CellType::Links(_) | CellType::Choices, Cell::Text(text)) => {
            Some(Value::Text(text.as_ref().to_owned()))
        }
        (CellType::Files, Cell::Object(members)) => named(members, &["filename", "url", "id"]),
        (CellType::Text | CellType::People, Cell::Object(members)) => {
            named(members, &["name", "email", "filename", "text", "id"])
        }
        (each, cell) => value(each, cell),
    }
}

/// A list; what cannot be read in it does not hide the rest.
fn list(cells: &[Cell], read: impl Fn(&Cell) -> Option<Value>) -> Option<Value> {
    if cells.is_empty() {
        return Some(Value::Empty);
    }
    let values = cells.iter().map(|cell| read(cell).unwrap_or_else(|| unreadable("item", cell)));
    Some(Value::List(values.collect()))
}

/// The first of these members that holds something.
fn named(members: &Cells, keys: &[&str]) -> Option<Value> {
    keys.iter().find_map(|key| members.text(key)).map(|text| Value::Text(text.to_owned()))
}

fn ai_text(members: &Cells) -> Option<Value> {
    match members.text("state") {
        Some("error") => None,
        _ => Some(named(members, &["value"]).unwrap_or(Value::Empty)),
    }
}

/// What Airtable gives in place of a result that cannot be computed.
fn fault<'a>(members: &'a Cells) -> Option<&'a str> {
    members.text("error").or_else(|| members.text("specialValue"))
}

fn unreadable(native_type: &str, cell: &Cell) -> Value {
    Value::Unreadable(match cell {
        Cell::Object(members) => match fault(members).or_else(|| members.text("errorType")) {
            Some(fault) => fault.to_owned(),
            None => native_type.to_owned(),
        },
        Cell::Text(text) => format!("{native_type} : {}", model::parse::shorten(text)),
        Cell::Number(number) => format!("{native_type} : {number}"),
        Cell::Null | Cell::Bool(_) | Cell::List(_) => native_type.to_owned(),
    })
}
