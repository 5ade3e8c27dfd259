//! What is left of a service's allowance of requests, as the service itself said.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// One allowance of an account: so many requests in so long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budget {
    /// What the service counts over.
    pub window: Window,
    /// How many requests, or tokens, the window holds, where the service says so.
    pub limit: Option<u64>,
    /// How many were left.
    pub left: u64,
    /// When the window is full again, where the service says so.
    pub resets_at: Option<DateTime<Utc>>,
    /// When the service said it.
    pub seen_at: DateTime<Utc>,
}

/// What a service counts requests over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Window {
    /// So many seconds.
    Seconds(u32),
    /// A day, of the service's calendar or the last 24 hours.
    Day,
}

impl Budget {
    /// Whether what was said still counts at this moment: the window may be full again since.
    pub fn holds(&self, now: DateTime<Utc>) -> bool {
        let length = match self.window {
            Window::Seconds(seconds) => chrono::TimeDelta::seconds(seconds.into()),
            Window::Day => chrono::TimeDelta::days(1),
        };
        now < self.resets_at.unwrap_or(self.seen_at + length)
    }

    /// The part that is left, in hundredths; nothing where the service does not say of how many.
    pub fn percent_left(&self) -> Option<u8> {
        let limit = self.limit.filter(|limit| *limit > 0)?;
        u8::try_from(u128::from(self.left.min(limit)) * 100 / u128::from(limit)).ok()
    }

    /// Puts what was said last in the place of what was said before of the same window.
    pub fn replace(known: &mut Vec<Budget>, said: Vec<Budget>) {
        for budget in said {
            match known.iter_mut().find(|old| old.window == budget.window) {
                Some(old) => *old = budget,
                None => known.push(budget),
            }
        }
        known.sort_by_key(|budget| budget.window);
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    fn daily(limit: Option<u64>, left: u64) -> Budget {
        let seen_at = DateTime::UNIX_EPOCH;
        Budget { window: Window::Day, limit, left, resets_at: None, seen_at }
    }

    #[test]
    fn a_budget_is_a_part_of_its_limit() {
        for (limit, left, percent) in [
            (Some(1_000), 1_000, Some(100)),
            (Some(1_000), 199, Some(19)),
            (Some(3), 0, Some(0)),
            (Some(10), 11, Some(100)),
            (Some(u64::MAX), u64::MAX, Some(100)),
            (Some(0), 0, None),
            (None, 5, None),
        ] {
            assert_eq!(daily(limit, left).percent_left(), percent, "{left} of {limit:?}");
        }
    }

    #[test]
    fn a_budget_counts_until_its_window_is_full_again() {
        let said = daily(None, 0);
        let at = |hours| DateTime::UNIX_EPOCH + TimeDelta::hours(hours);
        assert!(said.holds(at(23)) && !said.holds(at(24)));
        let sooner = Budget { resets_at: Some(at(2)), ..said.clone() };
        assert!(sooner.holds(at(1)) && !sooner.holds(at(2)));
        let short = Budget { window: Window::Seconds(10), ..said };
        assert!(short.holds(at(0)) && !short.holds(at(1)));
    }

    #[test]
    fn the_last_word_on_a_window_counts() {
        let burst = Budget { window: Window::Seconds(10), ..daily(Some(100), 7) };
        let mut known = Vec::new();
        Budget::replace(&mut known, vec![daily(Some(9), 5), burst.clone()]);
        Budget::replace(&mut known, vec![daily(Some(9), 4)]);
        assert_eq!(known, [burst, daily(Some(9), 4)]);
    }
}
