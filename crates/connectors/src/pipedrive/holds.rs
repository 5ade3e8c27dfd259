//! Recognises what was sent when it comes back.

use serde_json::Value as Json;

use crate::common::cell::Cell;
use crate::common::number;

/// Whether something that was read holds what was sent. The service may add to it: the parts of an address,
/// the label of a phone number.
pub(super) fn holds(sent: &Json, read: Option<&Cell>) -> bool {
    match (sent, read) {
        (Json::Null, None | Some(Cell::Null)) => true,
        (Json::Bool(sent), Some(Cell::Bool(read))) => sent == read,
        (Json::Number(sent), Some(Cell::Number(read))) => {
            sent.as_f64().is_some_and(|sent| number::same(sent, *read))
        }
        (Json::String(sent), Some(Cell::Text(read))) => sent.trim() == read.trim(),
        (Json::Array(sent), Some(Cell::List(read))) => {
            let found = |one: &Json| read.iter().any(|cell| holds(one, Some(cell)));
            sent.len() == read.len() && sent.iter().all(found)
        }
        (Json::Object(sent), Some(Cell::Object(read))) => {
            sent.iter().all(|(key, sent)| holds(sent, read.get(key)))
        }
        _ => false,
    }
}
