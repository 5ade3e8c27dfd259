//! How long a body may be: a request is read whole by whoever answers it, but a file that is handed in is not.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::CONTENT_LENGTH;
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::Limited;

use crate::upload::too_large;
use crate::{AppState, localize};

/// The largest body accepted elsewhere, in bytes.
const USUAL: u64 = 2 * 1024 * 1024;

/// Where files are handed in; their handlers pass them on piece by piece.
const UPLOADS: [&str; 2] = ["/api/upload/csv", "/deals/import"];

/// Refuses a body that says to be longer than it may be, and ends one that comes to be.
pub(crate) async fn limit(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let is_upload = request.method() == Method::POST && UPLOADS.contains(&request.uri().path());
    let limit = if is_upload { state.hub.upload_limit() } else { USUAL };
    let said = request.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if said.is_some_and(|length: u64| length > limit) {
        return if is_upload {
            too_large(limit).into_response()
        } else {
            localize::of_status(StatusCode::PAYLOAD_TOO_LARGE).into_response()
        };
    }
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    next.run(request.map(|body| Body::new(Limited::new(body, limit)))).await
}
