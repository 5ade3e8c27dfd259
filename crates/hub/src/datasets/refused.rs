//! Rows that a run refused: told, and tried again.

use std::collections::BTreeMap;

use model::api::RecordErrorBody;
use model::dataset::cells;
use model::{Cause, Lang};
use store::{RefusedDatasetRow, RunRow};

use super::{DatasetRequest, words};
use crate::sync::{Job, Task, nothing_refused};
use crate::{Hub, Result};

impl Hub {
    /// The rows a run of a dataset refused, told like refused records.
    pub(crate) async fn refused_dataset_rows(
        &self,
        run: &RunRow,
        limit: u32,
        offset: u32,
        lang: Lang,
    ) -> Result<Vec<RecordErrorBody>> {
        let rows = self.store().dataset_refusals(run.id, limit, offset).await?;
        Ok(rows.into_iter().map(|row| told(row, lang)).collect())
    }

    /// Holds the rows that a run refused against the present rules once more, as a new run.
    pub(crate) async fn replay_dataset(&self, run: &RunRow) -> Result<i64> {
        let dataset = match self.store().dataset_refused_by(run.id).await? {
            Some(id) => self.store().dataset(id).await?,
            None => None,
        };
        let dataset = dataset.ok_or_else(|| nothing_refused(run.id))?;
        let request =
            DatasetRequest { dataset: dataset.name, accept_removals: false, replay_of: Some(run.id) };
        let task = Task::Dataset(request);
        self.start(Job { provider: run.provider.clone(), task, cause: Cause::Person }).await
    }
}

fn told(row: RefusedDatasetRow, lang: Lang) -> RecordErrorBody {
    let payload = match cells(&row.content) {
        Ok(cells) => cells.iter().map(|(name, cell)| (name.to_owned(), cell.as_text().to_owned())).collect(),
        // What is no object has no columns.
        Err(_) => BTreeMap::from([("content".to_owned(), row.content.clone())]),
    };
    RecordErrorBody {
        client: Some(words::row_name(&row).get(lang).to_owned()),
        external_id: row.key,
        field: row.column,
        code: row.code,
        message: row.reason.get(lang).to_owned(),
        payload,
        ..RecordErrorBody::default()
    }
}
