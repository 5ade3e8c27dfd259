//! The tables `sync_changes` and `sync_failures`: what a run did, and what it refused.

use model::plan::{FieldChange, Refusal};
use model::{DealField, Text};
use sqlx::any::AnyArguments;
use sqlx::{Arguments, AssertSqlSafe, Row};

use crate::sql::CHUNK;
use crate::{Batch, Error, Result, Store};

/// A change, as stored.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeRow {
    /// The service's id of the record.
    pub external_id: Option<String>,
    /// The deal.
    pub deal_id: Option<i64>,
    /// The client's name.
    pub client: Option<String>,
    /// `create` or `update`.
    pub action: String,
    /// Why.
    pub reason: String,
    /// JSON list of [`FieldChange`].
    pub fields: String,
}

impl ChangeRow {
    /// The JSON of a list of field changes.
    pub fn fields_json(fields: &[FieldChange]) -> String {
        // Writing strings, numbers and dates to memory cannot fail.
        serde_json::to_string(fields).unwrap_or_default()
    }
}

/// A refused record, as stored.
#[derive(Clone, Debug, PartialEq)]
pub struct FailureRow {
    /// The service's id of the record.
    pub external_id: Option<String>,
    /// The deal.
    pub deal_id: Option<i64>,
    /// The client's name.
    pub client: Option<String>,
    /// Why, and what to do.
    pub refusal: Refusal,
    /// JSON object: what the record held, by CRM field.
    pub payload: Option<String>,
}

/// Whose changes: a run's, which happened, or a plan's, which may.
#[derive(Clone, Copy)]
pub(crate) enum Whose {
    Run(i64),
    Plan(i64),
}

impl Whose {
    /// The table of changes, that of refused records, the column that tells whose, and its value.
    fn tables(self) -> (&'static str, &'static str, &'static str, i64) {
        match self {
            Whose::Run(id) => ("sync_changes", "sync_failures", "run_id", id),
            Whose::Plan(id) => ("sync_plan_changes", "sync_plan_failures", "plan_id", id),
        }
    }
}

impl Store {
    /// Changes of a run, in the order they happened.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn changes(&self, run_id: i64, limit: u32, offset: u32) -> Result<Vec<ChangeRow>> {
        self.changes_of(Whose::Run(run_id), limit, offset).await
    }

    /// The deals that an import created and that are still there, by id.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn deals_created_by(&self, run_id: i64) -> Result<Vec<i64>> {
        let sql = "select distinct d.id from sync_changes c join deals d on d.id = c.deal_id \
                   where c.run_id = $1 and c.action = 'create' order by d.id";
        Ok(sqlx::query_scalar(sql).bind(run_id).fetch_all(&self.read).await?)
    }

    /// How many these are, and how many of them have changed since they were created.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn count_created_by(&self, run_id: i64) -> Result<(u64, u64)> {
        let sql = "select count(distinct d.id), count(distinct case when d.updated_at <> d.created_at then d.id end) \
                   from sync_changes c join deals d on d.id = c.deal_id where c.run_id = $1 and c.action = 'create'";
        let row = sqlx::query(sql).bind(run_id).fetch_one(&self.read).await?;
        let (there, changed): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
        Ok((there.unsigned_abs(), changed.unsigned_abs()))
    }

    pub(crate) async fn changes_of(&self, whose: Whose, limit: u32, offset: u32) -> Result<Vec<ChangeRow>> {
        let (table, _, column, id) = whose.tables();
        let sql = format!(
            "select external_id, deal_id, client, action, reason, fields from {table} where {column} = $1 \
             order by id limit $2 offset $3"
        );
        let rows = sqlx::query(AssertSqlSafe(sql))
            .bind(id)
            .bind(i64::from(limit))
            .bind(i64::from(offset))
            .fetch_all(&self.read)
            .await?;
        rows.iter()
            .map(|row| {
                Ok(ChangeRow {
                    external_id: row.try_get(0)?,
                    deal_id: row.try_get(1)?,
                    client: row.try_get(2)?,
                    action: row.try_get(3)?,
                    reason: row.try_get(4)?,
                    fields: row.try_get(5)?,
                })
            })
            .collect()
    }

    /// Refused records of a run, in the order they came.
    ///
    /// # Errors
    /// The database does not answer, or a row is not what this program writes.
    pub async fn failures(&self, run_id: i64, limit: u32, offset: u32) -> Result<Vec<FailureRow>> {
        self.failures_of(Whose::Run(run_id), limit, offset).await
    }

    pub(crate) async fn failures_of(&self, whose: Whose, limit: u32, offset: u32) -> Result<Vec<FailureRow>> {
        let (_, table, column, id) = whose.tables();
        let sql = format!(
            "select external_id, deal_id, client, code, field, message, payload from {table} where {column} = $1 \
             order by id limit $2 offset $3"
        );
        let rows = sqlx::query(AssertSqlSafe(sql))
            .bind(id)
            .bind(i64::from(limit))
            .bind(i64::from(offset))
            .fetch_all(&self.read)
            .await?;
        rows.iter()
            .map(|row| {
                let field: Option<String> = row.try_get(4)?;
                let message: String = row.try_get(5)?;
                let text: Text = serde_json::from_str(&message)
                    .map_err(|_| Error::Corrupt { what: "failure message", value: message })?;
                Ok(FailureRow {
                    external_id: row.try_get(0)?,
                    deal_id: row.try_get(1)?,
                    client: row.try_get(2)?,
                    refusal: Refusal {
                        code: row.try_get(3)?,
                        field: field.as_deref().and_then(DealField::from_key),
                        text,
                    },
                    payload: row.try_get(6)?,
                })
            })
            .collect()
    }
}

impl Batch {
    /// Keeps the changes a run made at that moment.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn add_changes(&mut self, run_id: i64, changes: &[ChangeRow], at: &str) -> Result<()> {
        self.add_changes_of(Whose::Run(run_id), changes, Some(at)).await
    }

    /// `at` is when they happened: those of a plan have not.
    pub(crate) async fn add_changes_of(
        &mut self,
        whose: Whose,
        changes: &[ChangeRow],
        at: Option<&str>,
    ) -> Result<()> {
        let (table, _, column, id) = whose.tables();
        let (moment, places) = if at.is_some() { (", at", 8) } else { ("", 7) };
        let failed = |e| Error::Database(sqlx::Error::Encode(e));
        for changes in changes.chunks(CHUNK) {
            let sql = format!(
                "insert into {table} ({column}, external_id, deal_id, client, action, reason, fields{moment}) values {}",
                self.dialect.rows(changes.len(), &["?"; 8][..places])
            );
            let mut arguments = AnyArguments::default();
            for change in changes {
                arguments.add(id).map_err(failed)?;
                arguments.add(change.external_id.as_deref()).map_err(failed)?;
                arguments.add(change.deal_id).map_err(failed)?;
                arguments.add(change.client.as_deref()).map_err(failed)?;
                arguments.add(change.action.as_str()).map_err(failed)?;
                arguments.add(change.reason.as_str()).map_err(failed)?;
                arguments.add(change.fields.as_str()).map_err(failed)?;
                if let Some(at) = at {
                    arguments.add(at).map_err(failed)?;
                }
            }
            sqlx::query_with(AssertSqlSafe(sql), arguments).execute(&mut *self.tx).await?;
        }
        Ok(())
    }

    /// Keeps the refused records of a run.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn add_failures(&mut self, run_id: i64, failures: &[FailureRow]) -> Result<()> {
        self.add_failures_of(Whose::Run(run_id), failures).await
    }

    pub(crate) async fn add_failures_of(&mut self, whose: Whose, failures: &[FailureRow]) -> Result<()> {
        let (_, table, column, id) = whose.tables();
        let sql = format!(
            "insert into {table} ({column}, external_id, deal_id, client, code, field, message, payload) \
             values ($1, $2, $3, $4, $5, $6, $7, $8)"
        );
        for failure in failures {
            sqlx::query(AssertSqlSafe(sql.clone()))
                .bind(id)
                .bind(failure.external_id.as_deref())
                .bind(failure.deal_id)
                .bind(failure.client.as_deref())
                .bind(failure.refusal.code.as_str())
                .bind(failure.refusal.field.map(DealField::key))
                .bind(serde_json::json!(failure.refusal.text).to_string())
                .bind(failure.payload.as_deref())
                .execute(&mut *self.tx)
                .await?;
        }
        Ok(())
    }
}
