//! The limits of the service.

use std::time::Duration;

use crate::Limited;

/// Settings of a [`super::Simulator`].
pub type Options = crate::Options<Limits>;

/// The service's limits. The default is what HubSpot publishes for its free and starter plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Requests of a private app in any ten seconds.
    pub per_ten_seconds: Option<usize>,
    /// The same for an app that was granted access by OAuth.
    pub per_ten_seconds_oauth: Option<usize>,
    /// Searches of the whole account in any second; they do not count among the others.
    pub searches_per_second: Option<usize>,
    /// Requests of the whole account in a day.
    pub daily: Option<u64>,
    /// How long a search does not see what was written.
    pub search_lag: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            per_ten_seconds: Some(100),
            per_ten_seconds_oauth: Some(110),
            searches_per_second: Some(5),
            daily: Some(250_000),
            // HubSpot says “a few moments”; the figure is unverified.
            search_lag: Duration::from_secs(3),
        }
    }
}

impl Limited for Limits {
    fn none() -> Self {
        Self {
            per_ten_seconds: None,
            per_ten_seconds_oauth: None,
            searches_per_second: None,
            daily: None,
            search_lag: Duration::ZERO,
        }
    }
}
