//! Which answers are compressed: those that hold nothing worth guessing at.
//!
//! The length of a compressed answer tells whether what somebody put into it stands there a second time; asked
//! often enough, it gives away a secret beside it (BREACH). So what another site asks for is never compressed,
//! and neither is the answer to a change: a secret is shown once, in the answer that makes it.

use axum::extract::Request;
use axum::http::Method;
use axum::http::header::ACCEPT_ENCODING;
use axum::middleware::Next;
use axum::response::Response;

use crate::same_origin::comes_from_here;

/// Leaves every other answer as it is.
pub(crate) async fn only_what_holds_no_secret(mut request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if !reads || !comes_from_here(request.headers()) {
        request.headers_mut().remove(ACCEPT_ENCODING);
    }
    next.run(request).await
}
