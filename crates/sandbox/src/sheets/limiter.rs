//! Counts the requests of a user in windows of a minute, reads and writes apart.

use std::collections::{HashMap, VecDeque};

use chrono::{DateTime, TimeDelta, Utc};

use super::options::Limits;
use super::refusal::Refusal;

/// The requests of the last minute by user.
#[derive(Debug)]
pub(super) struct Limiter {
    limits: Limits,
    windows: HashMap<(String, bool), VecDeque<DateTime<Utc>>>,
}

impl Limiter {
    pub(super) fn new(limits: Limits) -> Self {
        Self { limits, windows: HashMap::new() }
    }

    /// Lets a request pass, or refuses it; a refused one is not counted.
    pub(super) fn admit(&mut self, user: &str, writes: bool, now: DateTime<Utc>) -> Result<(), Refusal> {
        let most = if writes { self.limits.writes_per_minute } else { self.limits.reads_per_minute };
        let Some(most) = most else { return Ok(()) };
        let window = self.windows.entry((user.to_owned(), writes)).or_default();
        while window.front().is_some_and(|first| now - *first >= TimeDelta::minutes(1)) {
            window.pop_front();
        }
        if window.len() >= most {
            return Err(Refusal::quota(writes));
        }
        window.push_back(now);
        Ok(())
    }
}
