//! Syncs a connection, wherever its rows go.

use model::api::{ConnectionRunBody, LoadBody};
use model::{Cause, Direction, Lang, RunStatus, Subject, Text};

use store::ConfigRow;

use super::history::run_body;
use super::kinds::title;
use crate::connections::kind_of;
use crate::sync::{Job, Task};
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
    /// Number and name of the dataset the rows are in.
    pub dataset: Option<(i64, String)>,
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
            true => self.task_into_dataset(&row, wanted.dataset.clone()).await?,
            false => self.usual_task(&row, Direction::Import)?,
        };
        self.start(Job { provider: row.provider, task, cause: Cause::Person }).await
    }

    /// Starts what a sync of a connection usually brings in, and returns what that is about with its run.
    ///
    /// # Errors
    /// `UnknownProvider`; and as [`Hub::start_account_sync`].
    pub async fn start_import(&self, provider: &str) -> Result<(Subject, i64)> {
        let stored = self.store().config(provider).await?;
        let row = match stored.filter(|row| self.account_kind(kind_of(row)).is_ok()) {
            Some(row) => row,
            None => self.config_row(provider).await?,
        };
        let task = self.usual_task(&row, Direction::Import)?;
        let subject = task.subject();
        Ok((subject, self.start(Job { provider: row.provider, task, cause: Cause::Person }).await?))
    }

    async fn task_into_dataset(&self, row: &ConfigRow, dataset: Option<String>) -> Result<Task> {
        if !self.inner.connectors.contains_key(kind_of(row)) {
            let title = title(row);
            return Err(Error::invalid(Text::new(
                format!(
                    "Les lignes de « {title} » vont dans les tables (clients, produits, ventes…), pas dans un jeu de données."
                ),
                format!(
                    "The rows of “{title}” go into the tables (customers, products, sales…), not into a dataset."
                ),
            )));
        }
        self.dataset_task(&row.provider, dataset, false).await
    }

    /// Waits for a sync to end and tells how it went. One that failed is an answer too.
    ///
    /// # Errors
    /// `NotFound`; the database does not answer.
    pub async fn wait_account_sync(
        &self,
        id: i64,
        run_id: i64,
        wanted: &AccountSync,
        lang: Lang,
    ) -> Result<Synced> {
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
        let dataset = match run.subject {
            Subject::Dataset => {
                let row = self.account_row(id).await?;
                let name = self.dataset_name(&row, wanted.dataset.clone()).await?;
                self.store().dataset_named(&name).await?.map(|dataset| (dataset.id, dataset.name))
            }
            Subject::Deals | Subject::Tables => None,
        };
        Ok(Synced { errors, code: run.ending.code.clone(), run: run_body(&run, id, lang), dataset })
    }
}

impl Synced {
    /// Whether it went through, some rows refused or none.
    pub fn success(&self) -> bool {
        let status = RunStatus::from_word(&self.run.status);
        matches!(status, Some(RunStatus::Success | RunStatus::Partial))
    }
}
