//! What follows from the end of a run: its schedule counts it, and whoever asked is told.

use model::{Event, RunStatus, Text};
use store::{Batch, NewDelivery, RunRow, ScheduleRow};

use super::message::Message;
use crate::{Hub, Result};

/// What is to be written together with the end of a run.
#[derive(Default)]
pub(crate) struct Follows {
    /// The moment it follows.
    at: String,
    schedule: Option<ScheduleRow>,
    messages: Vec<NewDelivery>,
}

impl Follows {
    /// Writes it.
    pub(crate) async fn write(&self, batch: &mut Batch) -> Result<()> {
        if let Some(schedule) = &self.schedule {
            batch.count_failures(schedule).await?;
        }
        batch.add_deliveries(&self.messages, &self.at).await?;
        Ok(())
    }
}

impl Hub {
    /// What follows from a run that has ended, or is about to, like this.
    pub(crate) async fn what_follows(&self, run: &RunRow) -> Result<Follows> {
        let schedule = self.schedule_after(run).await?;
        let webhooks = self.store().webhooks().await?;
        if webhooks.is_empty() {
            return Ok(Follows { at: self.at(), schedule, messages: Vec::new() });
        }
        let before = self.store().run_before(run).await?;
        let title = self.store().config(&run.provider).await?.and_then(|row| row.title);
        let (title, at) = (title.as_deref().unwrap_or(&run.provider), self.at());
        let pause: Option<&Text> = schedule.as_ref().and_then(|row| row.paused.as_ref()).map(|(why, _)| why);
        let told =
            events_of(run, before.as_ref()).into_iter().map(|event| Message::of_run(event, run, title, &at));
        let told = told.chain(pause.map(|why| Message::of_pause(run, title, why, &at)));
        let messages = told.flat_map(|message| message.to_all(&webhooks).collect::<Vec<_>>()).collect();
        Ok(Follows { at, schedule, messages })
    }

    /// Tells whoever asked that a grant is gone. What a run meets is told with the end of the run.
    pub(crate) async fn tell_of_loss(&self, provider: &str, why: &Text) -> Result<()> {
        let webhooks = self.store().webhooks().await?;
        let title = self.store().config(provider).await?.and_then(|row| row.title);
        let at = self.at();
        let message = Message::of_loss(provider, title.as_deref().unwrap_or(provider), why, &at);
        let messages: Vec<NewDelivery> = message.to_all(&webhooks).collect();
        let mut batch = self.store().begin().await?;
        batch.add_deliveries(&messages, &at).await?;
        batch.commit().await?;
        self.inner.wakers.messages.notify_one();
        Ok(())
    }

    /// Sees to what follows from runs that were found interrupted. They are marked already: what fails here
    /// is in the log.
    pub(crate) async fn after_interrupted(&self, run_ids: &[i64]) {
        for run_id in run_ids {
            if let Err(error) = self.see_to(*run_id).await {
                tracing::error!(%error, run_id, "what follows from an interrupted run could not be seen to");
            }
        }
        self.inner.wakers.messages.notify_one();
    }

    async fn see_to(&self, run_id: i64) -> Result<()> {
        let follows = self.what_follows(&self.run_row(run_id).await?).await?;
        let mut batch = self.store().begin().await?;
        follows.write(&mut batch).await?;
        Ok(batch.commit().await?)
    }
}

/// What the end of a run is told as, knowing how the one before it ended. One that a person stopped is told
/// to nobody.
fn events_of(run: &RunRow, before: Option<&RunRow>) -> Vec<Event> {
    let is_refused = |run: &RunRow| run.ending.code.as_deref() == Some("unauthorized");
    match run.status {
        RunStatus::Success | RunStatus::Partial => {
            let recovers = before.is_some_and(|run| failed(run.status));
            std::iter::once(Event::RunFinished).chain(recovers.then_some(Event::RunRecovered)).collect()
        }
        RunStatus::Error | RunStatus::Interrupted => {
            // Told once, not with every run that meets the same refusal.
            let expired = is_refused(run) && !before.is_some_and(is_refused);
            std::iter::once(Event::RunFailed).chain(expired.then_some(Event::TokenExpired)).collect()
        }
        RunStatus::Cancelled | RunStatus::Running => Vec::new(),
    }
}

fn failed(status: RunStatus) -> bool {
    matches!(status, RunStatus::Error | RunStatus::Interrupted)
}

#[cfg(test)]
mod tests {
    use model::run::Counts;
    use model::{Cause, Direction, Subject};
    use store::Ending;

    use super::*;

    fn run(status: RunStatus, code: Option<&str>) -> RunRow {
        RunRow {
            id: 1,
            provider: "airtable".into(),
            subject: Subject::Deals,
            direction: Direction::Import,
            cause: Cause::Person,
            status,
            counts: Counts::default(),
            bytes: 0,
            ending: Ending { code: code.map(str::to_owned), ..Ending::default() },
            outrun: false,
            unknown_statuses: Vec::new(),
            warnings: Vec::new(),
            checkpoint: None,
            started_at: String::new(),
            completed_at: None,
        }
    }

    #[test]
    fn each_end_is_told_as_what_it_is_after_the_one_before() {
        use Event::{RunFailed, RunFinished, RunRecovered, TokenExpired};
        use RunStatus::{Cancelled, Error, Interrupted, Partial, Success};
        let refused = Some("unauthorized");
        for (before, now, told) in [
            (None, (Success, None), vec![RunFinished]),
            (Some((Success, None)), (Partial, None), vec![RunFinished]),
            (Some((Error, None)), (Success, None), vec![RunFinished, RunRecovered]),
            (Some((Interrupted, None)), (Partial, None), vec![RunFinished, RunRecovered]),
            (None, (Error, Some("unavailable")), vec![RunFailed]),
            (Some((Success, None)), (Error, refused), vec![RunFailed, TokenExpired]),
            (Some((Error, refused)), (Error, refused), vec![RunFailed]),
            (None, (Interrupted, None), vec![RunFailed]),
            (Some((Error, None)), (Cancelled, None), vec![]),
        ] {
            let before = before.map(|(status, code)| run(status, code));
            assert_eq!(events_of(&run(now.0, now.1), before.as_ref()), told, "{before:?} {now:?}");
        }
    }
}
