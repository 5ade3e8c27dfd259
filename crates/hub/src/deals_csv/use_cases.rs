//! Files of deals, from being handed in to their import.

use std::sync::Arc;

use model::{Direction, Lang};

use super::choices::CsvChoices;
use super::file::DealsFile;
use super::uploads::{Upload, Waiting};
use super::view::{CsvView, view};
use super::{CSV, texts};
use crate::sync::DealsTask;
use crate::{Error, Hub, Result};

impl Hub {
    /// Imports a file at once, as it shows itself; returns the run.
    ///
    /// # Errors
    /// `Invalid`: it is no CSV, a needed column is missing, it has no row. `AlreadyRunning`: another file is
    /// being imported.
    pub async fn import_csv(&self, upload: Upload) -> Result<i64> {
        let file = DealsFile::look_at(Arc::new(upload), CsvChoices::default()).await.map_err(as_asked)?;
        file.usable()?;
        self.start_file(Arc::new(file)).await
    }

    /// Keeps a file for its owner to look at before it is imported, for an hour; returns what it is found by.
    ///
    /// # Errors
    /// `Invalid`: it is no CSV.
    pub async fn keep_csv(&self, owner: &str, upload: Upload) -> Result<String> {
        let file = DealsFile::look_at(Arc::new(upload), CsvChoices::default()).await.map_err(as_asked)?;
        let (file, plan) = self.planned(file).await?;
        self.inner.uploads.keep(owner, file, plan)
    }

    /// Reads a kept file as its owner says.
    ///
    /// # Errors
    /// `NotFound`: it is not kept, or not for this owner. `Invalid`: read like that, it is no CSV.
    pub async fn choose_csv(&self, owner: &str, key: &str, choices: CsvChoices) -> Result<()> {
        let Waiting { file, plan, .. } = self.waiting(owner, key)?;
        let file = DealsFile::look_at(Arc::clone(&file.upload), choices).await.map_err(as_asked)?;
        let (file, new_plan) = self.planned(file).await?;
        self.inner.uploads.put(key, owner, file, new_plan);
        self.forget_plan(plan).await
    }

    /// What is to be shown of a kept file, and what its import would do.
    ///
    /// # Errors
    /// `NotFound`: it is not kept, or not for this owner.
    pub async fn csv_view(&self, owner: &str, key: &str, lang: Lang) -> Result<CsvView> {
        let Waiting { file, plan, .. } = self.waiting(owner, key)?;
        let plan = match plan {
            Some(plan) => Some(self.plan(plan, lang).await?),
            None => None,
        };
        Ok(view(&file, plan, lang))
    }

    /// Imports a kept file as its owner last read it; returns the run. The file is kept no longer.
    ///
    /// # Errors
    /// `NotFound`: it is not kept, or not for this owner. And as [`Hub::import_csv`].
    pub async fn import_kept_csv(&self, owner: &str, key: &str) -> Result<i64> {
        let Waiting { file, plan, .. } = self.waiting(owner, key)?;
        file.usable()?;
        let run_id = self.start_file(file).await?;
        self.inner.uploads.forget(key);
        self.forget_plan(plan).await?;
        Ok(run_id)
    }

    /// Deletes a kept file.
    ///
    /// # Errors
    /// `NotFound`: it is not kept, or not for this owner.
    pub async fn forget_csv(&self, owner: &str, key: &str) -> Result<()> {
        let Waiting { plan, .. } = self.waiting(owner, key)?;
        self.inner.uploads.forget(key);
        self.forget_plan(plan).await
    }

    fn waiting(&self, owner: &str, key: &str) -> Result<Waiting> {
        self.inner.uploads.get(owner, key).ok_or_else(texts::not_waiting)
    }

    async fn start_file(&self, file: Arc<DealsFile>) -> Result<i64> {
        let task = DealsTask { file: Some(file), ..DealsTask::all(Direction::Import) };
        self.start(task.of(CSV)).await
    }

    /// A file with the plan of its import, where it can be imported.
    async fn planned(&self, file: DealsFile) -> Result<(Arc<DealsFile>, Option<i64>)> {
        let file = Arc::new(file);
        if file.usable().is_err() {
            return Ok((file, None));
        }
        let plan = self.preview_of(CSV, Direction::Import, Some(Arc::clone(&file)), Lang::Fr).await?;
        Ok((file, Some(plan.plan_id)))
    }

    async fn forget_plan(&self, plan: Option<i64>) -> Result<()> {
        let Some(plan) = plan else { return Ok(()) };
        let mut batch = self.store().begin().await?;
        batch.delete_plan(plan).await?;
        Ok(batch.commit().await?)
    }
}

/// A file that cannot be read is the fault of whoever sent it.
fn as_asked(error: Error) -> Error {
    match error.kind {
        crate::Kind::Service(_) => Error { kind: crate::Kind::Invalid, ..error },
        _ => error,
    }
}
