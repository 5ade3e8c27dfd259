//! Writes on their way to the service: batched, several in flight, each settled when answered.

use std::collections::BTreeMap;
use std::sync::Arc;

use connectors::{Outcome, Write};
use futures_util::StreamExt;
use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;
use model::plan::Change;
use model::{FieldKey, Value};

use super::prepare::Prepared;

/// A change with what is sent for it.
pub(crate) struct Sending {
    /// The change.
    pub change: Change,
    /// The fields, by the service's ids.
    pub fields: BTreeMap<FieldKey, Value>,
    /// The record is written to as an existing one.
    pub update: bool,
}

/// Changes that were sent together, and what became of each.
pub(crate) struct Answered {
    /// The changes.
    pub sent: Vec<Sending>,
    /// One outcome per change, or why none is known.
    pub outcomes: connectors::Result<Vec<Outcome>>,
}

/// The queue and what is in flight.
pub(crate) struct Outbox<'a> {
    prepared: &'a Prepared,
    creates: Vec<Sending>,
    updates: Vec<Sending>,
    in_flight: FuturesUnordered<BoxFuture<'static, Answered>>,
}

impl<'a> Outbox<'a> {
    /// An empty one.
    pub(crate) fn new(prepared: &'a Prepared) -> Outbox<'a> {
        Outbox { prepared, creates: Vec::new(), updates: Vec::new(), in_flight: FuturesUnordered::new() }
    }

    /// Queues a change. Full batches leave at once.
    pub(crate) fn push(&mut self, sending: Sending) {
        let batch = self.prepared.capabilities.write_batch;
        let queue = if sending.update { &mut self.updates } else { &mut self.creates };
        queue.push(sending);
        if queue.len() >= batch {
            let full = std::mem::take(queue);
            self.send(full);
        }
    }

    /// Sends what is left in the queues.
    pub(crate) fn flush(&mut self) {
        for rest in [std::mem::take(&mut self.updates), std::mem::take(&mut self.creates)] {
            if !rest.is_empty() {
                self.send(rest);
            }
        }
    }

    /// Whether no more may be in flight: an answer is to be waited for before more is sent.
    pub(crate) fn is_full(&self) -> bool {
        self.in_flight.len() >= self.prepared.capabilities.in_flight
    }

    /// The next answer; `None` when nothing is in flight.
    pub(crate) async fn answered(&mut self) -> Option<Answered> {
        self.in_flight.next().await
    }

    fn send(&mut self, sent: Vec<Sending>) {
        let connection = Arc::clone(&self.prepared.connection);
        let stream = self.prepared.stream.clone();
        let writes: Vec<Write> = sent.iter().map(write).collect();
        // A task of its own, so that the answer is read while the engine is busy elsewhere.
        let answer = tokio::spawn(async move { connection.write(&stream, &writes).await });
        self.in_flight.push(Box::pin(async move {
            let outcomes = answer.await.unwrap_or_else(|_| Err(lost()));
            Answered { sent, outcomes }
        }));
    }
}

fn write(sending: &Sending) -> Write {
    match &sending.change.external_id {
        Some(id) if sending.update => Write::Update(id.clone(), sending.fields.clone()),
        _ => Write::Create(sending.fields.clone()),
    }
}

fn lost() -> connectors::Error {
    connectors::Error::new(
        connectors::ErrorKind::UnexpectedReply,
        model::Text::fixed(
            "L'écriture s'est arrêtée sur une erreur interne.",
            "The writing stopped on an internal error.",
        ),
    )
}
