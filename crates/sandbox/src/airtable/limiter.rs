//! The request limits: a sliding window per base and per user, and the month's quota.
//!
//! Source: airtable.com/developers/web/api/rate-limits: 5 a second for a base, 50 for a user; after a 429 nothing
//! succeeds for 30 s.
//! Requests refused during the penalty neither count nor lengthen it.

use std::collections::{HashMap, VecDeque};

use chrono::{DateTime, TimeDelta, Utc};

use super::options::{Limits, Rate};
use super::{Id, Refusal};

/// Counts requests and says which are too many.
#[derive(Debug)]
pub(super) struct Limiter {
    limits: Limits,
    windows: HashMap<Id, Window>,
    calls: u64,
}

#[derive(Debug, Default)]
struct Window {
    served: VecDeque<DateTime<Utc>>,
    locked_until: Option<DateTime<Utc>>,
}

impl Limiter {
    pub(super) fn new(limits: Limits) -> Self {
        Self { limits, windows: HashMap::new(), calls: 0 }
    }

    pub(super) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Lets a request of this user to this base (if any) pass, or refuses it.
    pub(super) fn admit(&mut self, user: Id, base: Option<Id>, now: DateTime<Utc>) -> Result<(), Refusal> {
        self.calls += 1;
        if self.limits.monthly_calls.is_some_and(|allowed| self.calls > allowed) {
            return Err(Refusal::quota_exceeded());
        }
        let keys = [(Some(user), self.limits.per_user), (base, self.limits.per_base)];
        for (key, rate) in keys {
            if let (Some(key), Some(rate)) = (key, rate) {
                self.windows.entry(key).or_default().admit(rate, now)?;
            }
        }
        Ok(())
    }

    /// Starts the penalty of a base now, as if the limit had been broken by someone else.
    pub(super) fn lock_out(&mut self, base: Id, now: DateTime<Utc>) {
        let penalty = self.limits.per_base.map_or(TimeDelta::zero(), |rate| delta(rate.penalty));
        self.windows.entry(base).or_default().locked_until = Some(now + penalty);
    }
}

impl Window {
    fn admit(&mut self, rate: Rate, now: DateTime<Utc>) -> Result<(), Refusal> {
        if self.locked_until.is_some_and(|end| now < end) {
            return Err(Refusal::rate_limited());
        }
        while self.served.front().is_some_and(|served| now - *served >= delta(rate.per)) {
            self.served.pop_front();
        }
        if self.served.len() >= rate.requests {
            self.served.clear();
            self.locked_until = Some(now + delta(rate.penalty));
            return Err(Refusal::rate_limited());
        }
        self.served.push_back(now);
        Ok(())
    }
}

fn delta(duration: std::time::Duration) -> TimeDelta {
    TimeDelta::from_std(duration).unwrap_or(TimeDelta::MAX)
}
