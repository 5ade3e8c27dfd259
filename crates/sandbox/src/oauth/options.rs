//! How an authorization server is set up: how long its tokens live, and whether they rotate.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use crate::Clock;

/// How long access tokens live, and how the server says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lifetime {
    /// `expires_in` as a number of seconds.
    Seconds(i64),
    /// `expires_in` as a text, as some servers write it.
    Text(i64),
    /// For ever, or for so long as it is not revoked: no `expires_in`.
    Untold,
}

impl Lifetime {
    /// The seconds, where there are any.
    pub(super) fn seconds(self) -> Option<i64> {
        match self {
            Lifetime::Seconds(seconds) | Lifetime::Text(seconds) => Some(seconds),
            Lifetime::Untold => None,
        }
    }
}

/// Settings of a [`super::Simulator`].
#[derive(Clone, Debug)]
pub struct Options {
    /// Where to listen; port 0 takes a free one.
    pub addr: SocketAddr,
    /// Added to every answer.
    pub latency: Duration,
    /// The time it lives in.
    pub clock: Clock,
    /// How long access tokens live.
    pub lifetime: Lifetime,
    /// Whether a refresh token serves once and another one comes with the answer.
    pub rotates: bool,
    /// Whether a refresh token comes with a code's tokens at all.
    pub refreshes: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            addr: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            latency: Duration::ZERO,
            clock: Clock::system(),
            lifetime: Lifetime::Seconds(3600),
            rotates: true,
            refreshes: true,
        }
    }
}
