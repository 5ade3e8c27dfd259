//! Starts the runs that are due, each once whatever the number of servers.

use std::time::Duration;

use chrono::{DateTime, Utc};
use connectors::ErrorKind;
use model::api::instant;
use model::canonical::Entity;
use model::{Cause, Destination, Direction, Text};
use store::{ConfigRow, ScheduleRow};

use super::moments::{Moments, time_zone};
use crate::datasets::DatasetRequest;
use crate::sources::LoadRequest;
use crate::sync::{DealsTask, Job, Task, broken};
use crate::{Error, Hub, Kind, Result};

/// How long a run that is due waits before it is looked whether the one it waits for has ended; in this
/// process it is told.
const WAIT: Duration = Duration::from_secs(5);
/// The longest that nobody looks: another server may have saved a schedule, and a machine may have slept.
const LOOK_AGAIN: Duration = Duration::from_secs(30);

/// Whether something that is due waits for something else to end.
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
            let pause = match self.start_due(Utc::now()).await {
                Ok(Held::Nothing) => self.until_next_due(Utc::now()).await,
                Ok(Held::Some) => WAIT,
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

    async fn until_next_due(&self, now: DateTime<Utc>) -> Duration {
        let next = self.store().next_due().await.ok().flatten();
        let next = next.and_then(|at| at.parse::<DateTime<Utc>>().ok());
        next.map_or(LOOK_AGAIN, |at| (at - now).to_std().unwrap_or_default().min(LOOK_AGAIN))
    }

    /// Starts what is due now, and says of each when it is due next. Runs that count against one service's
    /// allowance go one after the other.
    async fn start_due(&self, now: DateTime<Utc>) -> Result<Held> {
        let mut held = Held::Nothing;
        for row in self.store().due_schedules(&instant(now)).await? {
            if self.shares_a_running_allowance(&row.provider).await? {
                held = Held::Some;
                continue;
            }
            let hub = self.clone();
            // In a task of its own: a server that stops at the wrong moment must not take a run that it
            // then does not begin.
            tokio::spawn(async move { hub.take(&row, now).await })
                .await
                .unwrap_or_else(|_| Err(broken().into()))?;
        }
        Ok(held)
    }

    /// Takes the due run of a schedule and starts it, unless another server took it first.
    async fn take(&self, row: &ScheduleRow, now: DateTime<Utc>) -> Result<()> {
        let moments = time_zone(&row.time_zone).and_then(|zone| Moments::of(&row.frequency, zone));
        // What cannot be read any more is never due again, until somebody saves it.
        let next = moments.ok().flatten().and_then(|moments| moments.after(now)).map(instant);
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
