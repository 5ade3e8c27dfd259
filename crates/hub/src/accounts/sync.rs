//! Syncs a connection, wherever its rows go.

use model::api::{ConnectionRunBody, LoadBody};
use model::{Cause, Direction, Lang, RunStatus, Subject, Text};

use super::history::run_body;
use crate::sync::Job;
use crate::{Error, Hub, Result};

/// What to sync.
#[derive(Clone, Debug, Default)]
pub struct AccountSync {
    /// Into a dataset, wherever the rows go otherwise.
    pub as_dataset: bool,
    /// The dataset's name; the one the connection has when `None`.
    pub dataset: Option<String>,
}

/// How a sync ended.
#[derive(Clone, Debug)]
pub struct Synced {
    /// The run.
    pub run: ConnectionRunBody,
    /// What is wrong with the first refused rows.
    pub errors: Vec<String>,
    /// A stable word for why it ended as it did.
    pub code: Option<String>,
}

/// How many refused rows an answer tells.
const ERRORS_TOLD: u32 = 20;

impl Hub {
    /// Starts a sync of a connection and returns its run at once.
    ///
    /// # Errors
    /// `NotFound`, `NotConfigured`; `Invalid` when it is switched off, or its rows cannot go into a dataset;
    /// `AlreadyRunning`.
    pub async fn start_account_sync(&self, id: i64, wanted: &AccountSync) -> Result<i64> {
        let row = self.account_row(id).await?;
        let task = match wanted.as_dataset {
            true => return Err(Error::invalid(Text::same("dataset"))),
            false => self.usual_task(&row, Direction::Import)?,
        };
        self.start(Job { provider: row.provider, task, cause: Cause::Person }).await
    }

    /// Waits for a sync to end and tells how it went. One that failed is an answer too.
    ///
    /// # Errors
    /// `NotFound`; the database does not answer.
    pub async fn wait_account_sync(&self, id: i64, run_id: i64, lang: Lang) -> Result<Synced> {
        self.until_ended(run_id).await;
        let run = self.run_row(run_id).await?;
        let errors = match run.subject {
            Subject::Tables => {
                let LoadBody { errors, .. } = self.load(run_id, lang).await?;
                errors
            }
            Subject::Deals | Subject::Dataset => {
                let failures = self.failures(run_id, ERRORS_TOLD, 0, lang).await?;
                failures.into_iter().map(|failure| failure.message).collect()
            }
        };
        Ok(Synced { errors, code: run.ending.code.clone(), run: run_body(&run, id, lang) })
    }
}

impl Synced {
    /// Whether it went through, some rows refused or none.
    pub fn success(&self) -> bool {
        let status = RunStatus::from_word(&self.run.status);
        matches!(status, Some(RunStatus::Success | RunStatus::Partial))
    }
}
