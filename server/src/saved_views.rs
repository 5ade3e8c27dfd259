//! What the forms of saved views ask for.

use app::DealNotice;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;

use crate::AppState;
use crate::access::CurrentUser;
use crate::drawing::{Sender, leads_to};
use crate::extract::Id;
use crate::form::read;
use crate::led_back::{LIST, led_back, page_before};

/// Addresses and what answers at them; asked for as pages, they lead to the list.
pub(crate) fn router() -> Router<AppState> {
    Router::new()
        .route("/views", leads_to(LIST).post(save))
        .route("/views/{id}/delete", leads_to(LIST).post(delete))
}

/// The form holds `name` and `query`.
async fn save(
    State(state): State<AppState>,
    CurrentUser(user): CurrentUser,
    sender: Sender,
    form: Bytes,
) -> Response {
    let (mut sent, next) = (read(&form), page_before(&form));
    let mut take = |key| sent.remove(key).unwrap_or_default();
    match state.hub.save_view(&user.caller, &take("name"), &take("query")).await {
        Ok(_) => led_back(&next, DealNotice::ViewSaved),
        Err(error) => sender.refused(&state, error, &next).await,
    }
}

async fn delete(
    State(state): State<AppState>,
    CurrentUser(user): CurrentUser,
    sender: Sender,
    Id(id): Id,
    form: Bytes,
) -> Response {
    let next = page_before(&form);
    match state.hub.delete_view(&user.caller, id).await {
        Ok(()) => led_back(&next, DealNotice::ViewDeleted),
        Err(error) => sender.refused(&state, error, &next).await,
    }
}
