//! How a simulator is set up: address, limits, latency, clock.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use crate::Clock;

/// Settings of a [`super::Simulator`]; the default is the real service's limits and no latency.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where to listen; port 0 takes a free one.
    pub addr: SocketAddr,
    /// The service's limits.
    pub limits: Limits,
    /// Added to every answer.
    pub latency: Duration,
    /// The time it lives in.
    pub clock: Clock,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            addr: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            limits: Limits::default(),
            latency: Duration::ZERO,
            clock: Clock::system(),
        }
    }
}

impl Options {
    /// Without request limits: for tests about something else.
    #[must_use]
    pub fn unlimited() -> Self {
        Self { limits: Limits::none(), ..Self::default() }
    }
}

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
