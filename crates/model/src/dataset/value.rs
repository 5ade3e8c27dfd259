//! A cell read as its column's type.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

use super::cells::Cell;
use super::column::{Column, ColumnType};
use super::number::exact;

/// A value of a column's type.
#[derive(Clone, Debug, PartialEq)]
pub enum DataValue<'a> {
    /// Yes or no.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// A day.
    Date(NaiveDate),
    /// An instant; one that names no time zone is taken for UTC.
    DateTime(DateTime<Utc>),
    /// A text.
    Text(Cow<'a, str>),
    /// A list or an object, as JSON.
    Json(&'a str),
}

/// The cell as a value of its column; `None` when it is empty. Every value that made the column's type is
/// one of it; another one (a filter, a row to be checked) may not be.
pub fn value<'a>(column: &Column, cell: &Cell<'a>) -> Option<DataValue<'a>> {
    if cell.is_empty() {
        return None;
    }
    read(column.kind, column.comma, cell)
}

/// A cell that is not empty, as a value of that type.
pub(crate) fn read<'a>(kind: ColumnType, comma: bool, cell: &Cell<'a>) -> Option<DataValue<'a>> {
    let text = cell.as_text().trim();
    match kind {
        ColumnType::Boolean => match cell {
            Cell::Boolean(yes) => Some(DataValue::Boolean(*yes)),
            Cell::Text(_) => typed_boolean(text).map(DataValue::Boolean),
            _ => None,
        },
        ColumnType::Integer => text.parse().ok().map(DataValue::Integer),
        ColumnType::Number if comma => exact(&text.replace(',', ".")).map(DataValue::Number),
        ColumnType::Number => exact(text).map(DataValue::Number),
        ColumnType::Date => typed_day(text).map(DataValue::Date),
        ColumnType::DateTime => instant(text).map(DataValue::DateTime),
        ColumnType::Text => Some(DataValue::Text(match cell {
            Cell::Text(text) => text.clone(),
            Cell::Number(text) | Cell::Json(text) => Cow::Borrowed(text),
            Cell::Boolean(true) => Cow::Borrowed("true"),
            Cell::Boolean(false) => Cow::Borrowed("false"),
            Cell::Empty => return None,
        })),
        ColumnType::Json => match cell {
            Cell::Json(json) => Some(DataValue::Json(json)),
            _ => None,
        },
    }
}

/// `2026-11-21`.
pub(super) fn iso_day(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes();
    let is_day = bytes.len() == 10 && bytes[4] == b'-' && bytes[7] == b'-';
    let digits = |range: std::ops::Range<usize>| bytes[range].iter().all(u8::is_ascii_digit);
    let is_day = is_day && digits(0..4) && digits(5..7) && digits(8..10);
    is_day.then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())?
}

/// `2026-11-21`, `21/11/2026`, `21.11.2026`, `21-11-2026`: days come before months, as in
/// [`crate::parse::date`].
pub(super) fn typed_day(text: &str) -> Option<NaiveDate> {
    if text.len() != 10 {
        return None;
    }
    iso_day(text).or_else(|| crate::parse::date(text).ok())
}

/// `2026-11-21T08:30:00Z`, with or without fractions and zone (`+01:00`, `+0100`), a space for the `T`.
pub(super) fn instant(text: &str) -> Option<DateTime<Utc>> {
    let bytes = text.as_bytes();
    if bytes.len() < 16 || bytes[4] != b'-' || !matches!(bytes[10], b'T' | b' ') || bytes[13] != b':' {
        return None;
    }
    let with_zone = DateTime::parse_from_rfc3339(text)
        .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z"))
        .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f%z"));
    if let Ok(at) = with_zone {
        return Some(at.to_utc());
    }
    ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
        .map(|at| at.and_utc())
}

/// Yes or no, as files in French and in English have it.
pub(super) fn typed_boolean(text: &str) -> Option<bool> {
    let is = |words: [&str; 4]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is(["true", "yes", "vrai", "oui"]) {
        Some(true)
    } else if is(["false", "no", "faux", "non"]) {
        Some(false)
    } else {
        None
    }
}
