//! Reads what hints named, a moment after they came.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use model::api::instant;
use model::{Cause, Destination, Direction};
use store::{ConfigRow, HintRow};

use super::REMEMBERED;
use super::resting::Resting;
use crate::clock::{distant, until};
use crate::sync::{DealsTask, Job, Only, Task, broken};
use crate::{Error, Hub, Kind, Result};

/// The longest that nobody looks: another server may have heard something.
const LOOK_AGAIN: Duration = Duration::from_secs(15);
/// When what could not be begun is tried again: a run is going on, or a process died in between.
const AGAIN: TimeDelta = TimeDelta::seconds(5);
/// When it is tried again where there is no use in hurrying: the day's requests are nearly used up, or the
/// credentials are refused.
const LATER: TimeDelta = TimeDelta::minutes(15);

impl Hub {
    /// Reads what services say has changed, and renews what they would otherwise end, for as long as it is let.
    pub async fn follow_hints(&self) {
        let mut resting = Resting::default();
        loop {
            if let Err(error) = self.follow_due(&mut resting).await {
                tracing::warn!(%error, "hints could not be followed");
            }
            if let Err(error) = self.look_after_hints(&mut resting).await {
                tracing::warn!(%error, "hints could not be looked after");
            }
            let pause = self.until_next_hint(&mut resting).await;
            tokio::select! {
                () = self.inner.wakers.hints.notified() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    async fn until_next_hint(&self, resting: &mut Resting) -> Duration {
        let Ok(moments) = self.store().hint_moments().await else { return LOOK_AGAIN };
        let now = Instant::now();
        let rested = resting.tidy(now);
        let awake = moments.into_iter().filter(|(provider, _)| !resting.is_on(provider, now));
        let next = awake.map(|(_, at)| at).min();
        let pause = until(next.as_deref(), self.time(), LOOK_AGAIN);
        rested.map_or(pause, |rested| pause.min(rested))
    }

    /// Follows what is due. What could not be followed is left for a while, and keeps no other waiting.
    async fn follow_due(&self, resting: &mut Resting) -> Result<()> {
        let now = self.time();
        for hint in self.store().due_hints(&instant(now), &distant(now, LATER)).await? {
            if resting.is_on(&hint.provider, Instant::now()) {
                continue;
            }
            let (hub, provider) = (self.clone(), hint.provider.clone());
            // In a task of its own: a server that stops at the wrong moment must not take what it then does not
            // read.
            let followed = tokio::spawn(async move { hub.follow(&hint, now).await }).await;
            if let Err(error) = followed.unwrap_or_else(|_| Err(broken().into())) {
                tracing::warn!(%error, connection = provider, "what a service said could not be followed");
                resting.begin(&provider, Instant::now());
            }
        }
        Ok(())
    }

    async fn follow(&self, hint: &HintRow, now: DateTime<Utc>) -> Result<()> {
        let row = self.connection_row(&hint.provider).await?;
        let is_no_use = self.reserved(&hint.provider).await?.is_some() || self.is_refused(&row).await?;
        let again = if is_no_use { LATER } else { AGAIN };
        let mut batch = self.store().begin().await?;
        let is_ours = batch.claim_hint(hint, &instant(now + again)).await?;
        batch.commit().await?;
        if !is_ours || is_no_use || self.shares_a_running_allowance(&hint.provider).await? {
            return Ok(());
        }
        let records = self.store().hinted_records(&hint.provider).await?;
        match self.start_hinted(&row, &records).await {
            Ok(run_id) => {
                tracing::info!(connection = row.provider, run_id, "the service said that something changed");
            }
            Err(Error { kind: Kind::AlreadyRunning { .. }, .. }) => return Ok(()),
            // Nothing that could be read, whatever is said; the state of the connection tells why.
            Err(error) => tracing::warn!(%error, connection = row.provider, "what changed could not be read"),
        }
        let mut batch = self.store().begin().await?;
        let (again_at, forget) = (instant(now + AGAIN), instant(now - REMEMBERED));
        batch.hint_followed(&hint.provider, &records, &again_at, &forget).await?;
        Ok(batch.commit().await?)
    }

    /// Whether the service refused the credentials the last time: some lock accounts that keep knocking.
    async fn is_refused(&self, row: &ConfigRow) -> Result<bool> {
        let last = self.run_rows(Some(&row.provider), None, 1, 0).await?;
        let refused = last.first().filter(|run| run.ending.code.as_deref() == Some("unauthorized"));
        Ok(refused.is_some_and(|run| run.started_at > row.updated_at))
    }

    async fn start_hinted(&self, row: &ConfigRow, records: &[String]) -> Result<i64> {
        let named = !records.is_empty() && records.iter().all(|id| !id.is_empty());
        let task = if named && self.destination(row) == Destination::Deals {
            let external_ids: HashSet<String> = records.iter().cloned().collect();
            let only = Only { external_ids, ..Only::default() };
            Task::Deals(DealsTask { only: Some(only), ..DealsTask::all(Direction::Import) })
        } else {
            self.usual_task(row, Direction::Import)?
        };
        self.start(Job { provider: row.provider.clone(), task, cause: Cause::Service }).await
    }
}
