//! Folders that are watched: a load begins by itself when files arrive.
//!
//! Folders are looked at again and again, because what a network drive tells of changes made elsewhere
//! is nothing.

use std::collections::HashMap;

use model::spec;
use store::ConfigRow;

use super::LoadRequest;
use crate::{Hub, Kind, Result};

/// The setting that asks for it.
pub(super) const WATCH: &str = "watch";

impl Hub {
    /// Looks at watched folders for as long as it is let. Whatever was there when it begins is looked
    /// through once, in case it arrived while nobody watched.
    pub async fn watch_sources(&self) {
        let mut seen = HashMap::new();
        let mut ticks = tokio::time::interval(self.inner.watch_every);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            if let Err(error) = self.look_at_all(&mut seen).await {
                tracing::warn!(%error, "the watched folders could not be looked at");
            }
        }
    }

    async fn look_at_all(&self, seen: &mut HashMap<String, String>) -> Result<()> {
        let rows = self.source_rows().await?;
        let is_watched =
            |row: &ConfigRow| row.is_active && row.settings.get(WATCH).is_some_and(|v| spec::is_on(v));
        seen.retain(|name, _| rows.iter().any(|row| row.provider == *name && is_watched(row)));
        for row in rows.iter().filter(|row| is_watched(row)) {
            // What is wrong with one of them is told by its next sync or test.
            let Ok(source) = self.open_source(row).await else { continue };
            let Ok(Some(look)) = source.look().await else { continue };
            if seen.get(&row.provider) == Some(&look) {
                continue;
            }
            match self.start_load(&row.provider, LoadRequest::default()).await {
                Ok(_) => drop(seen.insert(row.provider.clone(), look)),
                // The run that is going on may have passed by what arrived: it is looked at again.
                Err(error) if matches!(error.kind, Kind::AlreadyRunning { .. }) => {}
                Err(error) => {
                    tracing::warn!(%error, source = row.provider, "a watched folder could not be loaded");
                }
            }
        }
        Ok(())
    }
}
