//! Names made into addresses, and the addresses judged before anybody dials them.

use std::net::SocketAddr;
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::range;
use super::refused::{Refused, Why};

/// The machine's own way to resolve names.
pub(in crate::http) struct SystemNames;

impl Resolve for SystemNames {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            // The port is not the resolver's to choose; with none, the address's own is dialled.
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// Names that lead to public addresses only: one that does not refuses them all, because which one is
/// dialled is chance.
pub(in crate::http) struct PublicOnly(pub(in crate::http) Arc<dyn Resolve>);

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        let host = name.as_str().to_owned();
        let found = self.0.resolve(name);
        Box::pin(async move {
            let found: Vec<SocketAddr> = found.await?.collect();
            for address in found.iter().map(SocketAddr::ip) {
                if let Some(range) = range::of(address) {
                    return Err(Refused { host, why: Why::Address(address, range) }.into());
                }
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}
