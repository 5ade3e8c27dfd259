//! The end of a run of a dataset: what is gone is told apart from what was not shown, and the version that
//! was written becomes the one that is shown.

use std::collections::HashSet;

use model::dataset::{Column, KeyBy, Shape, cells, drift};
use store::{CurrentRow, DatasetRow, Publication, Writing};

use super::load::DatasetLoading;
use super::reading::Read;
use super::words;
use crate::sync::Stop;
use crate::{Hub, Result, fault_point};

/// From how many rows on the disappearance of more than half of them is not believed.
const FEW: u64 = 20;

/// How many changes of columns a run tells; all of them are kept with the version.
const DRIFT_TOLD: usize = 20;

/// Rows looked at together.
const PIECE: u32 = 4_000;

/// What a reading did not show.
enum NotShown {
    /// It was not asked to show everything, or it did.
    Nothing,
    /// These rows are gone.
    Gone(Vec<CurrentRow>),
    /// Too many to be believed; they stay.
    Doubtful,
}

impl DatasetLoading<'_> {
    /// Publishes what was written. A run that changed nothing makes no version.
    pub(super) async fn publish(
        &mut self,
        dataset: &DatasetRow,
        writing: &Writing,
        read: Read,
        accept_removals: bool,
        settings: &str,
    ) -> std::result::Result<(), Stop> {
        let not_shown = self.not_shown(dataset, writing, &read, accept_removals).await?;
        let doubtful = matches!(not_shown, NotShown::Doubtful);
        let gone = match not_shown {
            NotShown::Gone(rows) => rows,
            NotShown::Nothing | NotShown::Doubtful => Vec::new(),
        };
        if self.tally.counts.processed == 0 && !read.only_changes && dataset.row_count == 0 {
            self.tally.warnings.push(words::EMPTY);
        }
        if writing.repeated > 0 {
            self.tally.warnings.push(words::repeated(writing.repeated, read.key.as_ref()));
        }
        // After a doubtful reading the next one shows everything again.
        let mark = read.mark.as_deref().filter(|_| !doubtful).map(|mark| (mark, settings));
        let written = self.hub.store().begin().await?.dataset_changes(writing).await?;
        let key = read.key.clone().or_else(|| dataset.key.clone());
        let Some(key) = key.filter(|_| !written.is_empty() || !gone.is_empty()) else {
            return self.keep_mark(dataset, mark).await;
        };
        if dataset.version == 0 && key == KeyBy::Position {
            self.tally.warnings.push(words::NO_KEY_FOUND);
        }
        // The reading has shown the columns of its own rows. Where others stay beside them, or some of its
        // own were overtaken by later ones, the version is looked at as a whole.
        let is_whole = !read.only_changes && !doubtful && writing.repeated == 0 && writing.kept == 0;
        let columns = if is_whole {
            read.shape.columns()
        } else {
            self.hub.columns_of_version(dataset.id, writing.version, &gone, read.are_texts).await?
        };
        let drift = if dataset.version == 0 { Vec::new() } else { drift(&dataset.columns, &columns) };
        fault_point::reached("dataset-read").await;
        let mut batch = self.hub.store().begin().await?;
        batch.remove_dataset_rows(writing, &gone).await?;
        let changes = batch.dataset_changes(writing).await?;
        let (run_id, are_texts) = (self.run_id, read.are_texts);
        let (columns, drift_told) = (columns.as_slice(), drift.iter().take(DRIFT_TOLD));
        let new = Publication {
            run_id,
            changes,
            columns,
            drift: &drift,
            key: &key,
            are_texts,
            now: &self.hub.at(),
        };
        batch.publish_dataset(writing, &new).await?;
        if mark.is_some() {
            batch.mark_dataset(dataset.id, mark).await?;
        }
        batch.commit().await?;
        fault_point::reached("dataset-published").await;
        if changes.removed > 0 {
            self.tally.warnings.push(words::removed(changes.removed, writing.version));
        }
        self.tally.warnings.extend(drift_told.map(model::dataset::Drift::text));
        Ok(())
    }

    async fn keep_mark(
        &self,
        dataset: &DatasetRow,
        mark: Option<(&str, &str)>,
    ) -> std::result::Result<(), Stop> {
        if mark.is_some() {
            let mut batch = self.hub.store().begin().await?;
            batch.mark_dataset(dataset.id, mark).await?;
            batch.commit().await?;
        }
        Ok(())
    }

    /// Which rows are gone. A complete answer without a row, or without most of them, is rather a fault of
    /// the service than what people did: nothing is taken out then, and the run says so.
    async fn not_shown(
        &mut self,
        dataset: &DatasetRow,
        writing: &Writing,
        read: &Read,
        accept_removals: bool,
    ) -> Result<NotShown> {
        let store = self.hub.store();
        if read.only_changes || store.dataset_current_count(writing).await? == writing.shown() {
            return Ok(NotShown::Nothing);
        }
        let rows = store.dataset_rows_not_shown(writing).await?;
        let gone = rows.iter().filter(|row| row.since <= dataset.version).count() as u64;
        let is_empty = self.tally.counts.processed == 0;
        // By another key every row is another one.
        let rekeyed = !is_empty && dataset.key.is_some() && read.key != dataset.key;
        let too_many = dataset.row_count >= FEW && gone * 2 > dataset.row_count;
        if !accept_removals && gone > 0 && (is_empty || too_many && !rekeyed) {
            let fault = if is_empty {
                words::came_empty(&dataset.name, dataset.row_count)
            } else {
                words::most_are_gone(&dataset.name, gone, dataset.row_count)
            };
            self.tally.faults.push(fault);
            return Ok(NotShown::Doubtful);
        }
        if rekeyed {
            self.tally.warnings.push(words::REKEYED);
        }
        Ok(NotShown::Gone(rows))
    }
}

impl Hub {
    /// The columns of a version as its rows show them, without rows that are about to go.
    async fn columns_of_version(
        &self,
        dataset_id: i64,
        version: i64,
        gone: &[CurrentRow],
        are_texts: bool,
    ) -> Result<Vec<Column>> {
        let gone: HashSet<i64> = gone.iter().map(|row| row.place).collect();
        let mut shape = Shape::default();
        let mut after = 0;
        loop {
            let rows = self.store().dataset_rows_after(dataset_id, version, after, PIECE).await?;
            let Some(last) = rows.last() else { return Ok(shape.columns()) };
            after = last.place;
            for row in rows.iter().filter(|row| !gone.contains(&row.place)) {
                // Only objects are stored.
                if let Ok(cells) = cells(&row.content) {
                    shape.take(&cells, are_texts);
                }
            }
        }
    }
}
