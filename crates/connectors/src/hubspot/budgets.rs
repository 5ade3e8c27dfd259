//! What HubSpot's answers say is left of the account's allowances.
//!
//! Answers to a search say nothing, and apps that were granted access by OAuth are told no daily figure.

use chrono::{DateTime, Utc};
use model::Budget;
use model::budget::Window;

use crate::http::Headers;

pub(super) fn read_budgets(headers: &Headers<'_>, now: DateTime<Utc>) -> Vec<Budget> {
    let budget = |window, limit: &str, left: &str| {
        let left = headers.number(left)?;
        Some(Budget { window, limit: headers.number(limit), left, resets_at: None, seen_at: now })
    };
    let millis = headers.number("x-hubspot-ratelimit-interval-milliseconds").unwrap_or(10_000);
    let seconds = u32::try_from(millis / 1_000).unwrap_or(10);
    let burst = budget(Window::Seconds(seconds), "x-hubspot-ratelimit-max", "x-hubspot-ratelimit-remaining");
    let daily = budget(Window::Day, "x-hubspot-ratelimit-daily", "x-hubspot-ratelimit-daily-remaining");
    burst.into_iter().chain(daily).collect()
}
