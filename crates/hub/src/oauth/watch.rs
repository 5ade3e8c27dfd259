//! Grants that nobody uses: renewed in time, so that they do not end unnoticed.
//!
//! A refresh token often dies when it is not used for a while (Airtable: 60 days; others, fewer). Used once a
//! day it lives, and if it was taken back, that is known the same day and not in the middle of a sync.

use std::time::Duration;

use chrono::TimeDelta;
use connectors::http::oauth2::{self, Grant};
use store::GrantRow;
use tokio::time::MissedTickBehavior;

use crate::{Hub, Result};

/// How often grants are looked at.
const EVERY: Duration = Duration::from_secs(3_600);
/// Tokens this old are renewed: with the hour between two looks, once a day.
const OLD: TimeDelta = TimeDelta::hours(23);

impl Hub {
    /// Looks after grants for as long as it is let. What is lost is noted ([`Hub::lost_grants`]).
    pub async fn watch_grants(&self) {
        let mut ticks = tokio::time::interval(EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            if let Err(error) = self.renew_old_grants().await {
                tracing::warn!(%error, "the grants could not be looked at");
            }
        }
    }

    async fn renew_old_grants(&self) -> Result<()> {
        let old = self.ago(OLD);
        let is_old = |row: &GrantRow| row.obtained_at.as_ref().is_some_and(|at| *at < old);
        let grants = self.store().grants().await?;
        for row in grants.iter().filter(|row| row.has_tokens && row.lost.is_none() && is_old(row)) {
            if let Err(error) = self.renew_grant(&row.provider).await {
                tracing::warn!(%error, connection = row.provider, "a grant could not be renewed");
                let lost = self.store().grant(&row.provider).await?.and_then(|grant| grant.lost);
                if let Some(why) = lost {
                    self.tell_of_loss(&row.provider, &why).await?;
                }
            }
        }
        Ok(())
    }

    /// Renews what can be renewed without anybody: a client that speaks for itself has nothing that dies.
    async fn renew_grant(&self, provider: &str) -> Result<()> {
        let row = self.connection_row(provider).await?;
        let Some(client) = self.oauth_client(&row).await? else { return Ok(()) };
        let kept = self.keeper(provider).load().await?;
        let Some(tokens) = kept.filter(|tokens| tokens.refresh.is_some()) else { return Ok(()) };
        let (context, _) = self.opening(&row, &self.connector(&row)?.spec()).await?;
        // Whichever way the refresh token came, it is renewed alike. The old token is as good as refused.
        let session = oauth2::session(&context, client, Grant::AuthorizationCode);
        session.renewed(&tokens.access).await?;
        Ok(())
    }
}
