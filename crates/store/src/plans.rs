//! The tables `sync_plans` and `sync_plan_changes`: previews, kept so that they can be applied.

use model::Direction;
use sqlx::Row;

use crate::changes::Owner;
use crate::{Batch, ChangeRow, Error, Result, Store};

/// A stored preview.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanRow {
    /// Its id.
    pub id: i64,
    /// The connection.
    pub provider: String,
    /// Which way.
    pub direction: Direction,
    /// The run that applied it, if one did.
    pub applied_run_id: Option<i64>,
}

impl Store {
    /// One plan.
    ///
    /// # Errors
    /// The database does not answer, or the row is not what this program writes.
    pub async fn plan(&self, id: i64) -> Result<Option<PlanRow>> {
        let row = sqlx::query("select id, provider, direction, applied_run_id from sync_plans where id = $1")
            .bind(id)
            .fetch_optional(&self.read)
            .await?;
        row.map(|row| {
            let direction: String = row.try_get(2)?;
            Ok(PlanRow {
                id: row.try_get(0)?,
                provider: row.try_get(1)?,
                direction: Direction::from_word(&direction)
                    .ok_or(Error::Corrupt { what: "direction", value: direction })?,
                applied_run_id: row.try_get(3)?,
            })
        })
        .transpose()
    }

    /// Changes of a plan, in the order they would happen.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn plan_changes(&self, plan_id: i64, limit: u32, offset: u32) -> Result<Vec<ChangeRow>> {
        self.changes_of(Owner::Plan(plan_id), limit, offset).await
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
        self.add_changes_of(Owner::Plan(plan_id), changes).await
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
