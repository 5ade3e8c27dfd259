//! How an answer leaves: whole, cut, drop by drop, or never.
//!
//! hyper closes the connection when a body ends with an error; with a `Content-Length` larger than
//! what was sent, the client sees a broken transfer and not a short answer.

use std::future::poll_fn;
use std::io;
use std::task::Poll;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::response::Response;
use futures_util::stream::{self, Stream, StreamExt};

use super::Answer;
use crate::server::Stopped;

/// The answer as it should be.
#[must_use]
pub(super) fn whole(answer: Answer) -> Response {
    let body = Body::from(answer.body.clone());
    response(answer, body)
}

/// Part of the body, then the connection is closed.
#[must_use]
pub(super) fn cut(answer: Answer) -> Response {
    let half = first_half(&answer);
    let length = answer.body.len();
    let parts = stream::once(async { Ok(half) }).chain(failure(true));
    promising(answer, length, parts)
}

/// The connection is closed without an answer.
#[must_use]
pub(super) fn dropped() -> Response {
    promising(Answer::text(200, "text/plain", ""), 1, failure(false))
}

/// Part of the body, then silence until the client leaves or the server stops.
#[must_use]
pub(super) fn hanging(answer: Answer, stopped: &Stopped) -> Response {
    let half = first_half(&answer);
    let length = answer.body.len();
    let silence = stream::once(stopped.wait()).map(|()| Err(closed()));
    promising(answer, length, stream::once(async { Ok(half) }).chain(silence))
}

/// One byte at a time.
#[must_use]
pub(super) fn trickling(answer: Answer, pause: Duration) -> Response {
    let bytes = answer.body.clone();
    let length = bytes.len();
    let parts = stream::unfold(0, move |at| {
        let byte = (at < bytes.len()).then(|| bytes.slice(at..=at));
        async move {
            tokio::time::sleep(pause).await;
            byte.map(|byte| (Ok(byte), at + 1))
        }
    });
    promising(answer, length, parts)
}

/// The body again and again, until the client leaves.
#[must_use]
pub(super) fn endless(answer: Answer) -> Response {
    let body = answer.body.clone();
    response(answer, Body::from_stream(stream::repeat_with(move || Ok::<_, io::Error>(body.clone()))))
}

fn first_half(answer: &Answer) -> Bytes {
    answer.body.slice(..answer.body.len() / 2)
}

fn promising<S>(answer: Answer, length: usize, parts: S) -> Response
where
    S: Stream<Item = io::Result<Bytes>> + Send + 'static,
{
    response(answer.header("content-length", length.to_string()), Body::from_stream(parts))
}

fn response(answer: Answer, body: Body) -> Response {
    let mut builder = Response::builder().status(answer.status).header("content-type", answer.content_type);
    for (name, value) in answer.headers {
        builder = builder.header(name, value);
    }
    builder.body(body).unwrap_or_else(|_| Response::new(Body::empty()))
}

/// A body that fails. `flushed` lets what was sent before reach the client first: hyper flushes when
/// the body has nothing ready.
fn failure(flushed: bool) -> impl Stream<Item = io::Result<Bytes>> + Send {
    stream::once(async move {
        let mut waits = u8::from(flushed);
        poll_fn(move |context| {
            if waits == 0 {
                return Poll::Ready(());
            }
            waits -= 1;
            context.waker().wake_by_ref();
            Poll::Pending
        })
        .await;
        Err(closed())
    })
}

fn closed() -> io::Error {
    io::Error::new(io::ErrorKind::ConnectionReset, "the simulator closes this connection on purpose")
}
