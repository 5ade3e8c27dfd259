//! The state of one connector's panel, and what happens to it: the only place where the panel talks to
//! the server about runs.

use std::pin::Pin;

use futures_util::StreamExt;
use gloo_net::eventsource::futures::EventSource;
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use model::Direction;
use model::api::{ProgressBody, SyncBody, TestBody};

use crate::api::connectors::{ConnectionView, ConnectorView, Tested};
use crate::api::sync::{RunView, cancel_sync, list_runs, start_sync, sync_result};
use crate::api::{Answer, Fault, settle};
use crate::i18n::{Texts, texts};

/// What the parts of a panel share.
#[derive(Clone, Copy)]
pub(super) struct Board {
    /// The connection as stored.
    pub(super) connection: RwSignal<ConnectionView>,
    /// How the last save or test went.
    pub(super) outcome: RwSignal<Option<Outcome>>,
    /// The run that is going on.
    pub(super) running: RwSignal<Option<Running>>,
    /// How the last run that was followed here ended.
    pub(super) ended: RwSignal<Option<Answer<Ended>>>,
    /// The history, newest first.
    pub(super) runs: RwSignal<Vec<RunView>>,
    owner: StoredValue<Option<Owner>>,
    texts: &'static Texts,
}

/// How a save or a test went.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Outcome {
    /// The settings are stored.
    Saved,
    /// The test passed.
    Connected(TestBody),
    /// The settings were refused, or the service said no.
    Failed(Fault),
}

/// A run that is going on.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Running {
    /// Which way.
    pub(super) direction: Direction,
    /// Its id, once the server has given it.
    pub(super) run_id: Option<i64>,
    /// Records seen so far.
    pub(super) processed: u64,
    /// Records per second.
    pub(super) rate: f64,
    /// Seconds until the end, where that is known.
    pub(super) remaining_seconds: Option<u64>,
    /// Whether it has read what there is and writes now.
    pub(super) writing: bool,
    /// Whether it was asked to stop.
    pub(super) cancelling: bool,
}

/// A run that has ended.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ended {
    /// Which way it went.
    pub(super) direction: Direction,
    /// How.
    pub(super) body: SyncBody,
}

impl Board {
    /// The state as the server rendered it.
    pub(super) fn new(connector: &ConnectorView) -> Board {
        Board {
            connection: RwSignal::new(connector.connection.clone()),
            outcome: RwSignal::new(None),
            running: RwSignal::new(None),
            ended: RwSignal::new(None),
            runs: RwSignal::new(connector.runs.clone()),
            owner: StoredValue::new(Owner::current()),
            texts: texts(),
        }
    }

    /// The words for a status that are the person's own: those that stand for one already, and those a
    /// run met and did not know.
    pub(super) fn words(self) -> Vec<String> {
        let stored = self.connection.read();
        let runs = self.runs.read();
        let met = runs.iter().flat_map(|view| &view.run.unknown_statuses);
        let mut words: Vec<String> = stored.config.status_words.keys().chain(met).cloned().collect();
        words.sort_unstable();
        words.dedup();
        words
    }

    /// Takes over what was stored.
    pub(super) fn saved(self, stored: ConnectionView) {
        self.connection.set(stored);
        self.outcome.set(Some(Outcome::Saved));
    }

    /// Takes over what was stored, and what its test found.
    pub(super) fn tested(self, tested: Tested) {
        self.connection.set(tested.connection);
        self.outcome.set(Some(match tested.outcome {
            Ok(body) if body.success => Outcome::Connected(body),
            Ok(body) => Outcome::Failed(Fault { message: body.message, hint: body.hint, running: None }),
            Err(fault) => Outcome::Failed(fault),
        }));
    }

    /// Starts a run and follows it to its end.
    pub(super) fn start(self, direction: Direction) {
        self.running.set(Some(Running {
            direction,
            run_id: None,
            processed: 0,
            rate: 0.0,
            remaining_seconds: None,
            writing: false,
            cancelling: false,
        }));
        self.ended.set(None);
        self.spawn(async move {
            match settle(start_sync(self.provider(), direction).await, self.texts) {
                Ok(run_id) => self.watch(run_id, direction).await,
                Err(fault) => {
                    self.ended.set(Some(Err(fault)));
                    self.refresh().await;
                    self.running.set(None);
                    // Another page may have begun one: it is followed here too.
                    return self.resume();
                }
            }
            self.running.set(None);
        });
    }

    /// Follows the run that was going on when the page was opened, if there is one.
    pub(super) fn resume(self) {
        let runs = self.runs.get_untracked();
        let Some(RunView { run, .. }) = runs.into_iter().find(|view| view.run.status == "running") else {
            return;
        };
        let direction = Direction::from_word(&run.direction).unwrap_or(Direction::Import);
        self.spawn(async move {
            self.watch(run.id, direction).await;
            self.running.set(None);
        });
    }

    /// Asks the run that is going on to stop.
    pub(super) fn cancel(self) {
        let Some(run_id) = self.running.get_untracked().and_then(|running| running.run_id) else { return };
        self.running.update(|running| {
            if let Some(running) = running {
                running.cancelling = true;
            }
        });
        self.spawn(async move {
            if let Err(fault) = settle(cancel_sync(run_id).await, self.texts) {
                self.ended.set(Some(Err(fault)));
            }
        });
    }

    async fn watch(self, run_id: i64, direction: Direction) {
        self.running.set(Some(Running {
            direction,
            run_id: Some(run_id),
            processed: 0,
            rate: 0.0,
            remaining_seconds: None,
            writing: false,
            cancelling: false,
        }));
        self.refresh().await;
        self.follow_events(run_id).await;
        // Waits if the stream of events broke off before the end.
        let ended = settle(sync_result(run_id).await, self.texts);
        self.ended.set(Some(ended.map(|body| Ended { direction, body })));
        self.refresh().await;
    }

    async fn follow_events(self, run_id: i64) {
        let Ok(mut source) = EventSource::new(&format!("/api/sync/runs/{run_id}/events")) else { return };
        let Ok(mut events) = source.subscribe("message") else { return };
        while let Some(Ok((_, event))) = events.next().await {
            let data = event.data().as_string().unwrap_or_default();
            let Ok(progress) = serde_json::from_str::<ProgressBody>(&data) else { continue };
            self.show(&progress);
            if progress.phase == "done" {
                return;
            }
        }
    }

    fn show(self, ProgressBody { run, rate, remaining_seconds, phase }: &ProgressBody) {
        self.running.update(|running| {
            if let Some(running) = running {
                running.processed = run.records_processed;
                running.rate = *rate;
                running.remaining_seconds = *remaining_seconds;
                running.writing = phase == "writing";
            }
        });
        self.runs.update(|runs| {
            if let Some(view) = runs.iter_mut().find(|view| view.run.id == run.id) {
                view.run = run.clone();
            }
        });
    }

    async fn refresh(self) {
        if let Ok(newest) = settle(list_runs(self.provider()).await, self.texts) {
            self.runs.set(newest);
        }
    }

    /// The connection's name.
    pub(super) fn provider(self) -> String {
        self.connection.read_untracked().config.provider.clone()
    }

    /// Runs a task that ends with the panel.
    fn spawn(self, task: impl Future<Output = ()> + 'static) {
        // Boxed, so that what surrounds a task is compiled once for all of them.
        let task: Pin<Box<dyn Future<Output = ()>>> = Box::pin(task);
        if let Some(owner) = self.owner.get_value() {
            owner.with(|| spawn_local_scoped_with_cancellation(task));
        }
    }
}
