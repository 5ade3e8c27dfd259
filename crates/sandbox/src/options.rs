//! How a simulator is set up: address, limits, latency, clock.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use crate::Clock;

/// Settings of a simulator; the default is the real service's limits and no latency.
#[derive(Clone, Debug)]
pub struct Options<L> {
    /// Where to listen; port 0 takes a free one.
    pub addr: SocketAddr,
    /// The service's limits.
    pub limits: L,
    /// Added to every answer.
    pub latency: Duration,
    /// The time it lives in.
    pub clock: Clock,
}

/// Limits that can be switched off.
pub trait Limited: Default {
    /// No limit on requests.
    #[must_use]
    fn none() -> Self;
}

impl<L: Default> Default for Options<L> {
    fn default() -> Self {
        Self {
            addr: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            limits: L::default(),
            latency: Duration::ZERO,
            clock: Clock::system(),
        }
    }
}

impl<L: Limited> Options<L> {
    /// Without request limits: for tests about something else.
    #[must_use]
    pub fn unlimited() -> Self {
        Self { limits: L::none(), ..Self::default() }
    }
}
