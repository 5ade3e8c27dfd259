//! How the simulator is set up.

use super::Access;
use crate::options::Limited;

/// Settings of a [`super::Simulator`].
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Address, limits, latency, clock.
    pub service: crate::Options<Limits>,
    /// What every request must bring.
    pub access: Access,
}

/// The limit on requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Requests in any second; none where nothing is said.
    pub per_second: Option<usize>,
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
        Self { service: crate::Options::unlimited(), access: Access::default() }
    }
}
