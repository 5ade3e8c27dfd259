//! Counts requests in the service's windows, and says what is left of them.

use std::collections::{HashMap, VecDeque};

use chrono::{DateTime, TimeDelta, Utc};

use super::options::Limits;
use super::refusal::Refusal;

/// The windows of every app, and the account's day.
#[derive(Debug)]
pub(super) struct Limiter {
    pub(super) limits: Limits,
    apps: HashMap<String, Window>,
    searches: Window,
    day: Option<chrono::NaiveDate>,
    today: u64,
}

#[derive(Debug, Default)]
struct Window(VecDeque<DateTime<Utc>>);

/// What is left after a request, for its headers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Left {
    /// Allowed in ten seconds, and left of it.
    pub(super) ten_seconds: Option<(usize, usize)>,
    /// Allowed in a day, and left of it.
    pub(super) daily: Option<(u64, u64)>,
}

impl Limiter {
    pub(super) fn new(limits: Limits) -> Self {
        Self { limits, apps: HashMap::new(), searches: Window::default(), day: None, today: 0 }
    }

    /// Lets a request of this app pass, or refuses it.
    pub(super) fn admit(
        &mut self,
        app: &str,
        is_oauth: bool,
        is_search: bool,
        now: DateTime<Utc>,
    ) -> Result<Left, Refusal> {
        if self.day != Some(now.date_naive()) {
            (self.day, self.today) = (Some(now.date_naive()), 0);
        }
        if self.limits.daily.is_some_and(|most| self.today >= most) {
            return Err(Refusal::rate("daily", "DAILY"));
        }
        let ten_seconds = if is_search {
            self.searches
                .admit(self.limits.searches_per_second, TimeDelta::seconds(1), now)
                .ok_or_else(|| Refusal::rate("secondly", "SECONDLY"))?;
            None
        } else {
            let most = if is_oauth { self.limits.per_ten_seconds_oauth } else { self.limits.per_ten_seconds };
            let window = self.apps.entry(app.to_owned()).or_default();
            let used = window
                .admit(most, TimeDelta::seconds(10), now)
                .ok_or_else(|| Refusal::rate("ten_secondly_rolling", "TEN_SECONDLY_ROLLING"))?;
            most.map(|most| (most, most - used))
        };
        self.today += 1;
        let daily = self.limits.daily.filter(|_| !is_oauth).map(|most| (most, most - self.today));
        Ok(Left { ten_seconds, daily })
    }
}

impl Window {
    /// How many of the window are used once this one is let in; `None` when it is too many.
    fn admit(&mut self, most: Option<usize>, per: TimeDelta, now: DateTime<Utc>) -> Option<usize> {
        let Some(most) = most else { return Some(0) };
        while self.0.front().is_some_and(|first| now - *first >= per) {
            self.0.pop_front();
        }
        if self.0.len() >= most {
            return None;
        }
        self.0.push_back(now);
        Some(self.0.len())
    }
}
