//! In which order rows are asked for.

use std::cmp::Ordering;

use chrono::{DateTime, NaiveDate, Utc};

use super::cells::{Cell, Cells};
use super::column::Column;
use super::value::{DataValue, value};
use crate::fold::fold;

/// Letters of a text that decide its place.
const LETTERS: usize = 200;

/// By which column, which way. Rows without a value come last either way.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// The column.
    pub column: Column,
    /// The largest first.
    pub descending: bool,
}

/// What decides the place of a row. Only those of one column are compared.
#[derive(Clone, Debug)]
pub enum SortKey {
    /// No before yes.
    Boolean(bool),
    /// By size.
    Integer(i64),
    /// By size.
    Number(f64),
    /// The earlier first.
    Day(NaiveDate),
    /// The earlier first.
    Instant(DateTime<Utc>),
    /// By its letters and digits without case and accents, then as it is written.
    Text(String, String),
}

impl Order {
    /// What decides the place of this row; `None` where the column holds nothing.
    pub fn key(&self, cells: &Cells<'_>) -> Option<SortKey> {
        sort_key(&self.column, cells.get(&self.column.name)?)
    }

    /// Which of two rows comes first.
    pub fn compare(&self, one: Option<&SortKey>, other: Option<&SortKey>) -> Ordering {
        match (one, other) {
            (Some(one), Some(other)) if self.descending => other.cmp(one),
            (Some(one), Some(other)) => one.cmp(other),
            (one, other) => other.is_some().cmp(&one.is_some()),
        }
    }
}

pub(super) fn sort_key(column: &Column, cell: &Cell<'_>) -> Option<SortKey> {
    value(column, cell).map(SortKey::from)
}

impl From<DataValue<'_>> for SortKey {
    fn from(value: DataValue<'_>) -> SortKey {
        match value {
            DataValue::Boolean(yes) => SortKey::Boolean(yes),
            DataValue::Integer(number) => SortKey::Integer(number),
            DataValue::Number(number) => SortKey::Number(number),
            DataValue::Date(day) => SortKey::Day(day),
            DataValue::DateTime(at) => SortKey::Instant(at),
            DataValue::Text(text) => text_key(&text),
            DataValue::Json(json) => text_key(json),
        }
    }
}

fn text_key(text: &str) -> SortKey {
    let beginning: String = text.trim().chars().take(LETTERS).collect();
    SortKey::Text(fold(&beginning), beginning.to_lowercase())
}

impl Ord for SortKey {
    fn cmp(&self, other: &SortKey) -> Ordering {
        match (self, other) {
            (SortKey::Boolean(a), SortKey::Boolean(b)) => a.cmp(b),
            (SortKey::Integer(a), SortKey::Integer(b)) => a.cmp(b),
            // Zero is zero, whatever its sign.
            (SortKey::Number(a), SortKey::Number(b)) => (a + 0.0).total_cmp(&(b + 0.0)),
            (SortKey::Day(a), SortKey::Day(b)) => a.cmp(b),
            (SortKey::Instant(a), SortKey::Instant(b)) => a.cmp(b),
            (SortKey::Text(a, raw_a), SortKey::Text(b, raw_b)) => a.cmp(b).then_with(|| raw_a.cmp(raw_b)),
            // Of one column all keys are of one kind.
            _ => Ordering::Equal,
        }
    }
}

impl PartialOrd for SortKey {
    fn partial_cmp(&self, other: &SortKey) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for SortKey {
    fn eq(&self, other: &SortKey) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for SortKey {}

#[cfg(test)]
mod tests {
    use super::super::{ColumnType, cells};
    use super::*;

    #[test]
    fn by_the_column_s_type_and_nothing_last() {
        for (kind, descending, values, expected) in [
            (ColumnType::Integer, false, ["10", "9", "null", "-1"], [3, 1, 0, 2]),
            (ColumnType::Integer, true, ["10", "9", "null", "-1"], [0, 1, 3, 2]),
            (ColumnType::Text, false, ["\"élan\"", "\"Zut\"", "\"Eau\"", "\"\""], [2, 0, 1, 3]),
            (ColumnType::Number, false, ["1.5", "-0.0", "0", "1e1"], [1, 2, 0, 3]),
        ] {
            let column = Column { name: "c".into(), kind, filled: 4, comma: false, examples: Vec::new() };
            let order = Order { column, descending };
            let rows = values.map(|value| format!("{{\"c\": {value}}}"));
            let keys = rows.each_ref().map(|row| order.key(&cells(row).unwrap_or_default()));
            let mut places = [0, 1, 2, 3];
            places.sort_by(|a, b| order.compare(keys[*a].as_ref(), keys[*b].as_ref()));
            assert_eq!(places, expected, "{values:?} {descending}");
        }
    }
}
