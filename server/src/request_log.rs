//! One line in the log per request, with an id that the answer carries too.
//!
//! The line has the path without its query: a query holds what somebody searched for.

use std::time::Instant;

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use tower_http::request_id::{MakeRequestId, MakeRequestUuid};
use tracing::Instrument;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Gives the request its id, and logs how it went.
pub(crate) async fn log_requests(request: Request, next: Next) -> Response {
    let begin = Instant::now();
    let id = request_id(&request);
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let span = tracing::info_span!("request", id = id.to_str().unwrap_or_default());
    let mut response = next.run(request).instrument(span.clone()).await;
    let (status, ms) = (response.status().as_u16(), begin.elapsed().as_millis() as u64);
    span.in_scope(|| tracing::info!(%method, path, status, ms));
    response.headers_mut().insert(REQUEST_ID, id);
    response
}

/// The id a proxy in front gave the request, if it is short and plain, else a new one.
fn request_id(request: &Request) -> HeaderValue {
    let plain = |id: &&HeaderValue| {
        id.len() <= 64
            && !id.is_empty()
            && id.as_bytes().iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-')
    };
    let given = request.headers().get(REQUEST_ID).filter(plain).cloned();
    let made = || MakeRequestUuid.make_request_id(request).map(|id| id.into_header_value());
    given.or_else(made).unwrap_or(HeaderValue::from_static("none"))
}
