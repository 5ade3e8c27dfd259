//! Reading rows: a page of a query.

use std::sync::Arc;

use serde_json::{Value, json};

use super::Request;
use super::list::Paging;
use super::sort::{self, Sort};
use crate::faults::play::Paging as Bend;
use crate::notion::Refusal;
use crate::notion::cursors::{Mark, Order};
use crate::notion::filter::{self, Filter};
use crate::notion::render::{Page, page};
use crate::notion::state::{SourceState, World};

/// A query with its names resolved.
struct Plan {
    filter: Option<Filter>,
    sorts: Vec<Sort>,
    in_trash: bool,
    only: Vec<String>,
    /// All of it that decides which rows come in which order.
    question: String,
}

pub(super) fn query(world: &mut World, request: &Request<'_>, id: &str) -> Result<Value, Refusal> {
    Request::needs(request.grant.read)?;
    let source = request.source(world, id)?;
    let id = source.id;
    let body = request.json()?;
    let paging = Paging::from_body(&body)?;
    let plan = Plan::read(source, request, &body)?;
    let now = request.job.now;
    let start = match &paging.cursor {
        None => None,
        Some(cursor) => {
            let life = world.limiter.limits.cursor_life;
            Some(world.cursors.find(cursor, now, life)?)
        }
    };
    let source = request.source(world, &id.to_string())?;
    let same = |order: &Order| order.version == source.version && order.question == plan.question;
    let order = match start.as_ref().map(|mark| &mark.order).filter(|order| same(order)) {
        Some(order) => Arc::clone(order),
        None => Arc::new(plan.order(world, source, request)),
    };
    let given = start.as_ref().map_or(0, |mark| mark.given);
    // When the rows have changed meanwhile, the page begins where its first row is now, or was.
    let from = start.as_ref().map_or(0, |mark| {
        let found = order.numbers.iter().position(|number| *number == mark.number);
        found.unwrap_or_else(|| mark.given.min(order.numbers.len()))
    });
    let cap = world.limiter.limits.rows_per_query;
    let size = paging.size.min(cap.saturating_sub(given));
    let bend = request.job.paging;
    let end = order.numbers.len().min(from + size);
    let shown = if matches!(bend, Bend::Straight | Bend::SamePageAgain) { from..end } else { from..from };
    let how = Page {
        world,
        source,
        version: request.version,
        now,
        with_email: request.with_email(),
        only: &plan.only,
    };
    let rows = order.numbers[shown].iter().filter_map(|number| source.at(*number));
    let results: Vec<Value> = rows.map(|row| page(&how, row)).collect();

    // Where the next page begins: after this one, or, under a fault, with it again.
    let next = if matches!(bend, Bend::SamePageAgain | Bend::EmptyPage) { from } else { end };
    let capped = given + (end - from) >= cap && end < order.numbers.len();
    let more = bend != Bend::EmptyListing && next < order.numbers.len() && !capped;
    let cursor = more.then(|| {
        let mark = Mark { given: given + (next - from), number: order.numbers[next], order };
        // The same question asked again under a looping fault must get the same cursor.
        match (&paging.cursor, bend) {
            (Some(cursor), Bend::SamePageAgain) => cursor.clone(),
            _ => world.cursors.give(mark, now, &mut world.rng).to_string(),
        }
    });
    let status = if capped {
        json!({"type": "incomplete", "incomplete_reason": "query_result_limit_reached"})
    } else {
        json!({"type": "complete"})
    };
    Ok(json!({
        "object": "list", "results": results, "next_cursor": cursor, "has_more": cursor.is_some(),
        "type": "page_or_data_source", "page_or_data_source": {}, "request_status": status,
    }))
}

impl Plan {
    fn read(
        source: &SourceState,
        request: &Request<'_>,
        body: &serde_json::Map<String, Value>,
    ) -> Result<Self, Refusal> {
        let given = body.get("filter").filter(|filter| !filter.is_null());
        let filter = given.map(|filter| filter::read(source, filter)).transpose()?;
        let sorts = sort::read(source, body.get("sorts"))?;
        let in_trash = body.get("in_trash").or(body.get("archived")).is_some_and(|flag| *flag == true);
        let only = request.only(source)?;
        let question = json!([source.id, given, body.get("sorts"), in_trash]).to_string();
        Ok(Self { filter, sorts, in_trash, only, question })
    }

    fn order(&self, world: &World, source: &SourceState, request: &Request<'_>) -> Order {
        let now = request.job.now;
        // Unsorted rows come newest first (unverified): a client must not rely on any order.
        let mut rows: Vec<_> = source
            .pages()
            .rev()
            .filter(|page| page.in_trash == self.in_trash)
            .filter(|page| self.filter.as_ref().is_none_or(|filter| filter.passes(world, source, page, now)))
            .collect();
        if !self.sorts.is_empty() {
            sort::sort(world, source, &mut rows, &self.sorts, now);
        }
        let numbers = rows.into_iter().map(|page| page.number).collect();
        Order { version: source.version, question: self.question.clone(), numbers }
    }
}
