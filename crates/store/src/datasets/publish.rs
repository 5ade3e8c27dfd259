//! The end of a version: rows that are gone are closed, and the version becomes the one that is shown.

use model::dataset::{Column, Drift, KeyBy};
use sqlx::any::AnyArguments;
use sqlx::{Arguments, AssertSqlSafe, Row};

use super::write::{Writing, encode};
use crate::sql::{CHUNK, count, number};
use crate::{Batch, CurrentRow, Result};

/// What a version brings, against the one before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VersionChanges {
    /// Rows that were not there.
    pub created: u64,
    /// Rows that changed.
    pub updated: u64,
    /// Rows that are gone.
    pub removed: u64,
}

impl VersionChanges {
    /// Whether both versions hold the same.
    pub fn is_empty(&self) -> bool {
        *self == VersionChanges::default()
    }
}

/// What is kept of a version when it becomes the one that is shown.
pub struct Publication<'a> {
    /// The run that made it.
    pub run_id: i64,
    /// What it brings.
    pub changes: VersionChanges,
    /// Its columns.
    pub columns: &'a [Column],
    /// How they differ from those of the version before.
    pub drift: &'a [Drift],
    /// What tells its rows apart.
    pub key: &'a KeyBy,
    /// See [`crate::DatasetRow::are_texts`].
    pub are_texts: bool,
    /// The present instant.
    pub now: &'a str,
}

impl Batch {
    /// Takes rows out of the version that is being written. Earlier versions keep them.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn remove_dataset_rows(&mut self, writing: &Writing, rows: &[CurrentRow]) -> Result<()> {
        let (new, old): (Vec<&CurrentRow>, Vec<&CurrentRow>) =
            rows.iter().partition(|row| row.since == writing.version);
        let ids: Vec<i64> = old.iter().map(|row| row.id).collect();
        self.close_rows(writing.version, &ids).await?;
        // What an earlier, broken-off run wrote into this version was never part of one.
        for rows in new.chunks(CHUNK) {
            let sql = format!("delete from dataset_rows where id in ({})", self.dialect.list(1, rows.len()));
            let mut arguments = AnyArguments::default();
            for row in rows {
                arguments.add(row.id).map_err(encode)?;
            }
            sqlx::query_with(AssertSqlSafe(sql), arguments).execute(&mut *self.tx).await?;
        }
        Ok(())
    }

    /// What the version that is being written brings so far, whichever runs wrote it.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn dataset_changes(&mut self, writing: &Writing) -> Result<VersionChanges> {
        let row = sqlx::query(
            "select (select count(*) from dataset_rows where dataset_id = $1 and since_version = $2), \
             (select count(*) from dataset_rows where dataset_id = $1 and until_version = $2), \
             (select count(*) from dataset_rows old where old.dataset_id = $1 and old.until_version = $2 \
              and exists (select 1 from dataset_rows new where new.dataset_id = $1 and new.place = old.place \
              and +new.since_version = $2))",
        )
        .bind(writing.dataset_id)
        .bind(writing.version)
        .fetch_one(&mut *self.tx)
        .await?;
        let (begun, ended, both) = (count(row.try_get(0)?), count(row.try_get(1)?), count(row.try_get(2)?));
        Ok(VersionChanges {
            created: begun.saturating_sub(both),
            updated: both,
            removed: ended.saturating_sub(both),
        })
    }

    /// Makes the version that was written the one that is shown. Returns how many rows it has.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn publish_dataset(&mut self, writing: &Writing, new: &Publication<'_>) -> Result<u64> {
        let rows = self.current_count(writing.dataset_id).await?;
        let columns = serde_json::json!(new.columns).to_string();
        sqlx::query(
            "insert into dataset_versions \
             (dataset_id, version, run_id, row_count, created, updated, removed, columns, drift, created_at) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        )
        .bind(writing.dataset_id)
        .bind(writing.version)
        .bind(new.run_id)
        .bind(number(rows))
        .bind(number(new.changes.created))
        .bind(number(new.changes.updated))
        .bind(number(new.changes.removed))
        .bind(columns.as_str())
        .bind(serde_json::json!(new.drift).to_string())
        .bind(new.now)
        .execute(&mut *self.tx)
        .await?;
        sqlx::query(
            "update datasets set version = $2, row_count = $3, columns = $4, key_by = $5, are_texts = $6, \
             updated_at = $7 where id = $1",
        )
        .bind(writing.dataset_id)
        .bind(writing.version)
        .bind(number(rows))
        .bind(columns.as_str())
        .bind(serde_json::json!(new.key).to_string())
        .bind(i64::from(new.are_texts))
        .bind(new.now)
        .execute(&mut *self.tx)
        .await?;
        Ok(rows)
    }

    /// Keeps what the next reading may begin after, and a word for the settings it holds for.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn mark_dataset(&mut self, dataset_id: i64, mark: Option<(&str, &str)>) -> Result<()> {
        sqlx::query("update datasets set row_mark = $2, mark_of = $3 where id = $1")
            .bind(dataset_id)
            .bind(mark.map(|(mark, _)| mark))
            .bind(mark.map(|(_, of)| of))
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }
}
