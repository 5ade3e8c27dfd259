//! The runs of this process: which go on, who watches them, and how they end with it.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::tally::Live;
use super::unrecorded::Unrecorded;

/// The runs of this process.
#[derive(Default)]
pub(crate) struct Running {
    runs: Mutex<BTreeMap<i64, Handle>>,
    /// Held from before a run's row is written until its handle is in `runs`, so that whoever finds
    /// the row finds the handle too.
    starting: tokio::sync::Mutex<()>,
    tasks: TaskTracker,
    /// Ends that the database could not take yet.
    unrecorded: Unrecorded,
    shutting_down: AtomicBool,
}

/// What those who watch or stop a run hold of it.
#[derive(Clone)]
pub(super) struct Handle {
    /// Asks it to stop after the page it is at.
    pub(super) asked: CancellationToken,
    /// Where it stands.
    pub(super) live: watch::Receiver<Live>,
    /// When it began.
    pub(super) since: Instant,
}

impl Running {
    /// The run of that number, if this process carries it out.
    pub(super) async fn get(&self, run_id: i64) -> Option<Handle> {
        let _started = self.none_begins().await;
        self.runs.lock().unwrap_or_else(PoisonError::into_inner).get(&run_id).cloned()
    }

    /// While it is held, no run of this process begins.
    pub(crate) async fn none_begins(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.starting.lock().await
    }

    /// How many runs go on.
    pub(crate) fn number(&self) -> i64 {
        let runs = self.runs.lock().unwrap_or_else(PoisonError::into_inner);
        i64::try_from(runs.len()).unwrap_or(i64::MAX)
    }

    pub(super) fn insert(&self, run_id: i64, handle: Handle) {
        self.runs.lock().unwrap_or_else(PoisonError::into_inner).insert(run_id, handle);
    }

    pub(super) fn remove(&self, run_id: i64) {
        self.runs.lock().unwrap_or_else(PoisonError::into_inner).remove(&run_id);
    }

    /// Lets a run go.
    pub(super) fn spawn(&self, run: impl Future<Output = ()> + Send + 'static) {
        self.tasks.spawn(run);
    }

    /// Whether the program is ending.
    pub(super) fn is_shutting_down(&self) -> bool {
        self.shutting_down.load(Ordering::SeqCst)
    }

    /// Ends that the database could not take yet.
    pub(crate) fn unrecorded(&self) -> &Unrecorded {
        &self.unrecorded
    }

    /// See [`Hub::stop_runs`].
    pub(crate) async fn shut_down(&self, grace: Duration) {
        self.shutting_down.store(true, Ordering::SeqCst);
        self.tasks.close();
        if tokio::time::timeout(grace / 2, self.tasks.wait()).await.is_ok() {
            return;
        }
        for handle in self.runs.lock().unwrap_or_else(PoisonError::into_inner).values() {
            handle.asked.cancel();
        }
        if tokio::time::timeout(grace / 2, self.tasks.wait()).await.is_err() {
            tracing::warn!(
                "some runs did not stop in time; they will be marked interrupted at the next start"
            );
        }
    }
}
