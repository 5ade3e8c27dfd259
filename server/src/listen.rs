//! Takes connections and hands their requests to the router, until it is told to stop.
//!
//! Does by hand what `axum::serve` leaves out: a caller who does not finish his headers, or does not
//! take his answer, is cut off, and there is an end to how many can be connected.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tower::ServiceExt;

use crate::slow_reader::GivesUp;

/// For the headers of a request to be complete; a connection without requests ends after it too.
const HEADERS: Duration = Duration::from_secs(30);
/// For a caller to take the next piece of his answer.
const READING: Duration = Duration::from_secs(30);
/// The head of a request, all headers together.
const HEAD_BYTES: usize = 64 * 1024;
/// Open connections; further ones wait.
const CONNECTIONS: usize = 1_000;
/// After this pause a failed accept is tried again: the system is out of file handles.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Serves until `stop` ends, and returns what is still being answered.
pub async fn listen(
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()>,
) -> GracefulShutdown {
    let connections = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    tokio::pin!(stop);
    loop {
        let next = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (listener.accept().await, place)
        };
        let (accepted, place) = tokio::select! {
            () = &mut stop => return connections,
            next = next => next,
        };
        match accepted {
            Ok((stream, peer)) => {
                let connection = connections.watch(connection(stream, peer, router.clone()));
                tokio::spawn(async move {
                    // A caller who goes away in the middle is none of our errors.
                    let _ = connection.await;
                    drop(place);
                });
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
) -> impl hyper_util::server::graceful::GracefulConnection<Error = hyper::Error> {
    // Without this, small answers wait for the caller's delayed acknowledgement.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request)
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS)
        .max_buf_size(HEAD_BYTES)
        .serve_connection(TokioIo::new(GivesUp::after(READING, stream)), service)
}

#[cfg(test)]
mod tests {
    //! The clock is tokio's and stands still: it jumps to the next moment somebody waits for.

    use std::future::pending;

    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    /// A server with these answers, and a connection to it.
    async fn connected(router: Router) -> TcpStream {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let addr = listener.local_addr().unwrap();
        tokio::spawn(listen(listener, router, pending()));
        TcpStream::connect(addr).await.unwrap()
    }

    async fn said(stream: &mut TcpStream) -> String {
        let mut answer = Vec::new();
        // Closed with something unread, a connection is reset.
        let _ = stream.read_to_end(&mut answer).await;
        String::from_utf8_lossy(&answer).into_owned()
    }

    #[tokio::test(start_paused = true)]
    async fn a_request_that_is_not_finished_is_cut_off() {
        for begun in ["", "GET / HT", "GET / HTTP/1.1\r\nhost: a\r\nx: "] {
            let mut stream = connected(Router::new().route("/", get("here"))).await;
            stream.write_all(begun.as_bytes()).await.unwrap();
            let begin = tokio::time::Instant::now();
            assert!(!said(&mut stream).await.contains("here"), "{begun}");
            assert!(begin.elapsed() <= HEADERS + Duration::from_secs(1), "{begun}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_connection_that_asks_nothing_more_is_closed() {
        let mut stream = connected(Router::new().route("/", get("here"))).await;
        stream.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
        // Ends, although nobody asked for it.
        assert!(said(&mut stream).await.ends_with("here"));
    }

    #[tokio::test(start_paused = true)]
    async fn a_caller_who_does_not_take_his_answer_is_given_up() {
        // More than the buffers between both hold.
        let long: &'static str = Box::leak("x".repeat(64 * 1024 * 1024).into_boxed_str());
        let mut stream = connected(Router::new().route("/", get(long))).await;
        stream.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
        tokio::time::sleep(READING + HEADERS).await;
        assert!(said(&mut stream).await.len() < long.len());
    }

    #[tokio::test]
    async fn a_head_that_is_too_large_is_refused() {
        let mut stream = connected(Router::new().route("/", get("here"))).await;
        let head = format!("GET / HTTP/1.1\r\nhost: a\r\nx: {}\r\n\r\n", "x".repeat(2 * HEAD_BYTES));
        // It may stop reading before all is written.
        let _ = stream.write_all(head.as_bytes()).await;
        let answer = said(&mut stream).await;
        assert!(!answer.contains("here") && (answer.is_empty() || answer.contains(" 431 ")), "{answer}");
    }

    #[tokio::test]
    async fn requests_one_after_the_other_are_all_answered() {
        let mut stream = connected(Router::new().route("/", get("here"))).await;
        let one = "GET / HTTP/1.1\r\nhost: a\r\n\r\n";
        let last = "GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
        stream.write_all(format!("{}{last}", one.repeat(99)).as_bytes()).await.unwrap();
        assert_eq!(said(&mut stream).await.matches("here").count(), 100);
    }
}
