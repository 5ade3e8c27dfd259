//! A load into PostgreSQL: COPY into a temporary table, then a merge of the whole portion.

use std::collections::HashSet;

use model::canonical::RowBatch;
use model::run::Counts;
use sqlx::pool::PoolConnection;
use sqlx::{AssertSqlSafe, Connection, PgConnection, PgPool, Postgres};

use super::load::Target;
use super::portion::{Portion, numbers};
use super::{derived, merge, statements};
use crate::Result;
use crate::sql::number;

/// A connection of the load's own: its temporary tables live as long as it does.
pub(super) struct PostgresLoad {
    connection: PoolConnection<Postgres>,
    target: Target,
    /// The temporary tables there are.
    staged: HashSet<String>,
    /// The text of a portion, kept for its room.
    text: String,
}

impl PostgresLoad {
    pub(super) async fn open(pool: &PgPool, target: Target) -> Result<PostgresLoad> {
        Ok(PostgresLoad {
            connection: pool.acquire().await?,
            target,
            staged: HashSet::new(),
            text: String::new(),
        })
    }

    pub(super) async fn put(&mut self, portion: Portion) -> Result<Counts> {
        let target = self.target;
        let mut tx = self.connection.begin().await?;
        let mut staged = None;
        let (created, updated) = match portion.rows.as_ref().filter(|rows| !rows.is_empty()) {
            Some(rows) => {
                let name = merge::name(rows);
                if !self.staged.contains(&name) {
                    sqlx::raw_sql(AssertSqlSafe(merge::staging(rows))).execute(&mut *tx).await?;
                }
                let written = write(&mut tx, target, rows, &mut self.text).await?;
                staged = Some(name);
                written
            }
            None => (0, 0),
        };
        let entity = portion.entity.table();
        for refused in &portion.refused {
            sqlx::query(statements::REFUSE)
                .bind(target.run)
                .bind(entity)
                .bind(&portion.source)
                .bind(number(refused.origin))
                .bind(&refused.column)
                .bind(serde_json::json!(refused.reason).to_string())
                .execute(&mut *tx)
                .await?;
        }
        if let Some(ended) = &portion.ended {
            sqlx::query(statements::MARK)
                .bind(target.scope)
                .bind(entity)
                .bind(&portion.source)
                .bind(&ended.mark)
                .bind(target.run)
                .bind(&ended.read_at)
                .execute(&mut *tx)
                .await?;
        }
        let counts = portion.counts(created, updated);
        let mut advance = sqlx::query(statements::ADVANCE);
        let mut advance_table = sqlx::query(statements::ADVANCE_TABLE).bind(target.run).bind(entity);
        for count in numbers(counts) {
            advance = advance.bind(count);
            advance_table = advance_table.bind(count);
        }
        advance.bind(target.run).execute(&mut *tx).await?;
        advance_table.execute(&mut *tx).await?;
        tx.commit().await?;
        self.staged.extend(staged);
        Ok(counts)
    }

    pub(super) async fn derive(&mut self) -> Result<u64> {
        let mut tx = self.connection.begin().await?;
        let mut written = 0;
        for sql in derived::ALL {
            written += sqlx::query(sql).bind(self.target.scope).execute(&mut *tx).await?.rows_affected();
        }
        tx.commit().await?;
        Ok(written)
    }
}

/// How many rows were created and updated.
async fn write(
    connection: &mut PgConnection,
    target: Target,
    rows: &RowBatch,
    text: &mut String,
) -> Result<(u64, u64)> {
    sqlx::raw_sql(merge::BY_KEY).execute(&mut *connection).await?;
    text.clear();
    let repeated = merge::copy_text(target, rows, text);
    let mut copy = connection.copy_in_raw(&merge::copy(rows)).await?;
    copy.send(text.as_bytes()).await?;
    copy.finish().await?;
    let updated = sqlx::query(AssertSqlSafe(merge::update(rows))).execute(&mut *connection).await?;
    let created = sqlx::query(AssertSqlSafe(merge::insert(rows))).execute(&mut *connection).await?;
    // A row that came twice was written once, and is told as a change of the first.
    Ok((created.rows_affected(), updated.rows_affected() + repeated))
}
