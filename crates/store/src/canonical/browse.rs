//! Looks into the canonical tables: how many rows, and which rows a run refused.

use model::Text;
use model::canonical::Entity;
use sqlx::{AssertSqlSafe, Row};

use crate::sql::{self, count};
use crate::{Error, Result, Scope, Store};

/// A row that a run refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedRow {
    /// The canonical table it was meant for.
    pub entity: Entity,
    /// The file, or the service's table.
    pub source: String,
    /// The line of the file (from 1), or the number of the record.
    pub place: u64,
    /// The column; `None` when the whole row is at fault.
    pub column: Option<String>,
    /// Why.
    pub reason: Text,
}

impl Store {
    /// How many rows a connection has in a canonical table.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn row_count(&self, scope: Scope, entity: Entity) -> Result<u64> {
        let sql = format!("select count(*) from {} where scope_id = $1", entity.table());
        let rows = sqlx::query_scalar(AssertSqlSafe(sql)).bind(scope.0).fetch_one(&self.read).await?;
        Ok(count(rows))
    }

    /// The rows a run refused, in the order they were met.
    ///
    /// # Errors
    /// The database does not answer, or a row is not what this program writes.
    pub async fn refused_rows(&self, run_id: i64, limit: u32, offset: u32) -> Result<Vec<RefusedRow>> {
        let rows = sqlx::query(
            "select entity, source, place, column_name, reason from refused_rows where run_id = $1 \
             order by id limit $2 offset $3",
        )
        .bind(run_id)
        .bind(i64::from(limit))
        .bind(i64::from(offset))
        .fetch_all(&self.read)
        .await?;
        rows.iter()
            .map(|row| {
                let (entity, reason): (String, String) = (row.try_get(0)?, row.try_get(4)?);
                Ok(RefusedRow {
                    entity: sql::entity(entity)?,
                    source: row.try_get(1)?,
                    place: count(row.try_get(2)?),
                    column: row.try_get(3)?,
                    reason: serde_json::from_str(&reason)
                        .map_err(|_| Error::Corrupt { what: "reason", value: reason })?,
                })
            })
            .collect()
    }
}
