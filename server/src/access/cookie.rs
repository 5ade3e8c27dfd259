//! The cookie a session is known by.

use axum::http::HeaderValue;
use hub::{Hub, LIFETIME};
use time::Duration;
use tower_sessions::cookie::SameSite;
use tower_sessions::{Expiry, SessionManagerLayer};

use super::session_store::Sessions;

/// Its name. Behind TLS, browsers keep the prefix `__Host-` for cookies of this host alone, sent by TLS only.
fn name(hub: &Hub) -> &'static str {
    if is_secure(hub) { "__Host-passerelle" } else { "passerelle" }
}

/// Whether people reach the server by TLS. Only the operator's word counts: a caller could write anything into
/// `X-Forwarded-Proto`.
fn is_secure(hub: &Hub) -> bool {
    hub.public_url().is_some_and(|url| url.scheme() == "https")
}

/// Reads and writes it. It lasts as long as a session can; when the session ends before, the cookie is worth
/// nothing.
pub(crate) fn sessions(hub: &Hub) -> SessionManagerLayer<Sessions> {
    SessionManagerLayer::new(Sessions::new(hub.clone()))
        .with_name(name(hub))
        .with_secure(is_secure(hub))
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_path("/")
        .with_expiry(Expiry::OnInactivity(Duration::seconds(LIFETIME.num_seconds())))
}

/// What makes a browser forget it. With all its attributes: browsers refuse one of this prefix without `Secure`,
/// and then would keep it.
pub(super) fn forgotten(hub: &Hub) -> Option<HeaderValue> {
    let secure = if is_secure(hub) { "; Secure" } else { "" };
    let cookie = format!("{}=; HttpOnly; SameSite=Lax{secure}; Path=/; Max-Age=0", name(hub));
    HeaderValue::try_from(cookie).ok()
}
