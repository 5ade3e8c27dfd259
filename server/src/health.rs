//! Whether the process is up and its database reachable, for whoever watches over it.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;

use crate::AppState;

/// The process is up.
pub(crate) async fn healthz() -> &'static str {
    "ok\n"
}

/// The database is reachable.
pub(crate) async fn readyz(State(state): State<AppState>) -> impl IntoResponse {
    match state.hub.ready().await {
        true => (StatusCode::OK, "ready\n"),
        false => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    }
}
