//! Local mode: only this machine may ask, and only by a name that means this machine.
//!
//! The peer's address keeps other machines out. The `Host` header keeps out pages of other sites
//! whose name was made to point here (DNS rebinding).

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, Request};
use axum::http::StatusCode;
use axum::http::header::HOST;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use model::Text;

use crate::ApiError;

/// Refuses every other caller.
pub(crate) async fn local_only(request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let peer_is_local = peer.is_some_and(|ConnectInfo(peer)| peer.ip().to_canonical().is_loopback());
    let mut hosts = request.headers().get_all(HOST).iter();
    let host = hosts.next().and_then(|host| host.to_str().ok());
    let host_is_local = host.is_some_and(means_this_machine) && hosts.next().is_none();
    let target = request.uri().authority();
    let target_is_local = target.is_none_or(|target| means_this_machine(target.as_str()));
    if peer_is_local && host_is_local && target_is_local {
        return next.run(request).await;
    }
    ApiError::new(
        StatusCode::FORBIDDEN,
        "local_only",
        Text::fixed(
            "Passerelle ne répond qu'à cette machine : ouvrez http://127.0.0.1 ou http://localhost avec son port.",
            "Passerelle answers this machine only: open http://127.0.0.1 or http://localhost with its port.",
        ),
    )
    .into_response()
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
