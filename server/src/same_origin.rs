//! Keeps other sites from acting through the browser of somebody who may (cross-site request forgery).
//!
//! A browser says where a request comes from; what says nothing is no browser, and then may bring no session.

use axum::extract::Request;
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, HeaderName, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use model::Text;

use crate::ApiError;
use crate::access::must_prove_its_page;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Refuses what changes something and comes from another site.
pub(crate) async fn same_origin(request: Request, next: Next) -> Response {
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let says_nothing = !has_said(request.headers()) && must_prove_its_page(&request);
    if !changes || (comes_from_here(request.headers()) && !says_nothing) {
        return next.run(request).await;
    }
    foreign().into_response()
}

/// What is answered to a request from another site.
pub(crate) fn foreign() -> ApiError {
    ApiError::new(
        StatusCode::FORBIDDEN,
        "foreign_origin",
        Text::fixed(
            "Cette demande vient d'un autre site : elle est refusée. Ouvrez Passerelle et recommencez.",
            "This request comes from another site and is refused. Open Passerelle and try again.",
        ),
    )
}

/// Whether it is said at all where a request comes from.
fn has_said(headers: &HeaderMap) -> bool {
    headers.contains_key(ORIGIN) || headers.contains_key(SEC_FETCH_SITE)
}

/// Whether nothing says that another site sent it.
pub(crate) fn comes_from_here(headers: &HeaderMap) -> bool {
    let site_is_ours = headers
        .get_all(SEC_FETCH_SITE)
        .iter()
        .all(|site| matches!(site.as_bytes(), b"same-origin" | b"none"));
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let origin_is_ours = headers.get_all(ORIGIN).iter().all(|origin| {
        let origin = origin.to_str().unwrap_or_default();
        let name = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
        name.is_some_and(|name| name.eq_ignore_ascii_case(host))
    });
    site_is_ours && origin_is_ours
}
