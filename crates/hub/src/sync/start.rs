//! Starts runs.
//!
//! A run is a row in the history before anything is asked of the service, and it goes on whoever stops
//! watching.

use std::time::Instant;

use model::api::SyncBody;
use model::{Direction, Lang, Text};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::job::{DealsTask, Job, Task};
use super::running::Handle;
use super::stop::broken;
use super::tally::Live;
use crate::{Error, Hub, Kind, Result};

impl Hub {
    /// Starts a run and returns its id at once.
    ///
    /// # Errors
    /// `UnknownProvider`, `NotConfigured`; `Invalid` when the connection is switched off;
    /// `AlreadyRunning` with the run that is going on.
    pub async fn start_sync(&self, provider: &str, direction: Direction) -> Result<i64> {
        self.start(DealsTask::all(direction).of(provider)).await
    }

    /// Starts a run and waits for its end. A run that failed is an answer, with `success: false`.
    ///
    /// # Errors
    /// As [`Hub::start_sync`].
    pub async fn sync(&self, provider: &str, direction: Direction, lang: Lang) -> Result<SyncBody> {
        let run_id = self.start_sync(provider, direction).await?;
        self.wait(run_id, lang).await
    }

    /// Starts a run if nothing stands against it.
    pub(crate) async fn start(&self, job: Job) -> Result<i64> {
        let row = match &job.task {
            Task::Deals(deals) if deals.file.is_some() => None,
            Task::Deals(_) => {
                let row = self.config_row(&job.provider).await?;
                self.connect(&row).await?;
                Some(row)
            }
            Task::Dataset(_) => {
                let row = self.connection_row(&job.provider).await?;
                self.connect(&row).await?;
                Some(row)
            }
            Task::Tables(_) => {
                let row = self.source_row(&job.provider).await?;
                self.open_source(&row).await?;
                Some(row)
            }
        };
        if row.is_some_and(|row| !row.is_active) {
            return Err(Error::invalid(Text::new(
                format!("La connexion {} est désactivée. Activez-la pour synchroniser.", job.provider),
                format!("The connection {} is switched off. Switch it on to sync.", job.provider),
            )));
        }
        // In a task of its own: a caller who leaves at the wrong moment must not leave a row behind
        // that nobody carries out.
        let hub = self.clone();
        tokio::spawn(async move { hub.record_and_release(job).await })
            .await
            .unwrap_or_else(|_| Err(broken().into()))
    }

    /// Writes the row of a run and lets it go.
    async fn record_and_release(self, job: Job) -> Result<i64> {
        let running = &self.inner.runs;
        let starting = running.none_begins().await;
        let (subject, direction, cause) = (job.task.subject(), job.task.direction(), job.cause);
        let mut started =
            self.store().start_run(&job.provider, subject, direction, cause, &self.at()).await?;
        // The run in the way may be one whose end is still to be recorded, or one that another process left
        // behind when it died.
        if started.is_err() {
            self.mark_interrupted().await?;
            started = self.store().start_run(&job.provider, subject, direction, cause, &self.at()).await?;
        }
        let run_id = started.map_err(|run_id| already_running(&job.provider, run_id))?;
        if let Some(plan_id) = job.task.plan_id()
            && let Err(error) = self.mark_applied(plan_id, run_id).await
        {
            // The run has begun; applied a second time, the plan would be found outdated.
            tracing::warn!(%error, run_id, "which run applies the plan could not be noted");
        }
        let (sender, live) = watch::channel(Live::default());
        let asked = CancellationToken::new();
        running.insert(run_id, Handle { asked: asked.clone(), live, since: Instant::now() });
        drop(starting);
        let hub = self.clone();
        running.spawn(async move { hub.carry_through(run_id, job, sender, asked).await });
        Ok(run_id)
    }

    async fn mark_applied(&self, plan_id: i64, run_id: i64) -> Result<()> {
        let mut batch = self.store().begin().await?;
        batch.mark_applied(plan_id, run_id).await?;
        Ok(batch.commit().await?)
    }
}

/// The error of a second run of one connection.
pub(crate) fn already_running(provider: &str, run_id: i64) -> Error {
    Error::new(
        Kind::AlreadyRunning { run_id },
        Text::new(
            format!(
                "Une synchronisation {provider} est déjà en cours (n° {run_id}). Attendez sa fin ou annulez-la."
            ),
            format!("A {provider} run is going on already ({run_id}). Wait for its end or cancel it."),
        ),
    )
}
