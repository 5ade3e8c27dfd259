//! How the simulator is set up.

use chrono::TimeDelta;

use crate::options::Limited;

/// Settings of a [`super::Simulator`].
#[derive(Clone, Debug)]
pub struct Options {
    /// Address, limits, latency, clock.
    pub service: crate::Options<Limits>,
    /// How long an access token lives.
    pub lifetime: TimeDelta,
}

/// The limit on requests. Workday publishes none: the figure is what others saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Requests in any second; none where nothing is said.
    pub per_second: Option<usize>,
}

impl Default for Limits {
    fn default() -> Self {
        Self { per_second: Some(10) }
    }
}

impl Limited for Limits {
    fn none() -> Self {
        Self { per_second: None }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self { service: crate::Options::default(), lifetime: TimeDelta::minutes(15) }
    }
}

impl Options {
    /// Without request limits: for tests about something else.
    #[must_use]
    pub fn unlimited() -> Self {
        Self { service: crate::Options::unlimited(), ..Self::default() }
    }
}
