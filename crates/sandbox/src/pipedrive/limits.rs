//! The limits on requests: a burst in any two seconds for each token, and a budget for the company's day.
//!
//! Source: pipedrive.readme.io, “Rate limiting”. Numbers are those of the smallest plan.

use std::collections::{HashMap, VecDeque};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::faults::Answer;
use crate::options::Limited;

/// In which a burst is counted.
const WINDOW: TimeDelta = TimeDelta::seconds(2);

/// The service's limits. The default is what the smallest plan has, with one seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Requests in any two seconds with one API token.
    pub per_api_token: Option<usize>,
    /// The same with one OAuth token.
    pub per_oauth_token: Option<usize>,
    /// Searches in any two seconds, among the requests.
    pub searches: Option<usize>,
    /// What the company's requests of one day may cost together.
    pub daily: Option<u64>,
    /// Rows that a page has at most, even where more are asked for. Asking for more than 500 is refused
    /// whatever stands here.
    pub page: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            per_api_token: Some(20),
            per_oauth_token: Some(80),
            searches: Some(10),
            daily: Some(30_000),
            page: 500,
        }
    }
}

impl Limited for Limits {
    fn none() -> Self {
        Self { per_api_token: None, per_oauth_token: None, searches: None, daily: None, ..Self::default() }
    }
}

/// Counts requests and what they cost.
#[derive(Debug)]
pub(super) struct Limiter {
    pub(super) limits: Limits,
    recent: HashMap<String, VecDeque<DateTime<Utc>>>,
    day: NaiveDate,
    spent: u64,
}

/// A request as the limits see it.
pub(super) struct Counted<'a> {
    pub(super) token: &'a str,
    pub(super) is_granted: bool,
    pub(super) is_search: bool,
    pub(super) cost: u64,
}

/// What a request is told about the limits.
#[derive(Clone, Debug, Default)]
pub(super) struct Told(Vec<(&'static str, String)>);

impl Told {
    /// The answer with its headers.
    pub(super) fn on(self, answer: Answer) -> Answer {
        self.0.into_iter().fold(answer, |answer, (name, value)| answer.header(name, value))
    }
}

/// Why a request is not let in.
pub(super) enum Full {
    /// Too many in two seconds.
    Burst(Told),
    /// The day's budget is used up.
    Day(Told),
}

impl Limiter {
    pub(super) fn new(limits: Limits) -> Self {
        Self { limits, recent: HashMap::new(), day: NaiveDate::default(), spent: 0 }
    }

    /// Lets a request pass and counts it. A refused one costs nothing.
    pub(super) fn admit(&mut self, counted: &Counted<'_>, now: DateTime<Utc>) -> Result<Told, Full> {
        if now.date_naive() != self.day {
            (self.day, self.spent) = (now.date_naive(), 0);
        }
        if self.limits.daily.is_some_and(|daily| self.spent + counted.cost > daily) {
            return Err(Full::Day(self.told(None, now)));
        }
        let most = if counted.is_granted { self.limits.per_oauth_token } else { self.limits.per_api_token };
        let all = self.window(counted.token, most, now);
        let searches = format!("search {}", counted.token);
        let some = self.window(&searches, self.limits.searches.filter(|_| counted.is_search), now);
        let full = [&all, &some].into_iter().flatten().find(|window| window.left() == 0);
        if let Some(window) = full {
            return Err(Full::Burst(self.told(Some(window), now)));
        }
        self.recent.entry(counted.token.to_owned()).or_default().push_back(now);
        if counted.is_search {
            self.recent.entry(searches).or_default().push_back(now);
        }
        self.spent += counted.cost;
        let all = all.map(|window| Window { used: window.used + 1, ..window });
        Ok(self.told(all.as_ref(), now))
    }

    /// Uses up what is left of the day.
    pub(super) fn use_up_day(&mut self, now: DateTime<Utc>) {
        (self.day, self.spent) = (now.date_naive(), self.limits.daily.unwrap_or_default());
    }

    /// Uses up a token's burst, as if another client had done it.
    pub(super) fn exhaust(&mut self, token: &str, now: DateTime<Utc>) {
        let most = self.limits.per_api_token.unwrap_or_default();
        self.recent.insert(token.to_owned(), std::iter::repeat_n(now, most).collect());
    }

    fn window(&mut self, of: &str, most: Option<usize>, now: DateTime<Utc>) -> Option<Window> {
        let most = most?;
        let recent = self.recent.entry(of.to_owned()).or_default();
        while recent.front().is_some_and(|first| now - *first >= WINDOW) {
            recent.pop_front();
        }
        Some(Window { most, used: recent.len(), oldest: recent.front().copied() })
    }

    /// The headers. The names of those about the day are as clients have seen them; whether both are always
    /// sent is unverified.
    fn told(&self, window: Option<&Window>, now: DateTime<Utc>) -> Told {
        let mut told = Vec::new();
        if let Some(window) = window {
            let reset = window.oldest.map_or(TimeDelta::zero(), |oldest| oldest + WINDOW - now);
            told.push(("x-ratelimit-limit", window.most.to_string()));
            told.push(("x-ratelimit-remaining", window.left().to_string()));
            told.push((
                "x-ratelimit-reset",
                (reset.num_milliseconds().max(0) + 999).div_euclid(1_000).to_string(),
            ));
        }
        if let Some(daily) = self.limits.daily {
            let left = daily.saturating_sub(self.spent).to_string();
            told.push(("x-daily-requests-left", left.clone()));
            told.push(("x-daily-ratelimit-token-limit", daily.to_string()));
            told.push(("x-daily-ratelimit-token-remaining", left));
        }
        Told(told)
    }
}

/// The last two seconds of a token.
struct Window {
    most: usize,
    used: usize,
    oldest: Option<DateTime<Utc>>,
}

impl Window {
    fn left(&self) -> usize {
        self.most.saturating_sub(self.used)
    }
}
