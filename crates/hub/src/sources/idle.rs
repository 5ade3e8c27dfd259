//! What may change only while a connection is not being read.

use store::Batch;
use tokio::sync::MutexGuard;

use crate::sync::already_running;
use crate::{Hub, Result};

impl Hub {
    /// A batch that no run of the connection overtakes: a run keeps to the settings it began with, and marks
    /// as read what it read by them. No run of this process begins while the guard is held.
    ///
    /// # Errors
    /// `AlreadyRunning`; the database does not answer.
    pub(crate) async fn idle_batch(&self, name: &str) -> Result<(MutexGuard<'_, ()>, Batch)> {
        self.idle_batches(&[name]).await
    }

    /// As [`Hub::idle_batch`], for several connections at once.
    ///
    /// # Errors
    /// As [`Hub::idle_batch`].
    pub(crate) async fn idle_batches(&self, names: &[&str]) -> Result<(MutexGuard<'_, ()>, Batch)> {
        // A run that another process left behind when it died is in nobody's way.
        self.mark_interrupted().await?;
        let none_begins = self.inner.runs.none_begins().await;
        let mut batch = self.store().begin().await?;
        for name in names {
            if let Some(run_id) = batch.running(name).await? {
                return Err(already_running(name, run_id));
            }
        }
        Ok((none_begins, batch))
    }
}
