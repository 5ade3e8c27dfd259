//! What runs leave behind beside their row: told for a while, then removed in small portions.
//!
//! A run's row, with its counts and how it ended, stays for ever; so do the links and versions it made. What
//! the last run of a connection left stays too: it is what a person may still want to put right.

use crate::{Batch, Result};

/// How many rows go in one transaction: others who write wait a few milliseconds at most.
const PORTION: u32 = 500;

/// The runs whose details are past their time.
const OLD_RUNS: &str = "select r.id from sync_logs r where r.started_at < $1 and r.status <> 'running' and exists \
                        (select 1 from sync_logs later where later.provider = r.provider \
                        and later.subject = r.subject and later.direction = r.direction and later.id > r.id)";

/// The tables of details, each with an index by run.
const OF_RUNS: [&str; 4] = ["sync_changes", "sync_failures", "refused_rows", "dataset_refusals"];

/// The tables of details of previews, each with an index by plan.
const OF_PLANS: [&str; 2] = ["sync_plan_changes", "sync_plan_failures"];

/// How far the removal has come: a table in which nothing old is left is not looked through again.
#[derive(Clone, Copy, Debug, Default)]
pub struct Forgetting {
    table: usize,
}

impl Forgetting {
    /// Whether nothing old is left in any table.
    pub fn is_over(&self) -> bool {
        // The previews themselves come last.
        self.table > OF_RUNS.len() + OF_PLANS.len()
    }

    /// The statement that removes a portion of the table it has come to.
    fn statement(self) -> Option<String> {
        let of_plans = self.table.checked_sub(OF_RUNS.len());
        if let Some(table) = OF_RUNS.get(self.table) {
            return Some(format!(
                "delete from {table} where id in \
                 (select id from {table} where run_id in ({OLD_RUNS}) limit {PORTION})"
            ));
        }
        if let Some(table) = of_plans.and_then(|index| OF_PLANS.get(index)) {
            return Some(format!(
                "delete from {table} where id in (select id from {table} where plan_id in \
                 (select id from sync_plans where created_at < $1) limit {PORTION})"
            ));
        }
        // Nothing hangs on them any more.
        (!self.is_over()).then(|| {
            format!(
                "delete from sync_plans where id in (select id from sync_plans where created_at < $1 limit {PORTION})"
            )
        })
    }
}

impl Batch {
    /// Removes up to five hundred rows of details of runs that began, and of previews that were made, before
    /// that moment, and notes how far it has come.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn forget_details(&mut self, before: &str, forgetting: &mut Forgetting) -> Result<()> {
        while let Some(sql) = forgetting.statement() {
            let done = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(before).execute(&mut *self.tx).await?;
            if done.rows_affected() > 0 {
                break;
            }
            forgetting.table += 1;
        }
        Ok(())
    }
}
