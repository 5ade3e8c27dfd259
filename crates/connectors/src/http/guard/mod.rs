//! Keeps what users type from leading into the operator's own network.
//!
//! An address that the program or its operator gave may lead anywhere. One that a user typed may lead to
//! public addresses, and to hosts that the operator allows. Every spelling is judged after the `url` crate
//! has made it plain (`0x7f.1`, `2130706433` and `①②⑦.0.0.1` are `127.0.0.1` by then), and a name is
//! judged by what it resolves to: the addresses that were judged are the ones that are dialled, so that a
//! name cannot lead elsewhere the second time. An address that is written as such never comes to the
//! resolver, which is why both look. Redirects are not followed, by any client.

mod allowed;
mod names;
mod range;
mod refused;
#[cfg(test)]
mod tests;

use std::net::IpAddr;

use url::{Host, Url};

pub use allowed::AllowedHost;
pub(super) use names::{PublicOnly, SystemNames};
pub(super) use refused::Refused;
use refused::Why;

/// Who gave an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// The program itself, or its operator: it may lead anywhere.
    ByOperator,
    /// Somebody at a form: it may lead to public addresses, and to what the operator allows.
    ByUser,
}

/// How a typed address may be dialled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// Whatever it resolves to.
    Anywhere,
    /// Only if it resolves to public addresses.
    PublicOnly,
}

/// Ports of services that must not be spoken to in HTTP although their numbers are high: databases and
/// caches, which take some of what they do not understand for commands.
const DATABASES: [u16; 6] = [1433, 3306, 5432, 6379, 11211, 27017];

/// Whether and how a typed address may be dialled.
pub(super) fn judge(url: &Url, allowed: &[AllowedHost]) -> Result<Way, Refused> {
    let refused = |why| Err(Refused { host: url.host_str().unwrap_or_default().to_owned(), why });
    let (Some(host), true) = (url.host(), matches!(url.scheme(), "http" | "https")) else {
        return refused(Why::NotTheWeb);
    };
    if !url.username().is_empty() || url.password().is_some() {
        return refused(Why::Credentials);
    }
    let port = url.port_or_known_default().unwrap_or_default();
    if allowed.iter().any(|known| known.covers(&host, port)) {
        return Ok(Way::Anywhere);
    }
    let address = match host {
        Host::Domain(name) if name.ends_with('.') => return refused(Why::FinalDot),
        Host::Domain(name) if is_inside(name) => return refused(Why::InsideName),
        Host::Domain(_) => None,
        Host::Ipv4(address) => Some(IpAddr::V4(address)),
        Host::Ipv6(address) => Some(IpAddr::V6(address)),
    };
    if let Some((address, range)) = address.and_then(|address| Some((address, range::of(address)?))) {
        return refused(Why::Address(address, range));
    }
    let web = matches!(port, 80 | 443) || (port > 1023 && !DATABASES.contains(&port));
    if web { Ok(Way::PublicOnly) } else { refused(Why::Port(port)) }
}

/// Names that stand for this machine or for the service machines learn about themselves from, whatever
/// they resolve to (RFC 6761; Google Cloud's documentation, “Metadata server”).
fn is_inside(name: &str) -> bool {
    name == "localhost" || name.ends_with(".localhost") || name == "metadata.google.internal"
}
