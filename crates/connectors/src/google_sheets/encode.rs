//! Writes a value as a typed cell, by the kind of its column.
//!
//! Cells are sent with their type, so a text is a text whatever it begins with.

use chrono::NaiveTime;
use chrono_tz::Tz;
use model::{Text, Value};

use super::kind::CellKind;
use super::layout::Column;
use super::wire::NumberFormat;
use super::{serial, texts};

/// The longest text that a cell takes, in characters; the service refuses the whole call for a longer one.
pub(super) const LONGEST_TEXT: u32 = 50_000;

/// What is put into a cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Content {
    Empty,
    Text(String),
    Number(f64),
    Bool(bool),
    /// A number, and how it is to be shown.
    Moment(f64, NumberFormat),
}

/// The cell for a value.
///
/// # Errors
/// Why the column cannot take it.
pub(super) fn encode(column: &Column, zone: Tz, value: &Value) -> Result<Content, Text> {
    let name = &column.name;
    let moment = |number: f64, usual: &str| {
        let format = column.format.clone();
        Content::Moment(
            number,
            format.unwrap_or_else(|| NumberFormat { r#type: usual.to_owned(), pattern: String::new() }),
        )
    };
    Ok(match (column.kind, value) {
        (_, Value::Empty) => Content::Empty,
        (CellKind::Text, Value::Text(text)) => as_text(name, text.clone())?,
        (CellKind::Text, Value::List(_)) => as_text(name, value.to_text().unwrap_or_default())?,
        (CellKind::Text | CellKind::Number, Value::Number(number)) if number.is_finite() => {
            Content::Number(*number)
        }
        (CellKind::Text | CellKind::Bool, Value::Bool(yes)) => Content::Bool(*yes),
        (CellKind::Text | CellKind::Date | CellKind::DateTime, Value::Date(day)) => {
            moment(serial::of_day(*day), "DATE")
        }
        (CellKind::Date, Value::DateTime(instant)) => {
            moment(serial::of_instant(instant, zone).floor(), "DATE")
        }
        (CellKind::Text | CellKind::DateTime, Value::DateTime(instant)) => {
            moment(serial::of_instant(instant, zone), "DATE_TIME")
        }
        (CellKind::Time, Value::Text(text)) => {
            let time =
                ["%H:%M:%S", "%H:%M"].iter().find_map(|format| NaiveTime::parse_from_str(text, format).ok());
            let time = time.ok_or_else(|| texts::wrong_kind(name, "des heures", "times"))?;
            moment(serial::of_time(time), "TIME")
        }
        _ => {
            let (fr, en) = match column.kind {
                CellKind::Number => ("des nombres", "numbers"),
                CellKind::Bool => ("des cases à cocher", "checkboxes"),
                CellKind::Date | CellKind::DateTime => ("des dates", "dates"),
                CellKind::Time => ("des heures", "times"),
                CellKind::Text => ("du texte", "text"),
            };
            return Err(texts::wrong_kind(name, fr, en));
        }
    })
}

fn as_text(column: &str, text: String) -> Result<Content, Text> {
    match text {
        text if text.is_empty() => Ok(Content::Empty),
        text if text.chars().nth(LONGEST_TEXT as usize).is_some() => Err(texts::too_long(column)),
        text => Ok(Content::Text(text)),
    }
}
