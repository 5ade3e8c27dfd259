//! The limits of the service.

use std::time::Duration;

use crate::Limited;

/// Settings of a [`super::Simulator`].
pub type Options = crate::Options<Limits>;

/// So many requests in any window of this length; one more starts a penalty during which all are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Requests allowed in a window.
    pub requests: usize,
    /// Length of the sliding window.
    pub per: Duration,
    /// How long everything is refused after a violation.
    pub penalty: Duration,
}

/// The service's limits. The default is what Airtable publishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// For each base: 5 a second, then 30 s of refusal.
    pub per_base: Option<Rate>,
    /// For each user over all bases: 50 a second.
    pub per_user: Option<Rate>,
    /// Calls a month for the whole workspace (Free: 1,000; Team: 100,000).
    pub monthly_calls: Option<u64>,
    /// How long a paging token is good after the page it came with. Airtable publishes no number.
    pub offset_life: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        let a_second =
            |requests| Rate { requests, per: Duration::from_secs(1), penalty: Duration::from_secs(30) };
        Self {
            per_base: Some(a_second(5)),
            per_user: Some(a_second(50)),
            monthly_calls: None,
            offset_life: Duration::from_secs(600),
        }
    }
}

impl Limits {
    /// No limit on requests; paging tokens still expire.
    #[must_use]
    pub fn none() -> Self {
        Self { per_base: None, per_user: None, ..Self::default() }
    }
}

impl Limited for Limits {
    fn none() -> Self {
        Self::none()
    }
}
