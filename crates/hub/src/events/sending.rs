//! Sends messages when they are due, several at once, each once whatever the number of servers.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use model::api::instant;
use store::Sending;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::attempt::{Again, LONGEST_PAUSE};
use crate::clock::{distant, until};
use crate::{Hub, Result};

/// How many are under way at once; one per webhook.
const AT_ONCE: usize = 8;
/// How long a message is this server's: well over the time an attempt may take.
const OURS: TimeDelta = TimeDelta::minutes(2);
/// The longest that nobody looks: another server may have stopped on its way.
const LOOK_AGAIN: Duration = Duration::from_secs(30);
/// How long messages are kept, arrived or not.
const KEPT: TimeDelta = TimeDelta::days(30);
/// How often old ones are looked for.
const TIDY: Duration = Duration::from_secs(3_600);

/// Until when a message that is taken now is this server's.
pub(super) fn ours_until(now: DateTime<Utc>) -> String {
    instant(now + OURS)
}

impl Hub {
    /// Sends every message when it is due, for as long as it is let. What is stopped on its way is sent
    /// again, by this server or another one.
    pub async fn deliver_webhooks(&self) {
        let mut under_way = JoinSet::new();
        let mut tidied: Option<Instant> = None;
        loop {
            if tidied.is_none_or(|at| at.elapsed() > TIDY) {
                tidied = Some(Instant::now());
                if let Err(error) = self.forget_old_messages(self.time()).await {
                    tracing::warn!(%error, "old messages could not be removed");
                }
            }
            if let Err(error) = self.send_due(&mut under_way).await {
                tracing::warn!(%error, "the messages could not be looked at");
            }
            let now = self.time();
            let next = self.store().next_delivery(&instant(now)).await.ok().flatten();
            tokio::select! {
                () = self.inner.wakers.messages.notified() => {}
                () = tokio::time::sleep(until(next.as_deref(), now, LOOK_AGAIN)) => {}
                Some(_) = under_way.join_next() => {}
            }
        }
    }

    /// Begins to send what is due, as far as there is room.
    async fn send_due(&self, under_way: &mut JoinSet<()>) -> Result<()> {
        while under_way.len() < AT_ONCE {
            let now = self.time();
            let times = Sending {
                now: &instant(now),
                until: &ours_until(now),
                distant: &distant(now, OURS),
                distant_next: &distant(now, LONGEST_PAUSE),
            };
            let Some(delivery) = self.store().claim_delivery(&times).await? else { break };
            let hub = self.clone();
            under_way.spawn(async move {
                if let Err(error) = hub.attempt(delivery, Again::Later).await {
                    // It is sent again when it is nobody's any more.
                    tracing::warn!(%error, "what became of a message could not be kept");
                }
            });
        }
        Ok(())
    }

    async fn forget_old_messages(&self, now: DateTime<Utc>) -> Result<()> {
        let mut batch = self.store().begin().await?;
        batch.forget_deliveries(&instant(now - KEPT)).await?;
        Ok(batch.commit().await?)
    }
}
