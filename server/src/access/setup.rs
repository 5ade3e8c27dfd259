//! The first owner's password. In local mode only, by whoever has read the console; gone afterwards.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use tower_sessions::Session;

use super::current_user::From;
use super::forms::{Sent, again};
use super::login::enter;
use crate::AppState;
use crate::drawing::{Sender, leads_to};

/// Where it is asked for.
const PAGE: &str = "/access";

pub(super) fn router() -> Router<AppState> {
    Router::new().route("/access/protect", leads_to(PAGE).post(protect))
}

/// Whoever protects the access is the first to log in.
async fn protect(
    State(state): State<AppState>,
    From(origin): From,
    session: Session,
    sender: Sender,
    form: Bytes,
) -> Response {
    let sent = Sent::read(&form);
    match state.hub.protect(sent.text("code"), &sent.secret("password"), &origin).await {
        Ok(owner) => enter(&session, &owner, &origin, "/access?notice=protected").await,
        Err(error) => again(&state, &sender, &sent, error, PAGE).await,
    }
}
