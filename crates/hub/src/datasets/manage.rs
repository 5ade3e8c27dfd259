//! Starts the runs of datasets, and deletes datasets.

use model::api::SyncBody;
use model::{Cause, Destination, Lang};
use store::{ConfigRow, DatasetRow};

use super::{DatasetRequest, words};
use crate::sync::{Job, Task};
use crate::{Hub, Result};

/// The longest name, in characters.
const LONGEST: usize = 120;

impl Hub {
    /// Starts a run that brings the rows of a connection into a dataset, and returns its id at once. Without
    /// a name: the one its destination says, else the dataset it has, else one called like the connection.
    ///
    /// # Errors
    /// `UnknownProvider`, `NotConfigured`; `Invalid` when the connection is switched off, the name is none or
    /// another connection's dataset has it; `AlreadyRunning` with the run that is going on.
    pub async fn start_dataset_sync(
        &self,
        provider: &str,
        dataset_name: Option<String>,
        accept_removals: bool,
    ) -> Result<i64> {
        let task = self.dataset_task(provider, dataset_name, accept_removals).await?;
        self.start(Job { provider: provider.to_owned(), task, cause: Cause::Person }).await
    }

    /// What such a run is to do.
    ///
    /// # Errors
    /// As [`Hub::start_dataset_sync`], as far as the name is at fault.
    pub(crate) async fn dataset_task(
        &self,
        provider: &str,
        dataset_name: Option<String>,
        accept_removals: bool,
    ) -> Result<Task> {
        let config = self.connection_row(provider).await?;
        let dataset = self.dataset_name(&config, dataset_name).await?;
        Ok(Task::Dataset(DatasetRequest { dataset, accept_removals, replay_of: None }))
    }

    /// Waits for such a run to end and tells how it went.
    ///
    /// # Errors
    /// `NotFound`; the database does not answer.
    pub async fn wait_dataset(&self, run_id: i64, lang: Lang) -> Result<SyncBody> {
        self.wait(run_id, lang).await
    }

    /// Deletes a dataset with all of its versions. The next sync of its connection makes it anew.
    ///
    /// # Errors
    /// `NotFound`; `AlreadyRunning` while its connection is read.
    pub async fn delete_dataset(&self, id: i64) -> Result<()> {
        let dataset = self.dataset_row(id).await?;
        let (_idle, mut batch) = self.idle_batch(&dataset.provider).await?;
        batch.delete_dataset(id).await?;
        Ok(batch.commit().await?)
    }

    /// The name of the dataset that the rows of a connection go into.
    ///
    /// # Errors
    /// `Invalid` when it is none, or another connection's.
    pub(crate) async fn dataset_name(&self, config: &ConfigRow, asked: Option<String>) -> Result<String> {
        let asked = asked.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
        let name = match (asked, &config.destination) {
            (Some(name), _) => name,
            (None, Some(Destination::Dataset { name })) => name.trim().to_owned(),
            (None, _) => match self.store().datasets_of(&config.provider).await?.into_iter().next() {
                Some(dataset) => dataset.name,
                None => config.title.clone().unwrap_or_else(|| config.provider.clone()).trim().to_owned(),
            },
        };
        let length = name.chars().count();
        if length == 0 || length > LONGEST || name.chars().any(char::is_control) {
            return Err(words::bad_name());
        }
        match self.store().dataset_named(&name).await? {
            Some(dataset) if dataset.provider != config.provider => {
                Err(words::taken(&dataset.name, &dataset.provider))
            }
            _ => Ok(name),
        }
    }

    pub(super) async fn dataset_row(&self, id: i64) -> Result<DatasetRow> {
        self.store().dataset(id).await?.ok_or_else(|| words::not_found(id))
    }
}
