//! The tables `sync_plans` and `sync_plan_changes`: previews, kept so that they can be applied.

use model::Direction;
use sqlx::Row;

use crate::changes::Whose;
use crate::{Batch, ChangeRow, Error, FailureRow, Result, Store};

/// A stored preview.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanRow {
    /// Its id.
    pub id: i64,
    /// The connection.
    pub provider: String,
    /// Which way.
    pub direction: Direction,
    /// JSON: what the preview counted, and what there is to know; `None` while it is being made.
    pub account: Option<String>,
    /// The run that applied it, if one did.
    pub applied_run_id: Option<i64>,
}

impl Store {
    /// One plan.
    ///
    /// # Errors
    /// The database does not answer, or the row is not what this program writes.
    pub async fn plan(&self, id: i64) -> Result<Option<PlanRow>> {
        let sql = "select id, provider, direction, account, applied_run_id from sync_plans where id = $1";
        let row = sqlx::query(sql).bind(id).fetch_optional(&self.read).await?;
        row.map(|row| {
            let direction: String = row.try_get(2)?;
            Ok(PlanRow {
                id: row.try_get(0)?,
                provider: row.try_get(1)?,
                direction: Direction::from_word(&direction)
                    .ok_or(Error::Corrupt { what: "direction", value: direction })?,
                account: row.try_get(3)?,
                applied_run_id: row.try_get(4)?,
            })
        })
        .transpose()
    }

    /// Changes of a plan, in the order they would happen.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn plan_changes(&self, plan_id: i64, limit: u32, offset: u32) -> Result<Vec<ChangeRow>> {
        self.changes_of(Whose::Plan(plan_id), limit, offset).await
    }

    /// Records that a plan would refuse, in the order they came.
    ///
    /// # Errors
    /// As [`Store::failures`].
    pub async fn plan_failures(&self, plan_id: i64, limit: u32, offset: u32) -> Result<Vec<FailureRow>> {
        self.failures_of(Whose::Plan(plan_id), limit, offset).await
    }
}

impl Batch {
    /// Begins a plan.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn insert_plan(&mut self, provider: &str, direction: Direction, now: &str) -> Result<i64> {
        let id = sqlx::query_scalar(
            "insert into sync_plans (provider, direction, created_at) values ($1, $2, $3) returning id",
        )
        .bind(provider)
        .bind(direction.word())
        .bind(now)
        .fetch_one(&mut *self.tx)
        .await?;
        Ok(id)
    }

    /// Adds changes to a plan.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn add_plan_changes(&mut self, plan_id: i64, changes: &[ChangeRow]) -> Result<()> {
        self.add_changes_of(Whose::Plan(plan_id), changes, None).await
    }

    /// Adds records that a plan would refuse.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn add_plan_failures(&mut self, plan_id: i64, failures: &[FailureRow]) -> Result<()> {
        self.add_failures_of(Whose::Plan(plan_id), failures).await
    }

    /// Keeps the account of a plan that is whole.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn finish_plan(&mut self, plan_id: i64, account: &str) -> Result<()> {
        sqlx::query("update sync_plans set account = $2 where id = $1")
            .bind(plan_id)
            .bind(account)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Forgets a plan that could not be made.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn delete_plan(&mut self, plan_id: i64) -> Result<()> {
        sqlx::query("delete from sync_plans where id = $1").bind(plan_id).execute(&mut *self.tx).await?;
        Ok(())
    }

    /// Forgets the plans of a connection that were begun before one instant or after the other.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn delete_plans_outside(&mut self, provider: &str, from: &str, to: &str) -> Result<()> {
        sqlx::query("delete from sync_plans where provider = $1 and (created_at < $2 or created_at > $3)")
            .bind(provider)
            .bind(from)
            .bind(to)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Notes which run applies a plan, unless another one did before.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn mark_applied(&mut self, plan_id: i64, run_id: i64) -> Result<()> {
        sqlx::query("update sync_plans set applied_run_id = $2 where id = $1 and applied_run_id is null")
            .bind(plan_id)
            .bind(run_id)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }
}
