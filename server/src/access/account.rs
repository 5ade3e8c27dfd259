//! `/access`: one's own account, with its password and its sessions; in local mode, the way to protect it.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use tower_sessions::Session;

use super::current_user::CurrentUser;
use super::forms::{Sent, again};
use super::login::enter;
use crate::AppState;
use crate::drawing::{Sender, leads_to, still_page};
use crate::extract::Id;

const PAGE: &str = "/access";

pub(super) fn router() -> Router<AppState> {
    Router::new()
        .route(PAGE, get(still_page))
        .route("/access/password", leads_to(PAGE).post(change_password))
        .route("/access/sessions/{id}/revoke", leads_to(PAGE).post(revoke_session))
}

/// Every session ends with the old password; this browser gets a new one.
async fn change_password(
    State(state): State<AppState>,
    CurrentUser(visitor): CurrentUser,
    session: Session,
    sender: Sender,
    form: Bytes,
) -> Response {
    let sent = Sent::read(&form);
    match state.hub.change_password(&visitor, &sent.secret("present"), &sent.secret("new")).await {
        Ok(member) => enter(&session, &member, &visitor.origin, "/access?notice=password").await,
        Err(error) => again(&state, &sender, &sent, error, PAGE).await,
    }
}

async fn revoke_session(
    State(state): State<AppState>,
    CurrentUser(visitor): CurrentUser,
    sender: Sender,
    Id(id): Id,
) -> Response {
    let revoked = state.hub.revoke_session(&visitor, id).await;
    sender.led(&state, revoked.map(|()| "/access?notice=revoked".to_owned()), PAGE).await
}
