//! What the values of a column have shown so far, and the narrowest type that holds them all.
//!
//! Evidence only gathers: taking one more value, or the evidence of other rows, never takes anything away,
//! and the order does not matter.

use super::cells::Cell;
use super::column::ColumnType;
use super::number::{decimal_mark, exact, is_whole};
use super::value::{instant, typed_boolean, typed_day};

/// The kinds of values that were met, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Evidence(u16);

const BOOLEAN: u16 = 1;
const INTEGER: u16 = 1 << 1;
/// A whole number of which a double would lose digits.
const LONG: u16 = 1 << 2;
const NUMBER: u16 = 1 << 3;
/// A typed number with a decimal comma.
const COMMA: u16 = 1 << 4;
const DATE: u16 = 1 << 5;
const DATE_TIME: u16 = 1 << 6;
const TEXT: u16 = 1 << 7;
const JSON: u16 = 1 << 8;

/// The largest whole number up to which a double keeps every one.
const SAFE: u64 = 1 << 53;

impl Evidence {
    /// What one value shows. With `are_texts` numbers, days and yes or no are looked for in texts.
    pub(super) fn of(cell: &Cell<'_>, are_texts: bool) -> Evidence {
        Evidence(match cell {
            Cell::Empty => 0,
            Cell::Boolean(_) => BOOLEAN,
            Cell::Number(text) => number(text),
            Cell::Text(text) if are_texts => typed(text.trim()),
            Cell::Text(text) => written(text),
            Cell::Json(_) => JSON,
        })
    }

    /// Adds what other values show.
    pub(super) fn add(&mut self, other: Evidence) {
        self.0 |= other.0;
    }

    /// The narrowest type that holds every value.
    pub(super) fn kind(self) -> ColumnType {
        let only = |kinds: u16| self.0 != 0 && self.0 & !kinds == 0;
        if only(BOOLEAN) {
            ColumnType::Boolean
        } else if only(INTEGER | LONG) {
            ColumnType::Integer
        } else if only(INTEGER | NUMBER) || only(INTEGER | COMMA) {
            ColumnType::Number
        } else if only(DATE) {
            ColumnType::Date
        } else if only(DATE_TIME) {
            ColumnType::DateTime
        } else if only(JSON) {
            ColumnType::Json
        } else {
            ColumnType::Text
        }
    }

    /// Whether numbers are read with a decimal comma.
    pub(super) fn comma(self) -> bool {
        self.0 & COMMA != 0 && self.kind() == ColumnType::Number
    }
}

fn number(text: &str) -> u16 {
    if let Ok(whole) = text.parse::<i64>() {
        return if whole.unsigned_abs() <= SAFE { INTEGER } else { LONG };
    }
    let has_digits_only = text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    if has_digits_only || exact(text).is_none() { TEXT } else { NUMBER }
}

/// A JSON text is a text, unless it is written as machines write days and instants.
fn written(text: &str) -> u16 {
    // Nothing else begins like a year.
    if !text.as_bytes().first().is_some_and(u8::is_ascii_digit) {
        TEXT
    } else if super::value::iso_day(text).is_some() {
        DATE
    } else if instant(text).is_some() {
        DATE_TIME
    } else {
        TEXT
    }
}

fn typed(text: &str) -> u16 {
    if is_whole(text) {
        // Beyond 64 bits it is a text, as it is as a number.
        return number(text);
    }
    match decimal_mark(text) {
        Some('.') => return number(text),
        Some(_) => return if exact(&text.replace(',', ".")).is_some() { COMMA } else { TEXT },
        None => {}
    }
    if typed_boolean(text).is_some() {
        BOOLEAN
    } else if typed_day(text).is_some() {
        DATE
    } else {
        written(text)
    }
}
