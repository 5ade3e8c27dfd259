//! A receiver of messages on this machine, and a program that may send to it.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header::LOCATION};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use hub::{AllowedHost, Policy};

use crate::harness::TestApp;

/// What arrived at the receiver, in order.
type Arrived = Arc<Mutex<Vec<(HeaderMap, String)>>>;

/// Takes messages on this machine, each address in its own way.
pub(crate) struct Receiver {
    pub(crate) url: String,
    arrived: Arrived,
}

impl Receiver {
    pub(crate) async fn start() -> Receiver {
        let arrived = Arrived::default();
        let router = Router::new()
            .route("/ok", post(take))
            .route("/elsewhere", post(async || (StatusCode::FOUND, [(LOCATION, "/ok")])))
            .route("/gone", post(async || StatusCode::GONE))
            .route("/broken", post(async || (StatusCode::SERVICE_UNAVAILABLE, "out of order".repeat(1_000))))
            .route("/hangs", post(async || std::future::pending::<()>().await))
            .with_state(Arc::clone(&arrived));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Receiver { url, arrived }
    }

    pub(crate) fn arrived(&self) -> Vec<(HeaderMap, String)> {
        self.arrived.lock().unwrap().clone()
    }
}

async fn take(State(arrived): State<Arrived>, headers: HeaderMap, body: Bytes) -> Response {
    arrived.lock().unwrap().push((headers, String::from_utf8(body.to_vec()).unwrap()));
    (StatusCode::OK, "thank you").into_response()
}

/// A configured program that may send to this machine, and what sends its messages.
pub(crate) async fn allowed(tell_timeout: Duration) -> TestApp {
    let allow_private = vec![AllowedHost::parse("127.0.0.1").unwrap()];
    let app = TestApp::start_as(|mut options| {
        options.policy = Policy { allow_private, tell_timeout, ..Policy::without_waiting() };
        options
    })
    .await;
    app.configure().await;
    let hub = app.hub.clone();
    tokio::spawn(async move { hub.deliver_webhooks().await });
    app
}
