//! Rows that a run refused, as they came.

use model::Text;
use sqlx::any::AnyArguments;
use sqlx::{Arguments, AssertSqlSafe, Row};

use super::table::json;
use super::write::{Writing, encode};
use crate::sql::{CHUNK, count, number};
use crate::{Batch, Result, Store};

/// A row that a run refused.
#[derive(Clone, Debug, PartialEq)]
pub struct RefusedDatasetRow {
    /// What tells it apart, where it could be told.
    pub key: Option<String>,
    /// From 1, in the order of the reading.
    pub position: u64,
    /// The column at fault; `None` when the whole row is.
    pub column: Option<String>,
    /// The stable word of the fault.
    pub code: String,
    /// Why.
    pub reason: Text,
    /// As it came.
    pub content: String,
    /// The version the run was writing; set where it is read.
    pub version: i64,
}

impl Store {
    /// Rows that a run refused, after a number, with their numbers, in the order they came.
    ///
    /// # Errors
    /// The database does not answer, or a row is not what this program writes.
    pub async fn dataset_refusals_after(
        &self,
        run_id: i64,
        after: i64,
        limit: u32,
    ) -> Result<Vec<(i64, RefusedDatasetRow)>> {
        let rows = sqlx::query(
            "select id, row_key, position, column_name, code, reason, content, version from dataset_refusals \
             where run_id = $1 and id > $2 order by id limit $3",
        )
        .bind(run_id)
        .bind(after)
        .bind(i64::from(limit))
        .fetch_all(&self.read)
        .await?;
        rows.iter().map(|row| Ok((row.try_get(0)?, refusal(row)?))).collect()
    }

    /// A part of the rows that a run refused, in the order they came.
    ///
    /// # Errors
    /// As [`Store::dataset_refusals_after`].
    pub async fn dataset_refusals(
        &self,
        run_id: i64,
        limit: u32,
        offset: u32,
    ) -> Result<Vec<RefusedDatasetRow>> {
        let rows = sqlx::query(
            "select id, row_key, position, column_name, code, reason, content, version from dataset_refusals \
             where run_id = $1 order by id limit $2 offset $3",
        )
        .bind(run_id)
        .bind(i64::from(limit))
        .bind(i64::from(offset))
        .fetch_all(&self.read)
        .await?;
        rows.iter().map(refusal).collect()
    }

    /// The dataset of whose rows a run refused some.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn dataset_refused_by(&self, run_id: i64) -> Result<Option<i64>> {
        let sql = "select dataset_id from dataset_refusals where run_id = $1 order by id limit 1";
        Ok(sqlx::query_scalar(sql).bind(run_id).fetch_optional(&self.read).await?)
    }
}

impl Batch {
    /// Keeps rows that a run refused.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn add_dataset_refusals(
        &mut self,
        run_id: i64,
        writing: &Writing,
        refused: &[RefusedDatasetRow],
    ) -> Result<()> {
        for refused in refused.chunks(CHUNK) {
            let sql = format!(
                "insert into dataset_refusals \
                 (run_id, dataset_id, version, row_key, position, column_name, code, reason, content) values {}",
                self.dialect.rows(refused.len(), &["?"; 9])
            );
            let mut arguments = AnyArguments::default();
            for row in refused {
                arguments.add(run_id).map_err(encode)?;
                arguments.add(writing.dataset_id).map_err(encode)?;
                arguments.add(writing.version).map_err(encode)?;
                arguments.add(row.key.as_deref()).map_err(encode)?;
                arguments.add(number(row.position)).map_err(encode)?;
                arguments.add(row.column.as_deref()).map_err(encode)?;
                arguments.add(row.code.as_str()).map_err(encode)?;
                arguments.add(serde_json::json!(row.reason).to_string()).map_err(encode)?;
                arguments.add(row.content.as_str()).map_err(encode)?;
            }
            sqlx::query_with(AssertSqlSafe(sql), arguments).execute(&mut *self.tx).await?;
        }
        Ok(())
    }
}

fn refusal(row: &sqlx::any::AnyRow) -> Result<RefusedDatasetRow> {
    Ok(RefusedDatasetRow {
        key: row.try_get("row_key")?,
        position: count(row.try_get("position")?),
        column: row.try_get("column_name")?,
        code: row.try_get("code")?,
        reason: json(row.try_get("reason")?, "reason")?,
        content: row.try_get("content")?,
        version: row.try_get("version")?,
    })
}
