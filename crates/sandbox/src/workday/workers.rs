//! Workers, in pages by their place.

use serde_json::{Value, json};

use super::call::Call;
use super::dialect::refused;
use super::world::World;
use crate::faults::Answer;
use crate::faults::play::Paging;

/// The most workers a page has.
const LARGEST_PAGE: usize = 100;
/// What a page has unless another number is asked for.
const USUAL_PAGE: usize = 20;

impl World {
    pub(super) fn page(&self, version: &str, call: &Call, paging: Paging) -> Answer {
        if !self.may_see {
            return refused(403, "permission denied");
        }
        let limit = call.number("limit", USUAL_PAGE).filter(|limit| (1..=LARGEST_PAGE).contains(limit));
        let (Some(limit), Some(offset)) = (limit, call.number("offset", 0)) else {
            return refused(400, "invalid request: limit or offset");
        };
        let total = if paging == Paging::EmptyListing { 0 } else { self.workers.len() };
        let offset = if paging == Paging::SamePageAgain { offset.saturating_sub(limit) } else { offset };
        let start = offset.min(total);
        let end = if paging == Paging::EmptyPage { start } else { (start + limit).min(total) };
        let data: Vec<Value> = self.workers[start..end].iter().map(|worker| worker.shown(version)).collect();
        Answer::json(200, &json!({"total": total, "data": data}))
    }
}
