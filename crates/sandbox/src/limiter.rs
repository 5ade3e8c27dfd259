//! Counts requests in a strict window of a second.

use std::collections::VecDeque;

use chrono::{DateTime, TimeDelta, Utc};

/// The requests of the last second.
#[derive(Debug, Default)]
pub(crate) struct Limiter(VecDeque<DateTime<Utc>>);

impl Limiter {
    /// Whether another request may come in at this moment.
    pub(crate) fn admits(&mut self, now: DateTime<Utc>, per_second: Option<usize>) -> bool {
        let Some(most) = per_second else { return true };
        while self.0.front().is_some_and(|first| now - *first >= TimeDelta::seconds(1)) {
            self.0.pop_front();
        }
        let admits = self.0.len() < most;
        if admits {
            self.0.push_back(now);
        }
        admits
    }
}
