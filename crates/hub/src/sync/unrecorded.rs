//! Ends of runs that the database could not take when they came: its disk was full, its server away.
//!
//! They are told from memory meanwhile, and recorded as soon as it can: until then the connection's next run
//! would be held up by one that nobody carries out any more. If this process ends first, the next one finds
//! the run interrupted.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use model::{RunStatus, Text};
use store::{Ending, RunRow};

use crate::Hub;

/// How long to wait before the database is asked again.
const AGAIN: Duration = Duration::from_secs(2);

/// How a run ended.
#[derive(Clone)]
pub(crate) struct RunEnd {
    pub(super) status: RunStatus,
    pub(super) ending: Ending,
    pub(super) unknown: Vec<String>,
    pub(super) warnings: Vec<Text>,
}

/// Ends that are still to be recorded, by run.
#[derive(Default)]
pub(crate) struct Unrecorded {
    ends: Mutex<BTreeMap<i64, RunEnd>>,
    /// Held while they are recorded: what follows from an end is told once.
    recording: tokio::sync::Mutex<()>,
}

impl Unrecorded {
    fn with<T>(&self, act: impl FnOnce(&mut BTreeMap<i64, RunEnd>) -> T) -> T {
        act(&mut self.ends.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// A run as it ended, whatever its row still says.
    pub(crate) fn amend(&self, run: &mut RunRow) {
        if let Some(end) = self.with(|ends| ends.get(&run.id).cloned()) {
            run.status = end.status;
            run.ending = end.ending;
            run.unknown_statuses = end.unknown;
            run.warnings = end.warnings;
        }
    }
}

impl Hub {
    /// Keeps the end of a run in memory until the database takes it.
    pub(super) fn record_later(&self, run_id: i64, end: RunEnd) {
        self.inner.runs.unrecorded().with(|ends| ends.insert(run_id, end));
        let hub = self.clone();
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(AGAIN).await;
                hub.record_now().await;
                if hub.inner.runs.unrecorded().with(|ends| ends.is_empty()) {
                    return;
                }
            }
        });
    }

    /// Records what the database takes by now.
    pub(super) async fn record_now(&self) {
        let _turn = self.inner.runs.unrecorded().recording.lock().await;
        let ends = self.inner.runs.unrecorded().with(|ends| ends.clone());
        for (run_id, end) in ends {
            if self.finish(run_id, &end).await.is_ok() {
                self.inner.runs.unrecorded().with(|ends| ends.remove(&run_id));
                tracing::info!(run_id, "the end of the run is recorded now");
            }
        }
    }
}
