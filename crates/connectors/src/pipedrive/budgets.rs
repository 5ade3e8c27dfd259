//! What an answer says is left: the burst of two seconds, and the company's day.
//!
//! Source: pipedrive.readme.io, “Rate limiting”.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use model::Budget;
use model::budget::Window;

use crate::http::Headers;

/// In which a burst is counted, and so the least that a wait is worth.
const BURST: u32 = 2;
/// What the dearest request costs, a search or a list of users.
const DEAREST: u64 = 20;

pub(super) fn read_budgets(headers: &Headers<'_>, now: DateTime<Utc>) -> Vec<Budget> {
    let burst = headers.number("x-ratelimit-remaining").map(|left| Budget {
        window: Window::Seconds(BURST),
        limit: headers.number("x-ratelimit-limit"),
        left,
        resets_at: headers
            .number("x-ratelimit-reset")
            .and_then(|seconds| TimeDelta::try_seconds(i64::try_from(seconds).ok()?))
            .and_then(|wait| now.checked_add_signed(wait)),
        seen_at: now,
    });
    let day = left_today(headers).map(|left| Budget {
        window: Window::Day,
        limit: headers.number("x-daily-ratelimit-token-limit"),
        left,
        resets_at: None,
        seen_at: now,
    });
    [burst, day].into_iter().flatten().collect()
}

/// Whether a refusal for the rate is about the day: nothing is left, or too little while the burst is not
/// used up.
pub(super) fn is_day_over(headers: &Headers<'_>) -> bool {
    let burst_is_over = headers.number("x-ratelimit-remaining") == Some(0);
    left_today(headers).is_some_and(|left| left == 0 || (left < DEAREST && !burst_is_over))
}

/// How long to leave the service alone after a refusal for the rate; nothing where it does not say, or says
/// it the usual way.
pub(super) fn wait(headers: &Headers<'_>) -> Option<Duration> {
    let seconds = headers.number("x-ratelimit-reset").filter(|_| headers.text("retry-after").is_none())?;
    Some(Duration::from_secs(seconds.max(BURST.into())))
}

fn left_today(headers: &Headers<'_>) -> Option<u64> {
    headers.number("x-daily-requests-left").or_else(|| headers.number("x-daily-ratelimit-token-remaining"))
}
