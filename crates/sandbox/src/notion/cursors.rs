//! Queries under way: what a cursor stands for.
//!
//! Cursors are opaque since April 2026. The same cursor always gives the same page, so a page can be
//! asked for again.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::{Id, Refusal};

/// Where a page begins.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    /// Pages given before, for the cap.
    pub(super) given: usize,
    /// Number of the row it begins with.
    pub(super) number: u64,
    /// The order of the rows, and for which version of the data source and which question.
    pub(super) order: Arc<Order>,
}

/// Rows that a question found, in order.
#[derive(Debug)]
pub(super) struct Order {
    pub(super) version: u64,
    pub(super) question: String,
    pub(super) numbers: Vec<u64>,
}

/// All cursors given.
#[derive(Debug, Default)]
pub(super) struct Cursors(HashMap<Id, (DateTime<Utc>, Mark)>);

impl Cursors {
    /// A cursor for the page that begins at this mark.
    pub(super) fn give(&mut self, mark: Mark, now: DateTime<Utc>, rng: &mut fastrand::Rng) -> Id {
        let id = Id::random(rng);
        self.0.insert(id, (now, mark));
        id
    }

    /// What a cursor stands for.
    pub(super) fn find(
        &mut self,
        cursor: &str,
        now: DateTime<Utc>,
        life: std::time::Duration,
    ) -> Result<Mark, Refusal> {
        let life = TimeDelta::from_std(life).unwrap_or(TimeDelta::MAX);
        self.0.retain(|_, (given, _)| now - *given < life);
        let found = Id::parse(cursor).and_then(|id| self.0.get(&id));
        found.map(|(_, mark)| mark.clone()).ok_or_else(|| Refusal::invalid_cursor(cursor))
    }

    /// Makes every cursor given so far unknown.
    pub(super) fn expire_all(&mut self) {
        self.0.clear();
    }
}
