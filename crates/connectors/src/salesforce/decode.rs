//! A value as the service tells it, made into the product's.

use model::Value;

use super::moment;
use super::schema::{Column, Holds};
use crate::common::cell::{Cell, Cells};

/// What a field of a record holds. `cells` is the record: a link's name stands in an object of its own.
pub(super) fn decode(column: &Column, cell: &Cell, cells: &Cells) -> Value {
    let unreadable = || unread(column);
    match (&column.holds, cell) {
        (Holds::Other, _) => unreadable(),
        (_, Cell::Null) => Value::Empty,
        (Holds::Text, Cell::Text(held)) => text(held),
        (Holds::Whole | Holds::Number, Cell::Number(number)) => Value::Number(*number),
        (Holds::Bool, Cell::Bool(yes)) => Value::Bool(*yes),
        (Holds::Day, Cell::Text(held)) => moment::day(held).map_or_else(unreadable, Value::Date),
        (Holds::Moment, Cell::Text(held)) => moment::read(held).map_or_else(unreadable, Value::DateTime),
        (Holds::Choice(choices), Cell::Text(value)) => text(choices.label(value)),
        (Holds::Several(choices), Cell::Text(values)) => {
            let label = |value: &str| Value::Text(choices.label(value).to_owned());
            Value::List(values.split(';').map(label).collect())
        }
        (Holds::Link(link), Cell::Text(_)) => match cells.get(&link.relationship) {
            Some(Cell::Object(linked)) => {
                linked.text(link.name_field).map_or_else(unreadable, |name| Value::Text(name.to_owned()))
            }
            // The record may be hidden from this user: there is something all the same.
            _ => unreadable(),
        },
        _ => unreadable(),
    }
}

/// What stands for a field that was not told.
pub(super) fn unread(column: &Column) -> Value {
    Value::Unreadable(column.native.clone())
}

/// Lines may end as on Windows, as they do when they were typed in a browser.
fn text(held: &str) -> Value {
    match held {
        "" => Value::Empty,
        held if held.contains('\r') => Value::Text(held.replace("\r\n", "\n")),
        held => Value::Text(held.to_owned()),
    }
}
