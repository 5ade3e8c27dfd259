//! Filters on days and times.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc};
use serde_json::Value;

use crate::notion::moments::When;

/// What is asked of a date.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::notion) enum DateTest {
    Equals(Bound),
    Before(Bound),
    After(Bound),
    OnOrBefore(Bound),
    OnOrAfter(Bound),
    /// From so many days ago… to so many days ahead, or in months.
    Within(Span),
}

/// A moment to compare with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::notion) enum Bound {
    At(When),
    /// Days from today.
    Days(i64),
    /// Months from today.
    Months(i32),
}

/// A span of time around today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::notion) enum Span {
    ThisWeek,
    PastDays(u64),
    PastMonths(u32),
    NextDays(u64),
    NextMonths(u32),
}

impl DateTest {
    /// Reads the operator and its value.
    pub(super) fn read(operator: &str, value: &Value) -> Option<Self> {
        let bound = || value.as_str().and_then(Bound::read);
        Some(match operator {
            "equals" => Self::Equals(bound()?),
            "before" => Self::Before(bound()?),
            "after" => Self::After(bound()?),
            "on_or_before" => Self::OnOrBefore(bound()?),
            "on_or_after" => Self::OnOrAfter(bound()?),
            "this_week" => Self::Within(Span::ThisWeek),
            "past_week" => Self::Within(Span::PastDays(7)),
            "past_month" => Self::Within(Span::PastMonths(1)),
            "past_year" => Self::Within(Span::PastMonths(12)),
            "next_week" => Self::Within(Span::NextDays(7)),
            "next_month" => Self::Within(Span::NextMonths(1)),
            "next_year" => Self::Within(Span::NextMonths(12)),
            _ => return None,
        })
    }

    /// Whether a date passes. A range counts by its start.
    pub(super) fn passes(self, when: When, now: DateTime<Utc>) -> bool {
        let at = when.start();
        match self {
            Self::Equals(bound) => match (bound.when(now), when) {
                (When::Time(wanted), When::Time(time)) => wanted == time,
                (wanted, _) => wanted.start() <= at && at < wanted.end(),
            },
            Self::Before(bound) => at < bound.when(now).start(),
            Self::After(bound) => at >= bound.when(now).end(),
            Self::OnOrBefore(bound) => at < bound.when(now).end(),
            Self::OnOrAfter(bound) => at >= bound.when(now).start(),
            Self::Within(span) => {
                let (first, last) = span.days(now.date_naive());
                (first..=last).contains(&at.date_naive())
            }
        }
    }
}

impl Bound {
    fn read(text: &str) -> Option<Self> {
        Some(match text {
            "today" => Self::Days(0),
            "tomorrow" => Self::Days(1),
            "yesterday" => Self::Days(-1),
            "one_week_ago" => Self::Days(-7),
            "one_week_from_now" => Self::Days(7),
            "one_month_ago" => Self::Months(-1),
            "one_month_from_now" => Self::Months(1),
            _ => Self::At(When::read(text, None)?),
        })
    }

    fn when(self, now: DateTime<Utc>) -> When {
        let today = now.date_naive();
        match self {
            Self::At(when) => when,
            Self::Days(days) => When::Day(today + chrono::TimeDelta::days(days)),
            Self::Months(months) => When::Day(months_from(today, months)),
        }
    }
}

impl Span {
    fn days(self, today: NaiveDate) -> (NaiveDate, NaiveDate) {
        match self {
            Self::ThisWeek => {
                let sunday = today - Days::new(u64::from(today.weekday().num_days_from_sunday()));
                (sunday, sunday + Days::new(6))
            }
            Self::PastDays(days) => (today - Days::new(days), today),
            Self::PastMonths(months) => (today - Months::new(months), today),
            Self::NextDays(days) => (today, today + Days::new(days)),
            Self::NextMonths(months) => (today, today + Months::new(months)),
        }
    }
}

fn months_from(day: NaiveDate, months: i32) -> NaiveDate {
    let by = Months::new(months.unsigned_abs());
    if months < 0 { day - by } else { day + by }
}
