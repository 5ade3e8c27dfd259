//! How a simulator is set up: its version, its protocols, its database.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use crate::Clock;

/// The version of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(pub u16);

impl Version {
    /// `19.0`.
    pub(super) fn text(self) -> String {
        format!("{}.0", self.0)
    }
}

/// The protocols a server answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Protocols {
    /// `/json/2`, which servers have from version 19 on.
    pub json2: bool,
    /// `/jsonrpc`.
    pub jsonrpc: bool,
    /// `/xmlrpc/2`.
    pub xmlrpc: bool,
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
    /// Its version.
    pub version: Version,
    /// Its protocols.
    pub protocols: Protocols,
    /// The name of its database.
    pub database: String,
    /// Whether it tells the names of its databases.
    pub lists_databases: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            addr: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            latency: Duration::ZERO,
            clock: Clock::system(),
            version: Version(19),
            protocols: Protocols { json2: true, jsonrpc: true, xmlrpc: true },
            database: "cave".into(),
            lists_databases: true,
        }
    }
}

impl Options {
    /// A server before JSON-2.
    #[must_use]
    pub fn version_18() -> Self {
        let protocols = Protocols { json2: false, jsonrpc: true, xmlrpc: true };
        Self { version: Version(18), protocols, ..Self::default() }
    }

    /// A server whose older protocols are switched off.
    #[must_use]
    pub fn json2_only() -> Self {
        let protocols = Protocols { json2: true, jsonrpc: false, xmlrpc: false };
        Self { protocols, ..Self::default() }
    }
}
