//! Local mode: only this machine may ask, and only by a name that means this machine.
//!
//! The peer's address keeps other machines out. The `Host` header keeps out pages of other sites
//! whose name was made to point here (DNS rebinding). In protected mode nobody asks: there the session's cookie,
//! which belongs to one name, says as much.

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, Request};
use axum::http::StatusCode;
use axum::http::header::HOST;
use model::Text;

use crate::ApiError;

/// Whether a request comes from this machine, by a name of its own.
pub(crate) fn is_local(request: &Request) -> bool {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let peer_is_local = peer.is_some_and(|ConnectInfo(peer)| peer.ip().to_canonical().is_loopback());
    let mut hosts = request.headers().get_all(HOST).iter();
    let host = hosts.next().and_then(|host| host.to_str().ok());
    let host_is_local = host.is_some_and(means_this_machine) && hosts.next().is_none();
    let target = request.uri().authority();
    let target_is_local = target.is_none_or(|target| means_this_machine(target.as_str()));
    peer_is_local && host_is_local && target_is_local
}

/// What every other caller is told.
pub(crate) fn refused() -> ApiError {
    ApiError::new(
        StatusCode::FORBIDDEN,
        "local_only",
        Text::fixed(
            "Passerelle ne répond qu'à cette machine : ouvrez http://127.0.0.1 ou http://localhost avec son port.",
            "Passerelle answers this machine only: open http://127.0.0.1 or http://localhost with its port.",
        ),
    )
}

/// Whether a `Host` names this machine, whatever the port.
fn means_this_machine(host: &str) -> bool {
    let (name, port) = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, port)) => (address, port),
        None => host.split_at(host.find(':').unwrap_or(host.len())),
    };
    let port_is_one = match port.strip_prefix(':') {
        Some(port) => port.parse::<u16>().is_ok(),
        None => port.is_empty(),
    };
    let name = name.to_ascii_lowercase();
    port_is_one
        && if host.starts_with('[') { name == "::1" } else { name == "127.0.0.1" || name == "localhost" }
}
