//! The listening socket of a simulator and its end.
//!
//! Knows nothing of any service: it binds, serves a router and stops when it is dropped.

use std::future::Future;
use std::io;
use std::net::SocketAddr;

use axum::Router;
use axum::serve::ListenerExt;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// A running server; dropping it closes the socket and ends its connections.
#[derive(Debug)]
pub(crate) struct Server {
    url: String,
    _stop: watch::Sender<()>,
}

/// Tells long-running answers that the server is gone.
#[derive(Clone, Debug)]
pub(crate) struct Stopped(watch::Receiver<()>);

impl Stopped {
    /// Completes when the server has been dropped.
    pub(crate) fn wait(&self) -> impl Future<Output = ()> + Send + 'static {
        let mut receiver = self.0.clone();
        async move { while receiver.changed().await.is_ok() {} }
    }
}

impl Server {
    /// Binds `addr` and serves what `router` makes.
    ///
    /// # Errors
    /// When the address cannot be bound.
    pub(crate) async fn start(
        addr: SocketAddr,
        router: impl FnOnce(&str, Stopped) -> Router,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind(addr).await?;
        let url = format!("http://{}", listener.local_addr()?);
        let (stop, receiver) = watch::channel(());
        let stopped = Stopped(receiver);
        let router = router(&url, stopped.clone());
        // Without this, small answers wait for the client's delayed acknowledgement.
        let listener = listener.tap_io(|stream| {
            let _ = stream.set_nodelay(true);
        });
        tokio::spawn(
            async move { axum::serve(listener, router).with_graceful_shutdown(stopped.wait()).await },
        );
        Ok(Self { url, _stop: stop })
    }

    /// `http://127.0.0.1:PORT`.
    #[must_use]
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}
