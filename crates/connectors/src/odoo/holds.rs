//! Recognises what was sent when it comes back.

use serde_json::Value as Json;

use super::decode::linked;
use super::html;
use crate::common::cell::Cell;
use crate::common::number;

/// Amounts come back rounded to their currency.
const CENT: f64 = 0.01;

/// Whether a field that was read holds what was sent.
pub(super) fn holds(sent: &Json, read: Option<&Cell>) -> bool {
    match (sent, read) {
        (Json::Bool(false) | Json::Null, Some(Cell::Bool(false) | Cell::Null)) => true,
        (Json::Bool(sent), Some(Cell::Bool(read))) => sent == read,
        (Json::Number(sent), Some(Cell::Number(read))) => {
            sent.as_f64().is_some_and(|sent| number::same(sent, *read) || (sent - read).abs() < CENT)
        }
        (Json::Number(sent), link @ Some(Cell::List(_))) => {
            sent.as_i64().is_some() && sent.as_i64() == linked(link)
        }
        // Formatted text is tidied up by the service.
        (Json::String(sent), Some(Cell::Text(read))) if sent.starts_with("<p>") => {
            html::to_text(sent) == html::to_text(read)
        }
        (Json::String(sent), Some(Cell::Text(read))) => sent.trim() == read.trim(),
        (Json::String(sent), Some(Cell::Bool(false))) => sent.trim().is_empty(),
        _ => false,
    }
}
