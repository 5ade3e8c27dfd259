//! Counts the requests of an organisation's last 24 hours.

use chrono::{DateTime, TimeDelta, Utc};

use super::options::Limits;
use super::refusal::Refusal;

/// What was used, in steps of an hour: the service too gives it back step by step.
pub(super) struct Usage {
    pub(super) limits: Limits,
    hours: Vec<(DateTime<Utc>, u64)>,
}

impl Usage {
    pub(super) fn new(limits: Limits) -> Self {
        Self { limits, hours: Vec::new() }
    }

    /// Lets a request in, or says that no more are left.
    pub(super) fn admit(&mut self, now: DateTime<Utc>) -> Result<(), Refusal> {
        self.hours.retain(|(hour, _)| now - *hour < TimeDelta::hours(24));
        if self.used() >= self.limits.daily_requests {
            return Err(Refusal::no_requests_left());
        }
        match self.hours.last_mut() {
            Some((hour, used)) if now - *hour < TimeDelta::hours(1) => *used += 1,
            _ => self.hours.push((now, 1)),
        }
        Ok(())
    }

    /// Counts requests that others made.
    pub(super) fn use_up(&mut self, requests: u64, now: DateTime<Utc>) {
        self.hours.push((now, requests));
    }

    pub(super) fn used(&self) -> u64 {
        self.hours.iter().map(|(_, used)| used).sum()
    }

    /// `Sforce-Limit-Info`, which every answer bears.
    pub(super) fn header(&self) -> String {
        format!("api-usage={}/{}", self.used(), self.limits.daily_requests)
    }
}
