//! What the runs of sources did: their rows of `sync_logs`, and table by table those of `run_tables`.

use model::Text;
use model::canonical::Entity;
use model::run::Counts;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

use crate::sql::{count, entity, number, numbered};
use crate::{Batch, Error, Result, Scope, Store};

/// What a run did with one canonical table.
#[derive(Clone, Debug, PartialEq)]
pub struct RunTableRow {
    /// The run.
    pub run_id: i64,
    /// The table.
    pub entity: Entity,
    /// What became of its rows.
    pub counts: Counts,
    /// Files and tables of the source that could not be read.
    pub faults: Vec<Text>,
    /// What to know although they were.
    pub warnings: Vec<Text>,
    /// Where and why the first row was refused.
    pub refusal: Option<Text>,
}

impl RunTableRow {
    /// A table of which there is nothing to say yet.
    pub fn new(run_id: i64, entity: Entity) -> RunTableRow {
        let (faults, warnings) = (Vec::new(), Vec::new());
        RunTableRow { run_id, entity, counts: Counts::default(), faults, warnings, refusal: None }
    }

    /// Whether there is nothing to say but its counts.
    pub fn is_plain(&self) -> bool {
        self.faults.is_empty() && self.warnings.is_empty() && self.refusal.is_none()
    }
}

/// All runs of sources that have ended.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LoadSummary {
    /// How many there are.
    pub ended: u64,
    /// Those that went through, some rows refused or none.
    pub successful: u64,
    /// How many seconds one took on average; 0 when there is none.
    pub average_seconds: f64,
}

/// What all runs brought into one canonical table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableTotal {
    /// The table.
    pub entity: Entity,
    /// Rows created, updated or found as they should be.
    pub synced: u64,
    /// Rows refused.
    pub failed: u64,
    /// Files and tables of sources that could not be read.
    pub faults: u64,
    /// Warnings given.
    pub warnings: u64,
}

impl Store {
    /// How many runs of sources there are, of one connection or of all.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn load_count(&self, provider: Option<&str>) -> Result<u64> {
        let sql = "select count(*) from sync_logs where subject = 'tables' and ($1 = '' or provider = $1)";
        let runs = sqlx::query_scalar(sql).bind(provider.unwrap_or("")).fetch_one(&self.read).await?;
        Ok(count(runs))
    }

    /// What these runs did, table by table in the order in which tables are loaded.
    ///
    /// # Errors
    /// The database does not answer, or a row is not what this program writes.
    pub async fn run_tables(&self, run_ids: &[i64]) -> Result<Vec<RunTableRow>> {
        if run_ids.is_empty() {
            return Ok(Vec::new());
        }
        let sql = format!(
            "select run_id, entity, processed, created, updated, unchanged, failed, faults, warnings, refusal \
             from run_tables where run_id in ({})",
            numbered(1, run_ids.len())
        );
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for id in run_ids {
            query = query.bind(*id);
        }
        let mut tables: Vec<RunTableRow> =
            query.fetch_all(&self.read).await?.iter().map(table).collect::<Result<_>>()?;
        tables.sort_by_key(|table| (table.run_id, table.entity));
        Ok(tables)
    }

    /// How all runs of sources went.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn load_summary(&self) -> Result<LoadSummary> {
        let sql = format!(
            "select count(*), coalesce(sum(case when status in ('success', 'partial') then 1 else 0 end), 0), \
             cast(coalesce(avg({}), 0) as double precision) from sync_logs \
             where subject = 'tables' and completed_at is not null",
            self.dialect.seconds("started_at", "completed_at")
        );
        let row = sqlx::query(AssertSqlSafe(sql)).fetch_one(&self.read).await?;
        Ok(LoadSummary {
            ended: count(row.try_get(0)?),
            successful: count(row.try_get(1)?),
            average_seconds: row.try_get(2)?,
        })
    }

    /// What all runs brought, table by table.
    ///
    /// # Errors
    /// The database does not answer, or a row is not what this program writes.
    pub async fn table_totals(&self) -> Result<Vec<TableTotal>> {
        let rows = sqlx::query(
            "select entity, cast(sum(processed - failed) as bigint), cast(sum(failed) as bigint), \
             cast(sum(fault_count) as bigint), cast(sum(warning_count) as bigint) from run_tables group by entity",
        )
        .fetch_all(&self.read)
        .await?;
        let number = |row: &AnyRow, place| -> Result<u64> { Ok(count(row.try_get(place)?)) };
        rows.iter()
            .map(|row| {
                Ok(TableTotal {
                    entity: entity(row.try_get(0)?)?,
                    synced: number(row, 1)?,
                    failed: number(row, 2)?,
                    faults: number(row, 3)?,
                    warnings: number(row, 4)?,
                })
            })
            .collect()
    }
}

impl Batch {
    /// Adds to what a run did with one table what there is to say about it. The counts are those of its
    /// portions and are left as they are.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn describe_table(&mut self, table: &RunTableRow) -> Result<()> {
        sqlx::query(
            "insert into run_tables (run_id, entity, faults, warnings, refusal, fault_count, warning_count) \
             values ($1, $2, $3, $4, $5, $6, $7) on conflict (run_id, entity) do update \
             set faults = excluded.faults, warnings = excluded.warnings, refusal = excluded.refusal, \
             fault_count = excluded.fault_count, warning_count = excluded.warning_count",
        )
        .bind(table.run_id)
        .bind(table.entity.table())
        .bind(serde_json::json!(table.faults).to_string())
        .bind(serde_json::json!(table.warnings).to_string())
        .bind(table.refusal.as_ref().map(|text| serde_json::json!(text).to_string()))
        .bind(number(table.faults.len() as u64))
        .bind(number(table.warnings.len() as u64))
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Forgets what was read of a table, so that the next run reads it again.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn forget_marks(&mut self, scope: Scope, entity: Entity) -> Result<()> {
        sqlx::query("delete from source_files where scope_id = $1 and entity = $2")
            .bind(scope.0)
            .bind(entity.table())
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Forgets what was read of every table.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn forget_all_marks(&mut self, scope: Scope) -> Result<()> {
        sqlx::query("delete from source_files where scope_id = $1")
            .bind(scope.0)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Forgets what was read of the files and tables of which a run refused rows.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn forget_refused_marks(&mut self, scope: Scope, run_id: i64) -> Result<()> {
        sqlx::query(
            "delete from source_files where scope_id = $1 and exists (select 1 from refused_rows r \
             where r.run_id = $2 and r.entity = source_files.entity and r.source = source_files.name)",
        )
        .bind(scope.0)
        .bind(run_id)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Deletes every row a connection brought, and what was read of it. Returns how many rows there were.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn delete_rows(&mut self, scope: Scope) -> Result<u64> {
        let mut deleted = 0;
        for entity in Entity::ALL {
            let sql = format!("delete from {} where scope_id = $1", entity.table());
            let done = sqlx::query(AssertSqlSafe(sql)).bind(scope.0).execute(&mut *self.tx).await?;
            deleted += done.rows_affected();
        }
        self.forget_all_marks(scope).await?;
        Ok(deleted)
    }
}

fn table(row: &AnyRow) -> Result<RunTableRow> {
    let number = |name: &str| -> Result<u64> { Ok(count(row.try_get::<i64, _>(name)?)) };
    let list = |name: &'static str| -> Result<Vec<Text>> {
        let text: String = row.try_get(name)?;
        serde_json::from_str(&text).map_err(|_| Error::Corrupt { what: name, value: text })
    };
    let refusal: Option<String> = row.try_get("refusal")?;
    Ok(RunTableRow {
        run_id: row.try_get("run_id")?,
        entity: entity(row.try_get("entity")?)?,
        counts: Counts {
            processed: number("processed")?,
            created: number("created")?,
            updated: number("updated")?,
            unchanged: number("unchanged")?,
            failed: number("failed")?,
        },
        faults: list("faults")?,
        warnings: list("warnings")?,
        refusal: refusal
            .map(|text| {
                serde_json::from_str(&text).map_err(|_| Error::Corrupt { what: "refusal", value: text })
            })
            .transpose()?,
    })
}
