//! The whole value of a property, however many references it holds.

use std::collections::HashSet;
use std::sync::Arc;

use model::Value;

use super::api::Api;
use super::decode::{self, Held};
use crate::common::cell::{Cell, Cells};
use crate::http::Failure;

/// One answer to the question for a property.
struct Part {
    /// The pieces of a text.
    text: String,
    /// The items of a list; `None` when one cannot be read.
    items: Option<Held>,
    /// The result of a rollup so far, when it is not its list.
    result: Option<Option<Held>>,
    cursor: Option<String>,
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
    let mut text = String::new();
    let mut all = Some(Held::whole(Value::Empty));
    let mut seen = HashSet::new();
    let mut cursor: Option<String> = None;
    loop {
        let read = |answer: Cells| part(native, &answer);
        let Some(part) = api.item(&page_id, &property_id, cursor.as_deref(), read).await? else {
            return Ok(unreadable());
        };
        text.push_str(&part.text);
        all = all.zip(part.items).map(|(all, more)| join(all, more));
        match part.cursor {
            // A cursor that comes back would never end; what is known by then is not the whole.
            Some(next) if !seen.insert(next.clone()) => return Ok(unreadable()),
            Some(next) => cursor = Some(next),
            None if is_text(native) && text.is_empty() => return Ok(Held::whole(Value::Empty)),
            None if is_text(native) => return Ok(Held::whole(Value::Text(text))),
            // The last answer has the result over all pages.
            None => return Ok(part.result.unwrap_or(all).unwrap_or_else(unreadable)),
        }
    }
}

fn is_text(native: &str) -> bool {
    matches!(native, "title" | "rich_text")
}

fn part(native: &str, answer: &Cells) -> Option<Part> {
    let Some(Cell::List(items)) = answer.get("results") else {
        let held = decode::held(native, answer.get(native)?)?;
        let result = Some(Some(held));
        return Some(Part { text: String::new(), items: None, result, cursor: None });
    };
    let cursor = answer.text("next_cursor").map(str::to_owned);
    if is_text(native) {
        let text = items.iter().map(|item| piece(native, item)).collect::<Option<String>>()?;
        return Some(Part { text, items: None, result: None, cursor });
    }
    let rollup = match answer.get("property_item") {
        Some(Cell::Object(item)) => match item.get("rollup") {
            Some(Cell::Object(rollup)) if rollup.text("type") != Some("array") => Some(rollup),
            _ => None,
        },
        _ => None,
    };
    let result = rollup.map(decode::rollup);
    Some(Part { text: String::new(), items: decode::several(items), result, cursor })
}

fn piece(native: &str, item: &Cell) -> Option<String> {
    let Cell::Object(item) = item else { return None };
    match decode::held(native, item.get(native)?)?.value {
        Value::Text(text) => Some(text),
        _ => Some(String::new()),
    }
}

/// Two parts of a list as one.
fn join(mut all: Held, more: Held) -> Held {
    all.pages.extend(more.pages);
    all.value = match (all.value, more.value) {
        (Value::List(mut values), Value::List(more)) => {
            values.extend(more);
            Value::List(values)
        }
        (value, Value::Empty) => value,
        (_, more) => more,
    };
    // Every item is here: what an item itself left out is all that can be missing.
    all.whole &= more.whole;
    all
}
