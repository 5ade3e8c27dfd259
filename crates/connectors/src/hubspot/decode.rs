//! What a text of HubSpot means, by its property's type.

use chrono_tz::Tz;
use model::Value;

use super::labels::Labels;
use super::moment;
use super::schema::{Column, Holds};
use crate::common::cell::Cell;

/// The value of a cell. An option that is no longer offered is told by the value HubSpot keeps.
pub(super) fn decode(column: &Column, cell: &Cell<'_>, zone: Tz) -> Value {
    let text = match cell {
        Cell::Null => return Value::Empty,
        Cell::Text(text) if text.is_empty() => return Value::Empty,
        Cell::Text(text) => text.as_ref(),
        _ => return Value::Unreadable(column.native.clone()),
    };
    let read = match &column.holds {
        Holds::Text => Some(Value::Text(text.to_owned())),
        Holds::Number => text.parse().ok().filter(|number: &f64| number.is_finite()).map(Value::Number),
        Holds::Bool => text.parse().ok().map(Value::Bool),
        Holds::Date => moment::day(text).map(Value::Date),
        Holds::DateTime => {
            moment::instant(text).map(|at| Value::DateTime(at.with_timezone(&zone).fixed_offset()))
        }
        Holds::Choice(labels) | Holds::Owner(labels) => Some(label(labels, text)),
        Holds::Stage(stages) => Some(label(&stages.labels, text)),
        Holds::Choices(labels) => {
            let chosen = text.split(';').filter(|value| !value.is_empty());
            Some(Value::List(chosen.map(|value| label(labels, value)).collect()))
        }
        Holds::Links(_) | Holds::Unknown => None,
    };
    read.unwrap_or_else(|| Value::Unreadable(text.to_owned()))
}

fn label(labels: &Labels, value: &str) -> Value {
    Value::Text(labels.label(value).unwrap_or(value).to_owned())
}
