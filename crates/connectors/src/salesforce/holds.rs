//! Recognises what was sent when it comes back.

use serde_json::Value as Json;

use super::moment;
use super::schema::{Column, Holds};
use crate::common::cell::Cell;
use crate::common::number;

/// Amounts come back rounded to their field's decimals.
const CENT: f64 = 0.01;

/// Whether a field that was read holds what was sent.
pub(super) fn holds(column: &Column, sent: &Json, read: Option<&Cell>) -> bool {
    match (sent, read) {
        (Json::Null, Some(Cell::Null) | None) => true,
        (Json::Bool(sent), Some(Cell::Bool(read))) => sent == read,
        (Json::Number(sent), Some(Cell::Number(read))) => {
            sent.as_f64().is_some_and(|sent| number::same(sent, *read) || (sent - read).abs() < CENT)
        }
        (Json::String(sent), Some(Cell::Text(read))) if column.holds == Holds::Moment => {
            moment::read(sent) == moment::read(read)
        }
        // In the order of the list, not of who chose.
        (Json::String(sent), Some(Cell::Text(read))) if matches!(column.holds, Holds::Several(_)) => {
            let sorted = |text: &str| {
                let mut values: Vec<String> = text.split(';').map(str::to_owned).collect();
                values.sort_unstable();
                values
            };
            sorted(sent) == sorted(read)
        }
        // White space at the ends and the kind of line breaks are the service's.
        (Json::String(sent), Some(Cell::Text(read))) => sent.split_whitespace().eq(read.split_whitespace()),
        (Json::String(sent), Some(Cell::Null)) => sent.trim().is_empty(),
        _ => false,
    }
}
