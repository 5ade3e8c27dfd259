//! What a simulator was asked, request by request.
//!
//! Tests prove with it: at most five calls in any second, none during a lockout, exactly one create.
//! It never holds a token: neither headers nor bodies are kept, and a legacy `api_key` is masked.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::Notify;

use crate::Kind;
use crate::service::Asked;

/// A simulator may serve millions of requests in a bench; only the latest are kept.
const KEPT: usize = 200_000;

/// One request and how it was answered.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Arrival, on the simulator's clock.
    pub at: DateTime<Utc>,
    /// `GET`, `POST`…
    pub method: String,
    /// Path as received, still percent-encoded.
    pub path: String,
    /// Query string as received, without the question mark.
    pub query: String,
    /// What the request does.
    pub kind: Kind,
    /// Status sent; `None` while unanswered, and for good when the connection was dropped first.
    pub status: Option<u16>,
    /// Whether a valid token came with it.
    pub authenticated: bool,
    /// Name of the fault that was played on it.
    pub fault: Option<&'static str>,
}

impl Entry {
    /// A request that has just come in.
    pub(crate) fn new(asked: &Asked, kind: Kind) -> Self {
        Self {
            at: asked.at,
            method: asked.parts.method.to_string(),
            path: asked.path().to_owned(),
            query: asked.query().to_owned(),
            kind,
            status: None,
            authenticated: false,
            fault: None,
        }
    }
}

/// The shared list of requests; clones show the same list.
#[derive(Clone, Debug, Default)]
pub struct Log(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    inner: Mutex<Inner>,
    /// Told at every request that comes in.
    arrived: Notify,
}

#[derive(Debug, Default)]
struct Inner {
    entries: VecDeque<Entry>,
    /// Number of the first entry still kept: tickets stay valid while old entries fall out.
    first: u64,
}

/// Where the answer to an open request is to be noted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ticket(u64);

impl Ticket {
    /// Running number of the request, from 0.
    pub(crate) fn number(self) -> u64 {
        self.0
    }
}

impl Log {
    /// Every request kept, oldest first.
    #[must_use]
    pub fn entries(&self) -> Vec<Entry> {
        self.lock().entries.iter().cloned().collect()
    }

    /// The requests of a kind (see [`Kind::covers`]).
    #[must_use]
    pub fn of(&self, kind: Kind) -> Vec<Entry> {
        self.lock().entries.iter().filter(|entry| kind.covers(entry.kind)).cloned().collect()
    }

    /// How many requests of a kind came in.
    #[must_use]
    pub fn count(&self, kind: Kind) -> usize {
        self.lock().entries.iter().filter(|entry| kind.covers(entry.kind)).count()
    }

    /// Waits until so many requests of a kind have come in, answered or not.
    pub async fn wait_for(&self, kind: Kind, requests: usize) {
        loop {
            // Listening begins before looking: what comes in between is not missed.
            let arrived = self.0.arrived.notified();
            let mut arrived = std::pin::pin!(arrived);
            arrived.as_mut().enable();
            if self.count(kind) >= requests {
                return;
            }
            arrived.await;
        }
    }

    /// The largest number of requests in any window of this length.
    #[must_use]
    pub fn most_within(&self, window: Duration) -> usize {
        let mut times: Vec<_> = self.lock().entries.iter().map(|entry| entry.at).collect();
        // Requests are noted when their bodies have come, not in the order they arrived.
        times.sort_unstable();
        let mut most = 0;
        let mut oldest = 0;
        for (newest, time) in times.iter().enumerate() {
            while *time - times[oldest] >= chrono::TimeDelta::from_std(window).unwrap_or_default() {
                oldest += 1;
            }
            most = most.max(newest + 1 - oldest);
        }
        most
    }

    /// The requests that came although a 429 had been sent less than `penalty` before.
    #[must_use]
    pub fn during_lockout(&self, penalty: Duration) -> Vec<Entry> {
        let mut until: Option<DateTime<Utc>> = None;
        let mut early = Vec::new();
        for entry in &self.lock().entries {
            if until.is_some_and(|end| entry.at < end) {
                early.push(entry.clone());
            } else if entry.status == Some(429) {
                until = Some(entry.at + penalty);
            }
        }
        early
    }

    /// Forgets everything noted so far.
    pub fn clear(&self) {
        let mut inner = self.lock();
        inner.first += inner.entries.len() as u64;
        inner.entries.clear();
    }

    pub(crate) fn open(&self, mut entry: Entry) -> Ticket {
        if entry.query.contains("api_key=") {
            entry.query = "api_key=***".into();
        }
        let mut inner = self.lock();
        if inner.entries.len() == KEPT {
            inner.entries.pop_front();
            inner.first += 1;
        }
        inner.entries.push_back(entry);
        self.0.arrived.notify_waiters();
        Ticket(inner.first + inner.entries.len() as u64 - 1)
    }

    pub(crate) fn note(&self, ticket: Ticket, change: impl FnOnce(&mut Entry)) {
        let mut inner = self.lock();
        let place = ticket.0.checked_sub(inner.first).and_then(|place| usize::try_from(place).ok());
        if let Some(entry) = place.and_then(|place| inner.entries.get_mut(place)) {
            change(entry);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
