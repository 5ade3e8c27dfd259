//! `/access/members`: who may enter.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use model::api::{InvitedBody, MemberDraft, MemberUpdate};

use super::current_user::CurrentUser;
use super::forms::{Sent, again};
use crate::AppState;
use crate::drawing::{Sender, leads_to, still_page};
use crate::extract::Id;

const PAGE: &str = "/access/members";

pub(super) fn router() -> Router<AppState> {
    Router::new()
        .route(PAGE, get(still_page).post(invite))
        .route("/access/members/{id}/role", leads_to(PAGE).post(change_role))
        .route("/access/members/{id}/invitation", leads_to(PAGE).post(invite_again))
        .route("/access/members/{id}/delete", get(still_page).post(remove))
}

async fn invite(
    State(state): State<AppState>,
    CurrentUser(visitor): CurrentUser,
    sender: Sender,
    form: Bytes,
) -> Response {
    let sent = Sent::read(&form);
    let draft = MemberDraft { name: sent.text("name").to_owned(), role: sent.text("role").to_owned() };
    let invited = state.hub.invite(&visitor, &draft).await;
    told(&state, &sender, &sent, invited).await
}

async fn invite_again(
    State(state): State<AppState>,
    CurrentUser(visitor): CurrentUser,
    sender: Sender,
    Id(id): Id,
) -> Response {
    let invited = state.hub.invite_again(&visitor, id).await;
    told(&state, &sender, &Sent::read(b""), invited).await
}

/// The answer is the one that tells the link.
async fn told(state: &AppState, sender: &Sender, sent: &Sent, invited: hub::Result<InvitedBody>) -> Response {
    match invited {
        Ok(invited) => sender.told_once(state, PAGE, app::Invited(invited)).await,
        Err(error) => again(state, sender, sent, error, PAGE).await,
    }
}

async fn change_role(
    State(state): State<AppState>,
    CurrentUser(visitor): CurrentUser,
    sender: Sender,
    Id(id): Id,
    form: Bytes,
) -> Response {
    let update = MemberUpdate { role: Sent::read(&form).text("role").to_owned() };
    let changed = state.hub.change_role(&visitor, id, &update).await;
    sender.led(&state, changed.map(|_| format!("{PAGE}?notice=role")), PAGE).await
}

async fn remove(
    State(state): State<AppState>,
    CurrentUser(visitor): CurrentUser,
    sender: Sender,
    Id(id): Id,
) -> Response {
    let removed = state.hub.remove_member(&visitor, id).await;
    sender.led(&state, removed.map(|()| format!("{PAGE}?notice=removed")), PAGE).await
}
