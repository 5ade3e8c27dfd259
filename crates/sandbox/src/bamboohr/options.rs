//! How the simulator is set up.

use crate::options::Limited;

/// Settings of a [`super::Simulator`].
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Address, limits, latency, clock.
    pub service: crate::Options<Limits>,
    /// How it asks to slow down.
    pub throttle: Throttle,
}

/// The limit on requests. BambooHR publishes none: the figure is the simulator's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Requests in any second; none where nothing is said.
    pub per_second: Option<usize>,
}

/// How the service asks to slow down; `Retry-After` comes with both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Throttle {
    /// 429, since 16 September 2026.
    #[default]
    TooManyRequests,
    /// 503, as before that day.
    Unavailable,
}

impl Default for Limits {
    fn default() -> Self {
        Self { per_second: Some(5) }
    }
}

impl Limited for Limits {
    fn none() -> Self {
        Self { per_second: None }
    }
}

impl Options {
    /// Without request limits: for tests about something else.
    #[must_use]
    pub fn unlimited() -> Self {
        Self { service: crate::Options::unlimited(), ..Self::default() }
    }
}
