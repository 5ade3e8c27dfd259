//! `/access/tokens`: the words programs enter with.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use model::api::TokenDraft;

use super::current_user::CurrentUser;
use super::forms::{Sent, again};
use crate::AppState;
use crate::drawing::{Sender, leads_to, still_page};
use crate::extract::Id;

const PAGE: &str = "/access/tokens";

pub(super) fn router() -> Router<AppState> {
    Router::new()
        .route(PAGE, get(still_page).post(create))
        .route("/access/tokens/{id}/revoke", leads_to(PAGE).post(revoke))
}

/// The answer is the one that tells the token.
async fn create(
    State(state): State<AppState>,
    CurrentUser(visitor): CurrentUser,
    sender: Sender,
    form: Bytes,
) -> Response {
    let sent = Sent::read(&form);
    let draft = TokenDraft { name: sent.text("name").to_owned(), scope: sent.text("scope").to_owned() };
    match state.hub.create_token(&visitor, &draft).await {
        Ok(new) => sender.told_once(&state, PAGE, app::NewToken(new)).await,
        Err(error) => again(&state, &sender, &sent, error, PAGE).await,
    }
}

async fn revoke(
    State(state): State<AppState>,
    CurrentUser(visitor): CurrentUser,
    sender: Sender,
    Id(id): Id,
) -> Response {
    let revoked = state.hub.revoke_token(&visitor, id).await;
    sender.led(&state, revoked.map(|()| format!("{PAGE}?notice=revoked")), PAGE).await
}
