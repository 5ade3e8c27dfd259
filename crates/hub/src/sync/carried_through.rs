//! A run from its first request to its line in the history.

use std::time::Instant;

use model::RunStatus;
use store::Ending;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::job::{DealsTask, Job, Task};
use super::run::{Mode, Work, work};
use super::stop::{broken, interrupted};
use super::tally::{Live, Phase, Tally};
use super::unrecorded::RunEnd;
use crate::datasets::DatasetLoading;
use crate::events::Follows;
use crate::sources::Loading;
use crate::{Hub, Result, fault_point};

impl Hub {
    /// A run from its first request to its line in the history.
    pub(super) async fn carry_through(
        &self,
        run_id: i64,
        job: Job,
        live: watch::Sender<Live>,
        asked: CancellationToken,
    ) {
        let tally = Tally::new(live.clone());
        let (hub, provider, direction) = (self.clone(), job.provider.clone(), job.task.direction());
        let has_account = job.task.has_account();
        let begin = Instant::now();
        // In a task of its own: a panic ends the run with a word instead of leaving it running.
        let task = tokio::spawn(async move {
            fault_point::reached("run-started").await;
            let done = match job.task {
                Task::Deals(DealsTask { direction, only, since, agreed, file }) => {
                    let agreed = agreed.map(|agreed| agreed.changes);
                    let mode = Mode::Run(run_id);
                    let mut at_work = Work::new(&hub, mode, tally);
                    (at_work.only, at_work.since, at_work.agreed) = (only, since, agreed);
                    (at_work.file, at_work.asked) = (file, asked);
                    let result = work(&mut at_work, &provider, direction).await;
                    (result, at_work.tally)
                }
                Task::Tables(request) => {
                    let mut loading = Loading { hub: &hub, run_id, tally, asked };
                    let result = loading.run(&provider, request).await;
                    (result, loading.tally)
                }
                Task::Dataset(request) => {
                    let mut loading = DatasetLoading { hub: &hub, run_id, tally, asked };
                    let result = loading.run(&provider, request).await;
                    (result, loading.tally)
                }
            };
            fault_point::reached("run-done").await;
            done
        });
        let shutting_down = || self.inner.runs.is_shutting_down();
        let (status, ending, unknown, warnings) = match task.await {
            Ok((result, tally)) => {
                let (status, ending) = match result {
                    Ok(()) => tally.ending(),
                    Err(stop) => stop.ending(shutting_down()),
                };
                (status, ending, tally.unknown_statuses.into_iter().collect(), tally.warnings)
            }
            Err(_) => {
                let (status, ending) = broken().ending(shutting_down());
                (status, ending, Vec::new(), Vec::new())
            }
        };
        if has_account && let Err(error) = self.note_budgets(&job.provider).await {
            tracing::warn!(%error, run_id, "what the service says is left could not be kept");
        }
        let end = RunEnd { status, ending, unknown, warnings };
        if let Err(error) = self.finish(run_id, &end).await {
            tracing::error!(%error, run_id, "the end of the run could not be recorded yet");
            self.record_later(run_id, end);
        }
        if let Err(error) = self.count_run(run_id, status, begin.elapsed()).await {
            tracing::warn!(%error, run_id, "the run could not be counted");
        }
        tracing::info!(
            run_id,
            connection = job.provider,
            direction = direction.word(),
            status = status.word(),
            "run ended"
        );
        live.send_modify(|live| live.phase = Phase::Done);
        self.inner.runs.remove(run_id);
        // Another may have waited for it.
        self.inner.wakers.schedules.notify_one();
        self.inner.wakers.hints.notify_one();
    }

    /// Records the end of a run, with what follows from it.
    pub(super) async fn finish(&self, run_id: i64, end: &RunEnd) -> Result<()> {
        let at = self.at();
        let RunEnd { status, ending, unknown, warnings } = end;
        let follows = self.follows_from(run_id, *status, ending, &at).await.unwrap_or_else(|error| {
            tracing::error!(%error, run_id, "what follows from the run could not be found");
            Follows::default()
        });
        let mut batch = self.store().begin().await?;
        batch.finish_run(run_id, *status, ending, unknown, warnings, &at).await?;
        follows.write(&mut batch).await?;
        batch.commit().await?;
        self.inner.wakers.messages.notify_one();
        Ok(())
    }

    /// What follows from a run that is about to end like this.
    async fn follows_from(
        &self,
        run_id: i64,
        status: RunStatus,
        ending: &Ending,
        at: &str,
    ) -> Result<Follows> {
        let mut run = self.run_row(run_id).await?;
        run.status = status;
        run.ending = ending.clone();
        run.completed_at = Some(at.to_owned());
        self.what_follows(&run).await
    }

    /// Sees to runs whose rows say that they go on although nobody carries them out: records the ends that the
    /// database can take by now, and marks the runs of processes that are no more.
    pub(crate) async fn mark_interrupted(&self) -> Result<()> {
        self.record_now().await;
        let run_ids = self.store().mark_interrupted(&interrupted(), &self.at()).await?;
        self.after_interrupted(&run_ids).await;
        Ok(())
    }
}
