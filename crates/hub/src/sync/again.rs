//! Runs that go on from an earlier one: what it refused, what it did not reach, the words it did not know.

use std::collections::BTreeMap;

use model::api::ConfigUpdate;
use model::{Direction, Subject, Text};

use super::job::DealsTask;
use super::run::Only;
use crate::deals_csv::{CSV, file_is_gone};
use crate::history::is_resumable;
use crate::{Error, Hub, Result};

impl Hub {
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
}

/// The error of a replay that has nothing to do.
pub(crate) fn nothing_refused(run_id: i64) -> Error {
    Error::invalid(Text::new(
        format!("La synchronisation n° {run_id} n'a refusé aucun enregistrement."),
        format!("Run {run_id} refused no record."),
    ))
}
