//! The table `sync_seen`: a service's unlinked records while an export looks for partners.
//!
//! They stand in the database and not in memory, so that memory does not grow with the data.

use sqlx::any::AnyArguments;
use sqlx::{Arguments, AssertSqlSafe, Row};

use crate::sql::CHUNK;
use crate::{Batch, Error, Result};

/// A record of the service that no deal is linked to.
#[derive(Clone, Debug, PartialEq)]
pub struct SeenRow {
    /// The service's id of the record.
    pub external_id: String,
    /// Its client's name, as matching sees it.
    pub client_key: String,
    /// When the service says it was last modified (RFC 3339).
    pub modified_at: Option<String>,
    /// JSON of its values.
    pub content: String,
}

impl Batch {
    /// Keeps the unlinked records of a page until the run ends.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn add_seen(&mut self, run_id: i64, rows: &[SeenRow]) -> Result<()> {
        let failed = |e| Error::Database(sqlx::Error::Encode(e));
        for rows in rows.chunks(CHUNK) {
            let sql = format!(
                "insert into sync_seen (run_id, external_id, client_key, modified_at, content) values {} \
                 on conflict do nothing",
                self.dialect.rows(rows.len(), &["?"; 5])
            );
            let mut arguments = AnyArguments::default();
            for row in rows {
                arguments.add(run_id).map_err(failed)?;
                arguments.add(row.external_id.as_str()).map_err(failed)?;
                arguments.add(row.client_key.as_str()).map_err(failed)?;
                arguments.add(row.modified_at.as_deref()).map_err(failed)?;
                arguments.add(row.content.as_str()).map_err(failed)?;
            }
            sqlx::query_with(AssertSqlSafe(sql), arguments).execute(&mut *self.tx).await?;
        }
        Ok(())
    }

    /// The kept records of these clients, in the order of their ids.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn seen(&mut self, run_id: i64, client_keys: &[&str]) -> Result<Vec<SeenRow>> {
        let mut seen = Vec::new();
        for keys in client_keys.chunks(CHUNK) {
            let sql = format!(
                "select external_id, client_key, modified_at, content from sync_seen where run_id = {} \
                 and client_key in ({}) order by external_id",
                self.dialect.one(1),
                self.dialect.list(2, keys.len())
            );
            let mut query = sqlx::query(AssertSqlSafe(sql)).bind(run_id);
            for key in keys {
                query = query.bind(*key);
            }
            for row in query.fetch_all(&mut *self.tx).await? {
                seen.push(SeenRow {
                    external_id: row.try_get(0)?,
                    client_key: row.try_get(1)?,
                    modified_at: row.try_get(2)?,
                    content: row.try_get(3)?,
                });
            }
        }
        Ok(seen)
    }

    /// Forgets the kept records of a run.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn forget_seen(&mut self, run_id: i64) -> Result<()> {
        sqlx::query("delete from sync_seen where run_id = $1").bind(run_id).execute(&mut *self.tx).await?;
        Ok(())
    }
}
