//! Starts the runs that are due, each once whatever the number of servers.

use std::time::Duration;

use chrono::{DateTime, Utc};
use connectors::ErrorKind;
use model::api::instant;
use model::canonical::Entity;
use model::{Cause, Destination, Direction, Text};
use store::{ConfigRow, ScheduleRow};

use super::moments::{Moments, time_zone};
use crate::clock::until;
use crate::datasets::DatasetRequest;
use crate::sources::LoadRequest;
use crate::sync::{DealsTask, Job, Task, broken};
use crate::{Error, Hub, Kind, Result};

/// How long a run that is due waits before it is looked whether the one it waits for has ended; in this
/// process it is told.
const WAIT: Duration = Duration::from_secs(5);
/// The longest that nobody looks: another server may have saved a schedule, and a machine may have slept.
const LOOK_AGAIN: Duration = Duration::from_secs(30);

/// Whether something that is due waits: for something else to end, or for the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Held {
    Nothing,
    Some,
}

impl Hub {
    /// Starts the runs of every schedule when they are due, for as long as it is let. Those that were
    /// missed while nobody was there run once.
    pub async fn run_schedules(&self) {
        loop {
            let pause = match self.look_at_schedules().await {
                Ok(pause) => pause,
                Err(error) => {
                    tracing::warn!(%error, "the schedules could not be looked at");
                    LOOK_AGAIN
                }
            };
            tokio::select! {
                () = self.inner.wakers.schedules.notified() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Starts what is due by now; returns how long to wait before it is looked again, as [`Hub::run_schedules`] does.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn look_at_schedules(&self) -> Result<Duration> {
        self.bring_near(self.time()).await?;
        match self.start_due(self.time()).await? {
            Held::Nothing => {
                let next = self.store().next_due().await?;
                Ok(until(next.as_deref(), self.time(), LOOK_AGAIN))
            }
            Held::Some => Ok(WAIT),
        }
    }

    /// Where a clock was ahead and has gone back, the next run would come only when it is that late again. It is
    /// brought to the second moment from now: the first may be the one that was run for already.
    async fn bring_near(&self, now: DateTime<Utc>) -> Result<()> {
        for row in self.store().schedules().await? {
            let Some(near) = moments(&row).and_then(|moments| moments.second(now)).map(instant) else {
                continue;
            };
            if row.next_at.as_ref().is_some_and(|next_at| *next_at > near) {
                tracing::warn!(
                    connection = row.provider,
                    "the clock has gone back: the next run comes sooner"
                );
                let mut batch = self.store().begin().await?;
                batch.claim_schedule(&row, Some(&near)).await?;
                batch.commit().await?;
            }
        }
        Ok(())
    }

    /// Starts what is due now, and says of each when it is due next. Runs that count against one service's
    /// allowance go one after the other; one that could not be taken keeps no other waiting.
    async fn start_due(&self, now: DateTime<Utc>) -> Result<Held> {
        let mut held = Held::Nothing;
        for row in self.store().due_schedules(&instant(now)).await? {
            if self.shares_a_running_allowance(&row.provider).await? {
                held = Held::Some;
                continue;
            }
            let (hub, provider) = (self.clone(), row.provider.clone());
            // In a task of its own: a server that stops at the wrong moment must not take a run that it
            // then does not begin.
            let taken = tokio::spawn(async move { hub.take(&row, now).await }).await;
            if let Err(error) = taken.unwrap_or_else(|_| Err(broken().into())) {
                tracing::warn!(%error, connection = provider, "a scheduled run could not be taken");
                held = Held::Some;
            }
        }
        Ok(held)
    }

    /// Takes the due run of a schedule and starts it, unless another server took it first.
    async fn take(&self, row: &ScheduleRow, now: DateTime<Utc>) -> Result<()> {
        let next = moments(row).and_then(|moments| moments.after(now)).map(instant);
        let mut batch = self.store().begin().await?;
        let is_ours = batch.claim_schedule(row, next.as_deref()).await?;
        batch.commit().await?;
        if is_ours { self.start_one(row, now).await } else { Ok(()) }
    }

    /// Starts the run of one schedule, or notes why not.
    async fn start_one(&self, row: &ScheduleRow, now: DateTime<Utc>) -> Result<()> {
        let started = match self.reserved(&row.provider).await? {
            Some(why) => Err(Error::new(Kind::Service(ErrorKind::RateLimited.code()), why)),
            None => self.start_scheduled(row).await,
        };
        let skipped = match started {
            Ok(run_id) => {
                tracing::info!(connection = row.provider, run_id, "a scheduled run begins");
                None
            }
            Err(error) => {
                tracing::warn!(%error, connection = row.provider, "a scheduled run could not begin");
                Some((error.message, instant(now)))
            }
        };
        if skipped != row.skipped {
            let mut batch = self.store().begin().await?;
            batch.note_skipped(&row.provider, skipped.as_ref()).await?;
            batch.commit().await?;
        }
        Ok(())
    }

    async fn start_scheduled(&self, row: &ScheduleRow) -> Result<i64> {
        let config = self.connection_row(&row.provider).await?;
        self.start(self.due_job(&config, row.direction)?).await
    }

    /// What a schedule of this connection starts.
    ///
    /// # Errors
    /// `Invalid` when the connection cannot do that.
    pub(crate) fn due_job(&self, row: &ConfigRow, direction: Direction) -> Result<Job> {
        let task = self.usual_task(row, direction)?;
        Ok(Job { provider: row.provider.clone(), task, cause: Cause::Schedule })
    }

    /// What a sync of this connection does. Where the rows go decides; only deals go out.
    ///
    /// # Errors
    /// `Invalid` when the connection cannot do that.
    pub(crate) fn usual_task(&self, row: &ConfigRow, direction: Direction) -> Result<Task> {
        let tables = |entity: Option<Entity>| Task::Tables(LoadRequest { entity, since: None });
        match (self.destination(row), direction) {
            (Destination::Tables, Direction::Import) => Ok(tables(None)),
            (Destination::Table { entity }, Direction::Import) => {
                Ok(tables(Some(Entity::from_name(&entity).ok_or_else(|| cannot(&row.provider))?)))
            }
            (Destination::Dataset { name }, Direction::Import) => {
                let dataset = name.trim().to_owned();
                Ok(Task::Dataset(DatasetRequest { dataset, ..DatasetRequest::default() }))
            }
            (Destination::Deals, _) => Ok(Task::Deals(DealsTask::all(direction))),
            // The deals of a source of tables have a way of their own.
            (Destination::Tables, Direction::Export) if self.connector(row).is_ok() => {
                Ok(Task::Deals(DealsTask::all(direction)))
            }
            _ => Err(cannot(&row.provider)),
        }
    }
}

/// When a schedule is due; `None` when it is manual. What cannot be read any more is never due again, until somebody
/// saves it.
fn moments(row: &ScheduleRow) -> Option<Moments> {
    time_zone(&row.time_zone).and_then(|zone| Moments::of(&row.frequency, zone)).ok().flatten()
}

fn cannot(provider: &str) -> Error {
    Error::new(
        Kind::Invalid,
        Text::new(
            format!(
                "La connexion {provider} ne peut pas être planifiée dans ce sens. Choisissez l'import, ou une autre destination."
            ),
            format!(
                "The connection {provider} cannot be scheduled this way. Choose the import, or another destination."
            ),
        ),
    )
}
