//! What stands between callers and the program: proxies that speak for others, and TLS that ends at them.
//!
//! Anybody can write `X-Forwarded-For`. It counts only where the operator named the proxy that hands it on
//! (`PASSERELLE_TRUSTED_PROXIES`); from here on the caller is whom that proxy speaks for, and nothing further
//! in sees these headers.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::STRICT_TRANSPORT_SECURITY;
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;

const FORWARDED_FOR: &str = "x-forwarded-for";
const FORWARDED_PROTO: &str = "x-forwarded-proto";
/// Everything by which a proxy says whom it speaks for.
const FORWARDED: [&str; 4] = [FORWARDED_FOR, FORWARDED_PROTO, "x-forwarded-host", "forwarded"];

/// A year, as browsers keep it; only for this name, since others below it are not ours to decide on.
const HSTS: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// How the program is reached.
#[derive(Clone, Debug, Default)]
pub struct Edge {
    /// Who may speak for others.
    pub proxies: Proxies,
    /// The public address begins with `https:`.
    pub is_https: bool,
}

/// The addresses of proxies that may speak for others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proxies(Vec<Net>);

/// Addresses that have their first bits in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Net {
    address: IpAddr,
    bits: u32,
}

impl Proxies {
    /// Reads addresses and networks (`10.0.0.0/8`) apart from each other by a comma; `None` when one is neither.
    pub fn parse(list: &str) -> Option<Proxies> {
        let parts = list.split(',').map(str::trim).filter(|part| !part.is_empty());
        parts.map(Net::parse).collect::<Option<_>>().map(Proxies)
    }

    fn trust(&self, address: IpAddr) -> bool {
        self.0.iter().any(|net| net.holds(address))
    }

    /// Whose request it is. `forwarded` are the addresses the proxies added, in their order: the last one is
    /// whom the peer itself saw, and counts if the peer is trusted; and so on towards the front.
    fn caller(&self, peer: IpAddr, forwarded: &[Option<IpAddr>]) -> IpAddr {
        let mut caller = peer.to_canonical();
        for before in forwarded.iter().rev() {
            match before {
                Some(before) if self.trust(caller) => caller = before.to_canonical(),
                // Who is no trusted proxy is the caller; so is one that hands on what is no address.
                _ => break,
            }
        }
        caller
    }
}

impl Net {
    fn parse(text: &str) -> Option<Net> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits.parse::<u32>().ok()?)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().ok()?;
        let all = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.unwrap_or(all);
        (bits <= all).then_some(Net { address, bits })
    }

    fn holds(self, address: IpAddr) -> bool {
        match (self.address, address) {
            (IpAddr::V4(net), IpAddr::V4(address)) => {
                (net.to_bits() ^ address.to_bits()).checked_shr(32 - self.bits).unwrap_or(0) == 0
            }
            (IpAddr::V6(net), IpAddr::V6(address)) => {
                (net.to_bits() ^ address.to_bits()).checked_shr(128 - self.bits).unwrap_or(0) == 0
            }
            _ => false,
        }
    }
}

/// The router as it is reached through `edge`.
pub fn behind(router: Router, edge: Edge) -> Router {
    router.layer(from_fn_with_state(Arc::new(edge), speak_for_others))
}

async fn speak_for_others(State(edge): State<Arc<Edge>>, mut request: Request, next: Next) -> Response {
    let mut came_by_https = edge.is_https;
    if let Some(ConnectInfo(peer)) = request.extensions().get::<ConnectInfo<SocketAddr>>().copied() {
        let headers = request.headers();
        if edge.proxies.trust(peer.ip().to_canonical()) {
            came_by_https &= headers.get(FORWARDED_PROTO).is_none_or(|proto| proto == "https");
        }
        let caller = edge.proxies.caller(peer.ip(), &forwarded(headers));
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(caller, peer.port())));
    }
    for name in FORWARDED {
        request.headers_mut().remove(name);
    }
    let mut response = next.run(request).await;
    if came_by_https {
        response.headers_mut().insert(STRICT_TRANSPORT_SECURITY, HSTS);
    }
    response
}

/// The addresses of `X-Forwarded-For` in order; `None` where something else stands.
fn forwarded(headers: &HeaderMap) -> Vec<Option<IpAddr>> {
    let values = headers.get_all(FORWARDED_FOR).iter();
    values
        .flat_map(|value| value.to_str().unwrap_or("?").split(','))
        .map(|part| {
            let part = part.trim();
            // Some proxies add the port.
            let with_port = || part.parse::<SocketAddr>().map(|address| address.ip());
            part.parse::<IpAddr>().or_else(|_| with_port()).ok()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caller(trusted: &str, peer: &str, header: &str) -> String {
        let mut headers = HeaderMap::new();
        headers.insert(FORWARDED_FOR, header.parse().unwrap());
        let proxies = Proxies::parse(trusted).unwrap();
        proxies.caller(peer.parse().unwrap(), &forwarded(&headers)).to_string()
    }

    #[test]
    fn only_named_proxies_speak_for_others() {
        for (trusted, peer, header, expected) in [
            ("", "127.0.0.1", "8.8.8.8", "127.0.0.1"),
            ("127.0.0.1", "127.0.0.1", "8.8.8.8", "8.8.8.8"),
            ("127.0.0.1", "::ffff:127.0.0.1", "8.8.8.8", "8.8.8.8"),
            ("127.0.0.1", "127.0.0.2", "8.8.8.8", "127.0.0.2"),
            ("::1", "::1", "2606:4700::1111", "2606:4700::1111"),
            ("10.0.0.0/8", "10.9.8.7", "8.8.8.8", "8.8.8.8"),
            ("10.0.0.0/8", "11.0.0.1", "8.8.8.8", "11.0.0.1"),
            ("0.0.0.0/0", "203.0.113.7", "8.8.8.8", "8.8.8.8"),
            ("fd00::/8", "fd12::1", "8.8.8.8", "8.8.8.8"),
            // What the caller wrote himself stands in front of what the proxy added.
            ("127.0.0.1", "127.0.0.1", "1.2.3.4, 8.8.8.8", "8.8.8.8"),
            ("127.0.0.1, 10.0.0.0/8", "127.0.0.1", "1.2.3.4, 8.8.8.8, 10.0.0.1", "8.8.8.8"),
            ("127.0.0.1", "127.0.0.1", "8.8.8.8, 10.0.0.1", "10.0.0.1"),
            ("127.0.0.1", "127.0.0.1", "8.8.8.8:4711", "8.8.8.8"),
            ("127.0.0.1", "127.0.0.1", "[2606:4700::1111]:4711", "2606:4700::1111"),
            ("127.0.0.1", "127.0.0.1", "8.8.8.8, unknown", "127.0.0.1"),
            ("127.0.0.1", "127.0.0.1", "", "127.0.0.1"),
        ] {
            assert_eq!(caller(trusted, peer, header), expected, "{trusted} {peer} {header}");
        }
    }

    #[test]
    fn a_list_that_is_none_is_refused() {
        for list in [
            "proxy.lan",
            "10.0.0.0/33",
            "10.0.0.0/-1",
            "10.0.0.0/",
            "10.0.0/8",
            "::1/129",
            "*",
            "127.0.0.1;::1",
        ] {
            assert_eq!(Proxies::parse(list), None, "{list}");
        }
        assert_eq!(Proxies::parse(" , "), Some(Proxies::default()));
    }
}
