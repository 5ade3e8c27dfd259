//! Recognises what was sent when it comes back.

use serde_json::Value as Json;

use super::dates::Span;
use super::decode::INLINE;
use crate::common::cell::{Cell, Cells};
use crate::common::number;

/// Whether a property that was read, `{"id","type",<type>:…}`, holds what was sent, `{<type>:…}`.
pub(super) fn holds(sent: &Json, read: Option<&Cells>) -> bool {
    let Some((native, sent)) = sent.as_object().and_then(|sent| sent.iter().next()) else {
        return false;
    };
    let Some(read) = read.filter(|read| read.text("type") == Some(native)).and_then(|read| read.get(native))
    else {
        return false;
    };
    match (native.as_str(), sent, read) {
        (_, Json::Null, Cell::Null) => true,
        ("title" | "rich_text", Json::Array(sent), Cell::List(read)) => same_text(sent, read),
        (_, Json::Array(sent), Cell::List(read)) => {
            sent.len() == read.len() && sent.iter().all(|one| read.iter().any(|cell| same_thing(one, cell)))
        }
        ("date", sent, Cell::Object(read)) => same_date(sent, read),
        (_, sent @ Json::Object(_), read) => same_thing(sent, read),
        (_, Json::Bool(sent), Cell::Bool(read)) => sent == read,
        (_, Json::Number(sent), Cell::Number(read)) => {
            sent.as_f64().is_some_and(|sent| number::same(sent, *read))
        }
        (_, Json::String(sent), Cell::Text(read)) => sent.trim() == read.trim(),
        _ => false,
    }
}

/// Texts are the same in whatever pieces. Of a text in many pieces the answer may hold the beginning.
fn same_text(sent: &[Json], read: &[Cell]) -> bool {
    let sent: String = sent.iter().filter_map(|piece| piece["text"]["content"].as_str()).collect();
    let pieces = read.iter().filter_map(|piece| match piece {
        Cell::Object(piece) => match piece.get("plain_text") {
            Some(Cell::Text(text)) => Some(text.as_ref()),
            _ => None,
        },
        _ => None,
    });
    let text: String = pieces.collect();
    if read.len() >= INLINE { sent.starts_with(&text) } else { sent == text }
}

/// An option or a person, by id; an option that was made on the way has only its name in common.
fn same_thing(sent: &Json, read: &Cell) -> bool {
    let Cell::Object(read) = read else { return false };
    let key = if sent["id"].is_string() { "id" } else { "name" };
    sent[key].as_str().is_some_and(|sent| read.text(key) == Some(sent))
}

/// Dates are the same in whatever notation.
fn same_date(sent: &Json, read: &Cells) -> bool {
    let sent = sent.to_string();
    let sent = serde_json::from_str::<Cells>(&sent).ok().and_then(|sent| Span::read(&sent));
    sent.zip(Span::read(read)).is_some_and(|(sent, read)| sent.is(&read))
}
