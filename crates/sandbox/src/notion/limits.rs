//! The request limit: a bucket per token that refills evenly.
//!
//! Source: developers.notion.com/reference/request-limits: 180 requests a minute, three a second on average; some
//! bursts are allowed. How many is not published: here it is [`Pace::burst`] (unverified).

use std::collections::HashMap;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use crate::Limited;

/// So many requests in this time on average, and so many at once after a pause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Requests on average…
    pub requests: u32,
    /// …in this time.
    pub per: Duration,
    /// Requests at once after a pause.
    pub burst: u32,
}

impl Pace {
    fn gap(self) -> TimeDelta {
        TimeDelta::from_std(self.per / self.requests.max(1)).unwrap_or(TimeDelta::MAX)
    }
}

/// The service's limits. The default is what Notion publishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// For each token: 180 a minute.
    pub per_token: Option<Pace>,
    /// Rows that one query gives over all its pages.
    pub rows_per_query: usize,
    /// How long a cursor is good after the page it came with. Notion publishes no number.
    pub cursor_life: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            per_token: Some(Pace { requests: 180, per: Duration::from_secs(60), burst: 10 }),
            rows_per_query: 10_000,
            cursor_life: Duration::from_secs(3600),
        }
    }
}

impl Limits {
    /// No limit on requests; the others stay.
    #[must_use]
    pub fn none() -> Self {
        Self { per_token: None, ..Self::default() }
    }
}

impl Limited for Limits {
    fn none() -> Self {
        Self::none()
    }
}

/// Counts requests and says which are too many.
#[derive(Debug)]
pub(super) struct Limiter {
    pub(super) limits: Limits,
    /// For each token the moment at which its bucket is full again.
    full_at: HashMap<String, DateTime<Utc>>,
}

impl Limiter {
    pub(super) fn new(limits: Limits) -> Self {
        Self { limits, full_at: HashMap::new() }
    }

    /// Lets a request pass, or tells how long to wait. Refused requests use up nothing.
    pub(super) fn admit(&mut self, token: &str, now: DateTime<Utc>) -> Result<(), Duration> {
        let Some(pace) = self.limits.per_token else {
            return Ok(());
        };
        let full_at = self.full_at.entry(token.to_owned()).or_insert(now);
        let next = (*full_at).max(now) + pace.gap();
        let room = pace.gap() * i32::try_from(pace.burst).unwrap_or(i32::MAX);
        let wait = next - now - room;
        if wait > TimeDelta::zero() {
            return Err(wait.to_std().unwrap_or_default());
        }
        *full_at = next;
        Ok(())
    }

    /// Empties the bucket of a token, as if another client had used it up.
    pub(super) fn exhaust(&mut self, token: &str, now: DateTime<Utc>) {
        if let Some(pace) = self.limits.per_token {
            let room = pace.gap() * i32::try_from(pace.burst).unwrap_or(i32::MAX);
            self.full_at.insert(token.to_owned(), now + room);
        }
    }
}
