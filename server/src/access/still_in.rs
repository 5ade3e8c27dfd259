//! Answers that go on and on end when their caller is no longer let in.

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::response::Response;
use futures_util::StreamExt;

/// The same answer. A stream of events asks before each piece, and ends where the answer is no: nothing is told
/// after a logout, a revocation or a change of role. One that has nothing to tell says so every few seconds
/// (`routes::events`), and ends then.
pub(super) fn held<Asked>(response: Response, is_let_in: impl Fn() -> Asked + Send + 'static) -> Response
where
    Asked: Future<Output = bool> + Send + 'static,
{
    let kind = response.headers().get(CONTENT_TYPE);
    if kind.is_none_or(|kind| !kind.as_bytes().starts_with(b"text/event-stream")) {
        return response;
    }
    response.map(|body| Body::from_stream(body.into_data_stream().take_while(move |_| is_let_in())))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use axum::body::to_bytes;
    use futures_util::stream;

    use super::*;

    /// What arrives of three pieces, with two yes.
    async fn arrives(kind: &str) -> String {
        let left = Arc::new(AtomicUsize::new(2));
        let pieces = stream::iter(["one ", ": nothing ", "three"].map(Ok::<_, std::io::Error>));
        let response =
            Response::builder().header(CONTENT_TYPE, kind).body(Body::from_stream(pieces)).unwrap();
        let held = held(response, move || {
            let is_in = left.load(Ordering::Relaxed) > 0;
            left.fetch_sub(usize::from(is_in), Ordering::Relaxed);
            async move { is_in }
        });
        String::from_utf8(to_bytes(held.into_body(), 100).await.unwrap().to_vec()).unwrap()
    }

    #[tokio::test]
    async fn a_stream_ends_before_the_first_piece_that_is_not_for_its_caller() {
        assert_eq!(arrives("text/event-stream").await, "one : nothing ");
        assert_eq!(arrives("text/event-stream; charset=utf-8").await, "one : nothing ");
        assert_eq!(arrives("application/json").await, "one : nothing three");
    }
}
