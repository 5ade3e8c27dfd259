//! The order of a query's rows.

use std::cmp::Ordering;

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::notion::moments::{When, minute};
use crate::notion::render::{Cell, INLINE};
use crate::notion::state::{PageState, SourceState, World};
use crate::notion::{PropertyType, Refusal, rich_text};

/// One entry of `sorts`.
pub(super) struct Sort {
    by: By,
    descending: bool,
}

enum By {
    Property(String),
    Created,
    Edited,
}

/// Something to compare.
#[derive(Debug, PartialEq, PartialOrd)]
enum Key {
    Text(String),
    Number(f64),
    Time(DateTime<Utc>),
}

/// Reads `sorts`.
pub(super) fn read(source: &SourceState, given: Option<&Value>) -> Result<Vec<Sort>, Refusal> {
    let Some(given) = given.filter(|given| !given.is_null()) else {
        return Ok(Vec::new());
    };
    let list = given.as_array().ok_or_else(|| Refusal::body("body.sorts", "be an array", Some(given)))?;
    list.iter().enumerate().map(|(at, sort)| one(source, sort, &format!("body.sorts[{at}]"))).collect()
}

fn one(source: &SourceState, sort: &Value, place: &str) -> Result<Sort, Refusal> {
    let descending = match sort["direction"].as_str() {
        Some("ascending") => false,
        Some("descending") => true,
        _ => {
            let should = "be `\"ascending\"` or `\"descending\"`";
            return Err(Refusal::body(&format!("{place}.direction"), should, sort.get("direction")));
        }
    };
    let by = match (sort["property"].as_str(), sort["timestamp"].as_str()) {
        (Some(name), _) => {
            let column = source.column(name).ok_or_else(|| {
                Refusal::validation(format!("Could not find sort property with name or id: {name}"))
            })?;
            By::Property(column.id.clone())
        }
        (None, Some("created_time")) => By::Created,
        (None, Some("last_edited_time")) => By::Edited,
        _ => return Err(Refusal::body(&format!("{place}.property"), "be defined", None)),
    };
    Ok(Sort { by, descending })
}

/// Sorts rows; equal ones keep their order, and empty cells come last.
pub(super) fn sort(
    world: &World,
    source: &SourceState,
    rows: &mut Vec<&PageState>,
    sorts: &[Sort],
    now: DateTime<Utc>,
) {
    let mut keyed: Vec<(Vec<Option<Key>>, &PageState)> = rows
        .iter()
        .map(|page| (sorts.iter().map(|sort| sort.key(world, source, page, now)).collect(), *page))
        .collect();
    keyed.sort_by(|(left, _), (right, _)| {
        let parts = sorts.iter().zip(left.iter().zip(right));
        let orders = parts.map(|(sort, (left, right))| match (left, right) {
            (Some(left), Some(right)) => {
                let order = left.partial_cmp(right).unwrap_or(Ordering::Equal);
                if sort.descending { order.reverse() } else { order }
            }
            (left, right) => right.is_some().cmp(&left.is_some()),
        });
        orders.fold(Ordering::Equal, Ordering::then)
    });
    *rows = keyed.into_iter().map(|(_, page)| page).collect();
}

impl Sort {
    fn key(&self, world: &World, source: &SourceState, page: &PageState, now: DateTime<Utc>) -> Option<Key> {
        let id = match &self.by {
            By::Created => return Some(Key::Time(minute(page.created.at))),
            By::Edited => return Some(Key::Time(minute(page.edited.at))),
            By::Property(id) => id,
        };
        let column = source.column(id)?;
        if let PropertyType::Select(choices) | PropertyType::Status(choices) = &column.kind {
            // Options sort in the order of the schema, not of the alphabet.
            let place = choices.iter().position(|choice| *page.cell(id) == choice.id)?;
            return Some(Key::Number(place as f64));
        }
        let value = Cell { world, source, page, column, now, with_email: false }.value(INLINE);
        comparable(&value)
    }
}

fn comparable(value: &Value) -> Option<Key> {
    if let Some(number) = value.as_f64().or_else(|| value["number"].as_f64()) {
        return Some(Key::Number(number));
    }
    if let Some(flag) = value.as_bool() {
        return Some(Key::Number(f64::from(u8::from(flag))));
    }
    if let Some(when) = value["start"].as_str().and_then(|text| When::read(text, None)) {
        return Some(Key::Time(when.start()));
    }
    let names = || value.as_array()?.first()?["name"].as_str().map(str::to_owned);
    let text = match value {
        Value::String(text) => text.clone(),
        value => Some(rich_text::plain(value)).filter(|text| !text.is_empty()).or_else(names)?,
    };
    Some(Key::Text(text.to_lowercase()))
}
