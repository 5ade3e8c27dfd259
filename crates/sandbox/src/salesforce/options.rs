//! How a simulator is set up.

use crate::options::Limited;

/// Settings of a [`super::Simulator`].
pub type Options = crate::Options<Limits>;

/// The limits of the organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Requests in any 24 hours.
    pub daily_requests: u64,
}

impl Default for Limits {
    /// Those of a Developer Edition.
    fn default() -> Self {
        Self { daily_requests: 15_000 }
    }
}

impl Limited for Limits {
    /// More than any test asks; the service has no organisation without this limit.
    fn none() -> Self {
        Self { daily_requests: 1_000_000_000 }
    }
}
