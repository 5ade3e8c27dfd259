//! The dashboard: figures, filters and the list of deals at `/`.

use axum::Router;
use axum::extract::{Request, State};
use axum::response::Response;
use axum::routing::get;

use crate::AppState;
use crate::drawing::{Shell, draw};

/// Its address. What is asked of it stands in the query, which the page reads itself.
pub(crate) fn router() -> Router<AppState> {
    Router::new().route("/", get(page))
}

async fn page(State(state): State<AppState>, request: Request) -> Response {
    draw(&state, Shell::Crm, request, || {}).await
}
