//! Files of deals, from being handed in to their import.

use std::sync::Arc;

use model::{Direction, Lang};

use super::choices::CsvChoices;
use super::file::DealsFile;
use super::handed_in::Upload;
use super::uploads::{KeptCsv, Waiting};
use super::view::{CsvView, view};
use super::{CSV, texts};
use crate::sync::{Agreed, DealsTask};
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
        self.start_file(Arc::new(file), None).await
    }

    /// Keeps a file for its owner to look at before it is imported, for an hour; returns what it is found by.
    ///
    /// # Errors
    /// `Invalid`: it is no CSV.
    pub async fn keep_csv(&self, upload: Upload) -> Result<String> {
        let file = DealsFile::look_at(Arc::new(upload), CsvChoices::default()).await.map_err(as_asked)?;
        let (file, plan) = self.planned(file).await?;
        self.inner.uploads.keep(Waiting::new(file, plan, self.time()))
    }

    /// The files that somebody keeps, the latest first.
    pub fn kept_csvs(&self, owner: &str) -> Vec<KeptCsv> {
        self.inner.uploads.of_owner(owner)
    }

    /// Reads a kept file as its owner says.
    ///
    /// # Errors
    /// `NotFound`: it is not kept, or not for this owner. `Invalid`: read like that, it is no CSV.
    pub async fn choose_csv(&self, owner: &str, key: &str, choices: CsvChoices) -> Result<()> {
        let before = self.waiting(owner, key)?;
        let file = before.file.reread(choices).await.map_err(as_asked)?;
        self.keep_instead(key, &before, file).await
    }

    /// What is to be shown of a kept file, and what its import would do.
    ///
    /// # Errors
    /// `NotFound`: it is not kept, or not for this owner.
    pub async fn csv_view(&self, owner: &str, key: &str, lang: Lang) -> Result<CsvView> {
        let Waiting { file, plan, .. } = self.waiting(owner, key)?;
        let plan = match plan {
            Some(plan) => Some(self.any_plan(plan, lang).await?),
            None => None,
        };
        Ok(view(&file, plan, lang))
    }

    /// Imports a kept file as its owner saw that it would be; returns the run. The file is kept no longer.
    ///
    /// `seen`: the number of the plan they saw. The plan is made anew and compared first; and while the run goes on,
    /// a change that was not in the plan is refused. `choices`: how they say by now that it is read, where that is
    /// told; what they had not seen the outcome of is shown first.
    ///
    /// # Errors
    /// `NotFound`: it is not kept, or not for this owner. `Outdated`: the import would do something else by now;
    /// the file is kept with the plan of that. And as [`Hub::import_csv`].
    pub async fn import_kept_csv(
        &self,
        owner: &str,
        key: &str,
        seen: Option<i64>,
        choices: Option<CsvChoices>,
    ) -> Result<i64> {
        let before = self.waiting(owner, key)?;
        if let Some(choices) = choices {
            let now = before.file.reread(choices).await.map_err(as_asked)?;
            if !now.is_read_as(&before.file) {
                self.keep_instead(key, &before, now).await?;
                return Err(texts::read_otherwise());
            }
        }
        let file = Arc::clone(&before.file);
        file.usable()?;
        let plan_id = before.plan.filter(|plan| seen == Some(*plan)).ok_or_else(texts::read_otherwise)?;
        let made = self.preview_of(CSV, Direction::Import, Some(Arc::clone(&file)), Lang::Fr).await?;
        let agreed = match self.still_agreed(plan_id, made.plan_id, &texts::look_again()).await {
            Ok(agreed) => agreed,
            Err(error) => {
                let shown = Waiting::new(file, Some(made.plan_id), self.time());
                let is_shown = self.inner.uploads.replace(key, &before, shown);
                self.forget_plan(if is_shown { plan_id } else { made.plan_id }).await?;
                return Err(error);
            }
        };
        self.forget_plan(made.plan_id).await?;
        let run_id = self.start_file(file, Some(agreed)).await?;
        self.inner.uploads.forget(key);
        self.forget_plan(plan_id).await?;
        Ok(run_id)
    }

    /// Deletes a kept file.
    ///
    /// # Errors
    /// `NotFound`: it is not kept, or not for this owner.
    pub async fn forget_csv(&self, owner: &str, key: &str) -> Result<()> {
        let Waiting { plan, .. } = self.waiting(owner, key)?;
        self.inner.uploads.forget(key);
        self.forget_plan_of_file(plan).await
    }

    fn waiting(&self, owner: &str, key: &str) -> Result<Waiting> {
        self.inner.uploads.get(owner, key).ok_or_else(texts::not_waiting)
    }

    /// Keeps a file as it is read now, with what its import would do; unless it was imported, deleted or read
    /// otherwise meanwhile.
    async fn keep_instead(&self, key: &str, before: &Waiting, file: DealsFile) -> Result<()> {
        let (file, plan) = self.planned(file).await?;
        if self.inner.uploads.replace(key, before, Waiting::new(file, plan, self.time())) {
            return self.forget_plan_of_file(before.plan).await;
        }
        self.forget_plan_of_file(plan).await?;
        Err(texts::read_otherwise())
    }

    async fn start_file(&self, file: Arc<DealsFile>, agreed: Option<Agreed>) -> Result<i64> {
        let task = DealsTask { file: Some(file), agreed, ..DealsTask::all(Direction::Import) };
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

    /// Forgets what the import of a file would do, where that is known.
    async fn forget_plan_of_file(&self, plan: Option<i64>) -> Result<()> {
        match plan {
            Some(plan) => self.forget_plan(plan).await,
            None => Ok(()),
        }
    }
}

/// A file that cannot be read is the fault of whoever sent it.
fn as_asked(error: Error) -> Error {
    match error.kind {
        crate::Kind::Service(_) => Error { kind: crate::Kind::Invalid, ..error },
        _ => error,
    }
}
