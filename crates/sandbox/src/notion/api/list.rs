//! Lists in pages: page size, cursor, envelope.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::Request;
use crate::notion::Refusal;
use crate::notion::cursors::{Mark, Order};
use crate::notion::state::World;

/// Largest and usual page.
pub(super) const PAGE: usize = 100;

/// What a client says about paging, in the query string or in the body.
pub(super) struct Paging {
    pub(super) size: usize,
    pub(super) cursor: Option<String>,
}

impl Paging {
    /// From the body of a POST.
    pub(super) fn from_body(body: &Map<String, Value>) -> Result<Self, Refusal> {
        let size = body.get("page_size");
        let number = size.map_or(Some(PAGE as u64), Value::as_u64);
        let number = number.ok_or_else(|| Refusal::body("body.page_size", "be a number", size))?;
        let cursor = body.get("start_cursor").filter(|cursor| !cursor.is_null());
        let cursor = cursor.map(|cursor| {
            let text = cursor.as_str().map(str::to_owned);
            text.ok_or_else(|| Refusal::body("body.start_cursor", "be a string or `undefined`", Some(cursor)))
        });
        Self { size: bounded(number, "body")?, cursor: cursor.transpose()? }.checked("body")
    }

    /// From the query string of a GET.
    pub(super) fn from_query(request: &Request<'_>) -> Result<Self, Refusal> {
        let number = match request.parameter("page_size") {
            None => PAGE as u64,
            Some(text) => text.parse().map_err(|_| {
                Refusal::validation(format!(
                    "query failed validation: query.page_size should be a number, instead was `\"{text}\"`."
                ))
            })?,
        };
        let cursor = request.parameter("start_cursor").map(str::to_owned);
        Self { size: bounded(number, "query")?, cursor }.checked("query")
    }

    fn checked(self, part: &str) -> Result<Self, Refusal> {
        match &self.cursor {
            Some(cursor) if crate::notion::Id::parse(cursor).is_none() => Err(Refusal::validation(format!(
                "{part} failed validation: {part}.start_cursor should be a valid uuid, instead was `\"{cursor}\"`."
            ))),
            _ => Ok(self),
        }
    }
}

fn bounded(size: u64, part: &str) -> Result<usize, Refusal> {
    let should = if size == 0 { "≥ `1`" } else { "≤ `100`" };
    match usize::try_from(size) {
        Ok(size @ 1..=PAGE) => Ok(size),
        _ => Err(Refusal::validation(format!(
            "{part} failed validation: {part}.page_size should be {should}, instead was `{size}`."
        ))),
    }
}

/// One page of a list that is made anew for every request.
///
/// # Errors
/// When the cursor is not one of this list.
pub(super) fn page(
    world: &mut World,
    request: &Request<'_>,
    paging: &Paging,
    kind: &str,
    name: &str,
    all: Vec<Value>,
) -> Result<Value, Refusal> {
    let now = request.job.now;
    let life = world.limiter.limits.cursor_life;
    let start = match &paging.cursor {
        None => 0,
        Some(cursor) => {
            let mark = world.cursors.find(cursor, now, life)?;
            if mark.order.question != name {
                return Err(Refusal::invalid_cursor(cursor));
            }
            mark.given
        }
    };
    let end = all.len().min(start + paging.size);
    let next = (end < all.len()).then(|| {
        let order = Arc::new(Order { version: 0, question: name.to_owned(), numbers: Vec::new() });
        world.cursors.give(Mark { given: end, number: 0, order }, now, &mut world.rng)
    });
    let results: Vec<Value> = all.into_iter().skip(start).take(paging.size).collect();
    let mut list = json!({
        "object": "list", "results": results, "next_cursor": next, "has_more": next.is_some(), "type": kind,
    });
    list[kind] = json!({});
    Ok(list)
}
