//! What a caller wants back: a page, as a browser that sends a form, or data.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT;

/// Whether the caller asks for a page.
pub(crate) fn wants_page(headers: &HeaderMap) -> bool {
    let values = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|kind| {
        let kind = kind.split(';').next().unwrap_or_default();
        kind.trim().eq_ignore_ascii_case("text/html")
    })
}
