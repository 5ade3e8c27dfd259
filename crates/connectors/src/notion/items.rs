//! The whole value of a property, however many references it holds.

use std::collections::HashSet;
use std::sync::Arc;

use model::Value;

use super::api::Api;
use super::decode::{self, Held};
use super::rolled::Rolled;
use crate::common::cell::{Cell, Cells};
use crate::http::Failure;

/// What the answers held so far.
enum Gathered {
    Text(String),
    List(Held),
    Rollup(Rolled),
}

/// Everything a property of a page holds.
///
/// # Errors
/// What the service says.
pub(super) async fn whole(
    api: Arc<Api>,
    page_id: String,
    property_id: String,
    native_type: String,
) -> Result<Held, Failure> {
    let native = native_type.as_str();
    let unreadable = || Held::whole(Value::Unreadable(native.to_owned()));
    let mut gathered = match native {
        "title" | "rich_text" => Gathered::Text(String::new()),
        "rollup" => Gathered::Rollup(Rolled::default()),
        _ => Gathered::List(Held::whole(Value::Empty)),
    };
    let mut seen = HashSet::new();
    let mut cursor: Option<String> = None;
    loop {
        let read = |answer: Cells| Part::read(native, &answer);
        let Some(part) = api.item(&page_id, &property_id, cursor.as_deref(), read).await? else {
            return Ok(unreadable());
        };
        cursor = part.cursor;
        gathered.add(part.piece);
        match &cursor {
            // A cursor that comes back would never end; what is known by then is not the whole.
            Some(next) if !seen.insert(next.clone()) => return Ok(unreadable()),
            Some(_) => {}
            None => return Ok(gathered.finish().unwrap_or_else(unreadable)),
        }
    }
}

/// One answer: a piece of the value, and where the next one is.
struct Part {
    piece: Gathered,
    cursor: Option<String>,
}

impl Part {
    fn read(native: &str, answer: &Cells) -> Option<Part> {
        let Some(Cell::List(items)) = answer.get("results") else {
            let held = decode::held(native, answer.get(native)?)?;
            return Some(Part { piece: Gathered::List(held), cursor: None });
        };
        let piece = match native {
            "title" | "rich_text" => {
                Gathered::Text(items.iter().map(|item| text(native, item)).collect::<Option<String>>()?)
            }
            "rollup" => Gathered::Rollup(Rolled::read(items, answer)?),
            _ => Gathered::List(decode::several(items)?),
        };
        Some(Part { piece, cursor: answer.text("next_cursor").map(str::to_owned) })
    }
}

impl Gathered {
    fn add(&mut self, more: Gathered) {
        match (self, more) {
            (Gathered::Text(text), Gathered::Text(more)) => text.push_str(&more),
            (Gathered::List(all), Gathered::List(more)) => all.append(more),
            (Gathered::Rollup(all), Gathered::Rollup(more)) => all.append(more),
            // A value that does not come as a list is whole at once.
            (this, more) => *this = more,
        }
    }

    fn finish(self) -> Option<Held> {
        match self {
            Gathered::Text(text) if text.is_empty() => Some(Held::whole(Value::Empty)),
            Gathered::Text(text) => Some(Held::whole(Value::Text(text))),
            Gathered::List(held) => Some(held),
            Gathered::Rollup(rolled) => rolled.finish(),
        }
    }
}

fn text(native: &str, item: &Cell) -> Option<String> {
    let Cell::Object(item) = item else { return None };
    match decode::held(native, item.get(native)?)?.value {
        Value::Text(text) => Some(text),
        _ => Some(String::new()),
    }
}
