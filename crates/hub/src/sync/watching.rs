//! Runs are watched and stopped.

use futures_util::stream::{self, BoxStream, StreamExt};
use model::api::{ProgressBody, RunBody, SyncBody};
use model::{Lang, RunStatus, Text};

use super::tally::Phase;
use crate::{Error, Hub, Result};

impl Hub {
    /// Waits for a run to end and tells how it went.
    ///
    /// # Errors
    /// `NotFound`; the database does not answer.
    pub async fn wait(&self, run_id: i64, lang: Lang) -> Result<SyncBody> {
        self.until_ended(run_id).await;
        self.sync_body(run_id, lang).await
    }

    /// Waits for a run of this process to end.
    pub(crate) async fn until_ended(&self, run_id: i64) {
        if let Some(mut handle) = self.inner.runs.get(run_id).await {
            // An error means that the run has ended.
            let _ = handle.live.wait_for(|live| live.phase == Phase::Done).await;
        }
    }

    /// The progress of a run until it ends; the last item is its end.
    ///
    /// # Errors
    /// `NotFound`; the database does not answer.
    pub async fn progress(&self, run_id: i64, lang: Lang) -> Result<BoxStream<'static, ProgressBody>> {
        let run = self.run(run_id, lang).await?;
        let Some(handle) = self.inner.runs.get(run_id).await else {
            let ended = progress_body(run, Phase::Done, 0.0, None);
            return Ok(stream::iter([ended]).boxed());
        };
        let hub = self.clone();
        let begin = Some((handle, true));
        Ok(stream::unfold(begin, move |state| {
            let hub = hub.clone();
            let mut run = run.clone();
            async move {
                let (mut handle, first) = state?;
                let ended = !first && handle.live.changed().await.is_err();
                let live = *handle.live.borrow_and_update();
                let seconds = handle.since.elapsed().as_secs_f64().max(0.001);
                let rate = live.counts.processed as f64 / seconds;
                if ended || live.phase == Phase::Done {
                    let run = hub.run(run_id, lang).await.ok()?;
                    return Some((progress_body(run, Phase::Done, rate, None), None));
                }
                run.records_processed = live.counts.processed;
                run.records_created = live.counts.created;
                run.records_updated = live.counts.updated;
                run.records_unchanged = live.counts.unchanged;
                run.records_failed = live.counts.failed;
                Some((progress_body(run, live.phase, rate, live.total), Some((handle, false))))
            }
        })
        .boxed())
    }

    /// Asks a run to stop after the page it is at.
    ///
    /// # Errors
    /// `NotFound`; `Invalid` when it has ended already.
    pub async fn cancel(&self, run_id: i64) -> Result<()> {
        if let Some(handle) = self.inner.runs.get(run_id).await {
            handle.asked.cancel();
            return Ok(());
        }
        if self.run_row(run_id).await?.status == RunStatus::Running {
            return Err(Error::invalid(Text::new(
                format!(
                    "La synchronisation n° {run_id} est menée par un autre programme (un autre serveur, la ligne de \
                     commande). Arrêtez-la là-bas."
                ),
                format!(
                    "Run {run_id} is carried out by another program (another server, the command line). Stop it there."
                ),
            )));
        }
        Err(Error::invalid(Text::new(
            format!("La synchronisation n° {run_id} est déjà terminée."),
            format!("Run {run_id} has already ended."),
        )))
    }
}

/// Where a run stands. `total`: how many records it will have seen at its end, where that is known.
fn progress_body(run: RunBody, phase: Phase, rate: f64, total: Option<u64>) -> ProgressBody {
    let left = total.map(|total| total.saturating_sub(run.records_processed));
    // A rate of nothing tells nothing; seconds are told whole.
    let remaining_seconds = left.filter(|_| rate > 0.0).map(|left| (left as f64 / rate).ceil() as u64);
    ProgressBody { run, phase: phase.word().to_owned(), rate, remaining_seconds }
}
