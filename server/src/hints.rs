//! What a person asks for on the page of a connection about its service's messages.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{Redirect, Response};
use axum::routing::get;
use model::api::HintsUpdate;

use crate::AppState;
use crate::connections::tab;
use crate::drawing::Sender;
use crate::extract::Id;
use crate::form::read;

/// Addresses and what answers at them.
pub(crate) fn router() -> Router<AppState> {
    Router::new()
        .route("/connections/{id}/hints", get(to_page).post(turn_on))
        .route("/connections/{id}/hints/off", get(to_page).post(turn_off))
}

async fn to_page(Id(id): Id) -> Redirect {
    Redirect::to(&page(id))
}

/// The form holds `secret` where a person copies one from the service's settings.
async fn turn_on(State(state): State<AppState>, sender: Sender, Id(id): Id, form: Bytes) -> Response {
    let update = HintsUpdate { secret: read(&form).remove("secret") };
    let done = state.hub.turn_on_hints(id, update, sender.lang).await;
    sender.led(&state, done.map(|_| format!("{}&notice=hints", page(id))), &page(id)).await
}

async fn turn_off(State(state): State<AppState>, sender: Sender, Id(id): Id) -> Response {
    let done = state.hub.turn_off_hints(id, sender.lang).await;
    sender.led(&state, done.map(|_| format!("{}&notice=hints-off", page(id))), &page(id)).await
}

fn page(id: i64) -> String {
    tab(id, "schedule")
}
