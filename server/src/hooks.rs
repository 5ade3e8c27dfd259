//! Where services say that something changed: one address per connection, each with a word nobody can guess.
//!
//! Whoever asks is a service, not a person: nobody logs in, and nothing is answered but whether it was heard.
//! What a message says is believed by its signature alone.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use hub::HintMessage;
use tower_http::limit::RequestBodyLimitLayer;

use crate::{ApiError, AppState};

/// The largest message: services send a few kilobytes.
const LARGEST: usize = 1024 * 1024;

/// Addresses and what answers at them.
pub(crate) fn router() -> Router<AppState> {
    Router::new().route("/hooks/{word}", post(hear)).layer(RequestBodyLimitLayer::new(LARGEST))
}

/// Some services want exactly this status and nothing in the answer.
async fn hear(
    State(state): State<AppState>,
    Path(word): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, ApiError> {
    state.hub.hear_hint(&word, HintMessage { headers: &headers, body: &body }).await?;
    Ok(StatusCode::OK)
}
