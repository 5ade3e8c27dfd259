//! Starts runs, watches them and stops them.
//!
//! A run is a row in the history before anything is asked of the service, and it goes on whoever
//! stops watching.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use futures_util::stream::{self, BoxStream, StreamExt};
use model::api::{ConfigUpdate, ProgressBody, RunBody, SyncBody};
use model::{Direction, Lang, RunStatus, Subject, Text};
use store::Ending;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::job::{DealsTask, Job, Task};
use super::run::{Mode, Only, Work, work};
use super::stop::{Stop, broken, interrupted};
use super::tally::{Live, Phase, Tally};
use super::unrecorded::{RunEnd, Unrecorded};
use crate::datasets::DatasetLoading;
use crate::deals_csv::{CSV, file_is_gone};
use crate::events::Follows;
use crate::history::is_resumable;
use crate::sources::Loading;
use crate::{Error, Hub, Kind, Result, fault_point};

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

#[derive(Clone)]
struct Handle {
    asked: CancellationToken,
    live: watch::Receiver<Live>,
    since: Instant,
}

impl Running {
    async fn get(&self, run_id: i64) -> Option<Handle> {
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

    fn insert(&self, run_id: i64, handle: Handle) {
        self.runs.lock().unwrap_or_else(PoisonError::into_inner).insert(run_id, handle);
    }

    fn remove(&self, run_id: i64) {
        self.runs.lock().unwrap_or_else(PoisonError::into_inner).remove(&run_id);
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

    /// Runs the refused records of a run again, as a new run; returns its id.
    ///
    /// # Errors
    /// `NotFound`; `Invalid` when that run refused nothing; and as [`Hub::start_sync`].
    pub async fn replay(&self, run_id: i64) -> Result<i64> {
        let run = self.run_row(run_id).await?;
        match run.subject {
            Subject::Deals if run.provider == CSV => return Err(file_is_gone()),
            Subject::Deals => {}
            Subject::Tables => return self.reload_refused(&run).await,
            Subject::Dataset => return self.replay_dataset(&run).await,
        }
        let mut only = Only::default();
        for failure in self.store().failures(run_id, u32::MAX, 0).await? {
            only.external_ids.extend(failure.external_id);
            only.deal_ids.extend(failure.deal_id);
        }
        if only.external_ids.is_empty() && only.deal_ids.is_empty() {
            return Err(nothing_refused(run_id));
        }
        self.start(DealsTask { only: Some(only), ..DealsTask::all(run.direction) }.of(run.provider)).await
    }

    /// Says what status words that a run did not know stand for, and imports again; returns the new run.
    ///
    /// # Errors
    /// `NotFound`; `Invalid` when a word or a status makes no sense; and as [`Hub::start_sync`].
    pub async fn import_with_words(&self, run_id: i64, words: BTreeMap<String, String>) -> Result<i64> {
        let run = self.run_row(run_id).await?;
        if run.provider == CSV {
            return Err(file_is_gone());
        }
        let mut all = self.config_row(&run.provider).await?.status_words;
        all.extend(words);
        let update = ConfigUpdate { status_words: Some(all), ..ConfigUpdate::default() };
        self.save_config(&run.provider, update).await?;
        self.start_sync(&run.provider, Direction::Import).await
    }

    /// Goes on with a run that stopped on the way, as a new run; returns its id.
    ///
    /// An import reads on from where the last committed page stood. What changed in the service since, in
    /// pages read before, is seen by the next full import. An export looks at everything and writes what
    /// is missing.
    ///
    /// # Errors
    /// `NotFound`; `Invalid` when that run came to its end or committed no page; and as
    /// [`Hub::start_sync`].
    pub async fn resume(&self, run_id: i64) -> Result<i64> {
        let run = self.run_row(run_id).await?;
        if !is_resumable(&run) {
            return Err(Error::invalid(Text::new(
                format!("La synchronisation n° {run_id} ne peut pas être reprise. Lancez-en une nouvelle."),
                format!("Run {run_id} cannot be resumed. Start a new one."),
            )));
        }
        // Written by this program; a place nobody can read is the beginning.
        let since = run.checkpoint.as_deref().and_then(|json| serde_json::from_str(json).ok());
        self.start(DealsTask { since, ..DealsTask::all(run.direction) }.of(run.provider)).await
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
        running.tasks.spawn(async move { hub.carry_through(run_id, job, sender, asked).await });
        Ok(run_id)
    }

    /// A run from its first request to its line in the history.
    async fn carry_through(
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
        let shutting_down = || self.inner.runs.shutting_down.load(Ordering::SeqCst);
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

    async fn mark_applied(&self, plan_id: i64, run_id: i64) -> Result<()> {
        let mut batch = self.store().begin().await?;
        batch.mark_applied(plan_id, run_id).await?;
        Ok(batch.commit().await?)
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

/// Where a run stands. `total`: how many records it will have seen at its end, where that is known.
fn progress_body(run: RunBody, phase: Phase, rate: f64, total: Option<u64>) -> ProgressBody {
    let left = total.map(|total| total.saturating_sub(run.records_processed));
    // A rate of nothing tells nothing; seconds are told whole.
    let remaining_seconds = left.filter(|_| rate > 0.0).map(|left| (left as f64 / rate).ceil() as u64);
    ProgressBody { run, phase: phase.word().to_owned(), rate, remaining_seconds }
}

/// The error of a replay that has nothing to do.
pub(crate) fn nothing_refused(run_id: i64) -> Error {
    Error::invalid(Text::new(
        format!("La synchronisation n° {run_id} n'a refusé aucun enregistrement."),
        format!("Run {run_id} refused no record."),
    ))
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

impl From<Stop> for Error {
    fn from(stop: Stop) -> Error {
        match stop {
            Stop::Failed(error) => error,
            Stop::Asked => Error::invalid(Text::fixed("Annulé.", "Cancelled.")),
        }
    }
}
