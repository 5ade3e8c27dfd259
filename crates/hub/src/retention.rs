//! Removes the details of old runs, a little at a time.

use std::time::Duration;

use chrono::{DateTime, Days, Utc};
use model::api::instant;
use store::Forgetting;

use crate::{Hub, Result};

/// How often old details are looked for.
const EVERY: Duration = Duration::from_secs(3_600);

impl Hub {
    /// Removes details of runs that are older than they are kept, for as long as it is let. Where they are
    /// kept for ever, there is nothing to do.
    pub async fn forget_old_details(&self) {
        let Some(days) = self.inner.keep_run_details else { return };
        loop {
            if let Err(error) = self.forget_details_of(self.time(), days.get()).await {
                tracing::warn!(%error, "details of old runs could not be removed");
            }
            tokio::time::sleep(EVERY).await;
        }
    }

    async fn forget_details_of(&self, now: DateTime<Utc>, days: u32) -> Result<()> {
        let Some(before) = now.checked_sub_days(Days::new(days.into())) else { return Ok(()) };
        let mut forgetting = Forgetting::default();
        while !forgetting.is_over() {
            let mut batch = self.store().begin().await?;
            batch.forget_details(&instant(before), &mut forgetting).await?;
            batch.commit().await?;
        }
        Ok(())
    }
}
