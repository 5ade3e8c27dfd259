//! A value as Pipedrive tells it, made into the product's. Links, people and stages are not among them.

use chrono::{DateTime, NaiveDate, Utc};
use model::Value;

use super::schema::{Column, Holds};
use crate::common::cell::{Cell, Cells};

/// What a field of a record holds.
pub(super) fn decode(column: &Column, cell: &Cell) -> Value {
    let unreadable = || Value::Unreadable(column.native.clone());
    match (&column.holds, cell) {
        (Holds::Other, _) => unreadable(),
        (_, Cell::Null) => Value::Empty,
        (Holds::Text(_), Cell::Text(held)) => text(held),
        (Holds::Number | Holds::Whole, Cell::Number(number)) => Value::Number(*number),
        (Holds::Money, Cell::Object(money)) => match money.get("value") {
            Some(Cell::Number(number)) => Value::Number(*number),
            Some(Cell::Null) | None => Value::Empty,
            Some(_) => unreadable(),
        },
        (Holds::Day, Cell::Text(held)) => {
            held.parse::<NaiveDate>().map_or_else(|_| unreadable(), Value::Date)
        }
        (Holds::Moment, Cell::Text(held)) => {
            DateTime::parse_from_rfc3339(held).map_or_else(|_| unreadable(), Value::DateTime)
        }
        (Holds::Choice(options), cell) => {
            whole(cell).and_then(|id| label(options, id)).map_or_else(unreadable, text)
        }
        (Holds::Choices(options), Cell::List(ids)) => {
            // What cannot be named whole must not be written back in part.
            let labels = ids.iter().map(|id| label(options, whole(id)?).map(text));
            list(labels.collect()).unwrap_or_else(unreadable)
        }
        (Holds::Contacts, Cell::List(contacts)) => {
            let values = contacts.iter().map(|contact| match contact {
                Cell::Object(contact) => Some(contact.text("value").map_or(Value::Empty, text)),
                _ => None,
            });
            let values: Option<Vec<Value>> = values.collect();
            let given =
                values.map(|values| values.into_iter().filter(|value| *value != Value::Empty).collect());
            list(given).unwrap_or_else(unreadable)
        }
        (Holds::Address, Cell::Object(address)) => address.text("value").map_or(Value::Empty, text),
        (Holds::Span, Cell::Object(span)) => spanned(span),
        _ => unreadable(),
    }
}

/// A number as an id.
#[expect(clippy::cast_possible_truncation, reason = "ids are far below the exact range of a double")]
pub(super) fn whole(cell: &Cell) -> Option<i64> {
    match cell {
        Cell::Number(number) if number.fract() == 0.0 => Some(*number as i64),
        _ => None,
    }
}

/// A moment of the record's own, such as when it was changed.
pub(super) fn moment(cells: &Cells, key: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(cells.text(key)?).ok().map(|moment| moment.to_utc())
}

fn label(options: &[(i64, String)], id: i64) -> Option<&str> {
    options.iter().find(|(known, _)| *known == id).map(|(_, label)| label.as_str())
}

fn list(values: Option<Vec<Value>>) -> Option<Value> {
    values.map(|values| if values.is_empty() { Value::Empty } else { Value::List(values) })
}

/// From one to the other, as far as both are there.
fn spanned(span: &Cells) -> Value {
    match (span.text("value"), span.text("until")) {
        (Some(from), Some(until)) => Value::Text(format!("{from} – {until}")),
        (Some(one), None) | (None, Some(one)) => text(one),
        (None, None) => Value::Empty,
    }
}

fn text(held: &str) -> Value {
    if held.is_empty() { Value::Empty } else { Value::Text(held.to_owned()) }
}
