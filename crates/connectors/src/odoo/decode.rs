//! A value as Odoo tells it, made into the product's. Empty is `false`, whatever the type.

use chrono_tz::Tz;
use model::Value;

use super::schema::{Column, Holds};
use super::{html, moment};
use crate::common::cell::Cell;

/// What a field of a record holds.
pub(super) fn decode(column: &Column, cell: &Cell, zone: Tz) -> Value {
    let unreadable = || Value::Unreadable(column.native.clone());
    match (&column.holds, cell) {
        (Holds::Other, _) => unreadable(),
        (Holds::Bool, Cell::Bool(yes)) => Value::Bool(*yes),
        (_, Cell::Bool(false) | Cell::Null) => Value::Empty,
        (Holds::Whole | Holds::Number, Cell::Number(number)) => Value::Number(*number),
        (Holds::Html, Cell::Text(held)) => text(html::to_text(held)),
        (Holds::Text, Cell::Text(held)) => text(held.to_string()),
        (Holds::Day, Cell::Text(held)) => moment::day(held).unwrap_or_else(unreadable),
        (Holds::Moment, Cell::Text(held)) => moment::shown(held, zone).unwrap_or_else(unreadable),
        (Holds::Choice(options), Cell::Text(key)) => {
            let label = options.iter().find(|(known, _)| known == key).map(|(_, label)| label);
            text(label.map_or_else(|| key.to_string(), Clone::clone))
        }
        (Holds::Link(_) | Holds::Stage(_), Cell::List(pair)) => match pair.as_slice() {
            [_, Cell::Text(name)] => text(name.to_string()),
            // The name may be hidden from this user: there is something all the same.
            _ => unreadable(),
        },
        _ => unreadable(),
    }
}

/// The id of the record that a many-to-one leads to.
pub(super) fn linked(cell: Option<&Cell>) -> Option<i64> {
    match cell? {
        Cell::List(pair) => whole(pair.first()?),
        cell => whole(cell),
    }
}

/// A number as an id.
#[expect(clippy::cast_possible_truncation, reason = "ids are 32-bit integers in Odoo's database")]
pub(super) fn whole(cell: &Cell) -> Option<i64> {
    match cell {
        Cell::Number(number) if number.fract() == 0.0 => Some(*number as i64),
        _ => None,
    }
}

fn text(held: String) -> Value {
    if held.is_empty() { Value::Empty } else { Value::Text(held) }
}
