//! Reads a cell as a value, by the kind of its column.
//!
//! It never fails: what does not fit the column, and formulas in error, are [`Value::Unreadable`] with what
//! stands there.

use chrono_tz::Tz;
use model::Value;

use super::kind::CellKind;
use super::serial;
use crate::common::cell::Cell;

/// What formulas in error are shown as, and one that is still being computed.
const ERRORS: [&str; 10] =
    ["#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#ERROR!", "#SPILL!", "Loading..."];

/// What a cell of a column of that kind holds.
pub(super) fn decode(kind: CellKind, zone: Tz, cell: Option<&Cell>) -> Value {
    let Some(cell) = cell else { return Value::Empty };
    match (kind, cell) {
        (_, Cell::Null) => Value::Empty,
        (_, Cell::Text(text)) if text.is_empty() => Value::Empty,
        (_, Cell::Text(text)) if ERRORS.contains(&text.as_ref()) => {
            Value::Unreadable(text.as_ref().to_owned())
        }
        (CellKind::Text | CellKind::Time, Cell::Text(text)) => Value::Text(text.as_ref().to_owned()),
        (_, Cell::Text(text)) if text.trim().is_empty() => Value::Empty,
        (CellKind::Number, Cell::Number(number)) => Value::Number(*number),
        (CellKind::Bool, Cell::Bool(yes)) => Value::Bool(*yes),
        (CellKind::Date, Cell::Number(number)) => {
            serial::day(*number).map_or_else(|| unreadable(cell), Value::Date)
        }
        (CellKind::DateTime, Cell::Number(number)) => {
            serial::instant(*number, zone).map_or_else(|| unreadable(cell), Value::DateTime)
        }
        (CellKind::Time, Cell::Number(number)) => {
            let shown = serial::local(*number).map(|moment| moment.format("%H:%M:%S").to_string());
            shown.map_or_else(|| unreadable(cell), Value::Text)
        }
        (CellKind::Text, Cell::Number(number)) => Value::Text(number.to_string()),
        (CellKind::Text, Cell::Bool(yes)) => Value::Text(Value::Bool(*yes).to_text().unwrap_or_default()),
        _ => unreadable(cell),
    }
}

fn unreadable(cell: &Cell) -> Value {
    Value::Unreadable(match cell {
        Cell::Text(text) => text.as_ref().to_owned(),
        Cell::Number(number) => number.to_string(),
        Cell::Bool(yes) => yes.to_string(),
        Cell::Null | Cell::List(_) | Cell::Object(_) => String::new(),
    })
}
