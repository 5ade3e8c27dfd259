//! What the end of a run means for the schedule that began it.

use model::Cause;
use store::{RunRow, ScheduleRow};

use super::streak::Streak;
use crate::{Hub, Result};

impl Hub {
    /// The schedule as the end of a run leaves it; `None` when it stays as it is. Only runs that it began
    /// count.
    pub(crate) async fn schedule_after(&self, run: &RunRow) -> Result<Option<ScheduleRow>> {
        let Some(before) = self.store().schedule(&run.provider).await? else { return Ok(None) };
        let streak = Streak { failures: before.failures, unauthorized: before.unauthorized };
        let next = streak.after(run.status, run.ending.code.as_deref());
        let is_its_own = run.cause == Cause::Schedule && run.direction == before.direction;
        if before.paused.is_some() || next == streak || !is_its_own {
            return Ok(None);
        }
        let paused = next.pauses(run.ending.message.as_ref());
        Ok(Some(ScheduleRow {
            failures: next.failures,
            unauthorized: next.unauthorized,
            paused: paused.map(|why| (why, self.at())),
            ..before
        }))
    }
}
