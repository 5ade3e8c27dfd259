//! What a service sends by itself: messages to the addresses that asked to be told.
//!
//! Each goes out once, at once; what became of it is remembered.

use std::sync::{Arc, Mutex, PoisonError};

use reqwest::Client;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use tokio::runtime::Handle;
use tokio::sync::watch;

/// Sends messages; clones are the same.
#[derive(Clone, Debug)]
pub struct Courier {
    runtime: Handle,
    client: Client,
    sent: Arc<Mutex<Vec<Sent>>>,
    waiting: watch::Sender<usize>,
}

/// A message that was answered, or could not be delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Where it went.
    pub url: String,
    /// Its headers.
    pub headers: HeaderMap,
    /// What it held.
    pub body: String,
    /// The answer's status; `None` when nobody answered.
    pub status: Option<u16>,
}

impl Courier {
    /// Within a runtime, whose messages are sent on it.
    #[expect(clippy::disallowed_methods, reason = "a simulator plays another machine")]
    pub(crate) fn new() -> Self {
        Self {
            runtime: Handle::current(),
            client: Client::new(),
            sent: Arc::default(),
            waiting: watch::Sender::new(0),
        }
    }

    /// Sends a JSON body with these headers, besides its type.
    pub(crate) fn send(&self, url: &str, headers: &[(&'static str, String)], body: String) {
        let mut all = HeaderMap::new();
        all.insert(reqwest::header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        for (name, value) in headers {
            if let Ok(value) = HeaderValue::from_str(value) {
                all.insert(HeaderName::from_static(name), value);
            }
        }
        self.resend(Sent { url: url.to_owned(), headers: all, body, status: None });
    }

    /// Sends a message as it is, as a service does that had no answer; or another in its place.
    pub fn resend(&self, message: Sent) {
        self.waiting.send_modify(|waiting| *waiting += 1);
        let courier = self.clone();
        self.runtime.spawn(async move {
            let request = courier.client.post(&message.url).headers(message.headers.clone());
            let answer = request.body(message.body.clone()).send().await;
            let status = answer.ok().map(|answer| answer.status().as_u16());
            courier.list().push(Sent { status, ..message });
            courier.waiting.send_modify(|waiting| *waiting -= 1);
        });
    }

    /// Everything sent so far has been answered: all that was ever sent, in the order of the answers.
    pub async fn sent(&self) -> Vec<Sent> {
        // The sender is at hand: it cannot be gone.
        let _ = self.waiting.subscribe().wait_for(|waiting| *waiting == 0).await;
        self.list().clone()
    }

    fn list(&self) -> std::sync::MutexGuard<'_, Vec<Sent>> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
