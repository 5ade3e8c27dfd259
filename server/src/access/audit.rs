//! `/access/audit`: who did what.

use axum::Router;
use axum::extract::{Request, State};
use axum::response::Response;
use axum::routing::get;

use crate::AppState;
use crate::drawing::{Shell, draw};

pub(super) fn router() -> Router<AppState> {
    Router::new().route("/access/audit", get(page))
}

async fn page(State(state): State<AppState>, request: Request) -> Response {
    draw(&state, Shell::Still, request, || {}).await
}
