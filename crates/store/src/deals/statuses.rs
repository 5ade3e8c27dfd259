//! The table `deal_statuses`: the history of each deal's status, from which follows how long sales take.

use model::Status;
use sqlx::AssertSqlSafe;

use crate::{Batch, Result};

impl Batch {
    /// Writes the first status of new deals.
    pub(super) async fn begin_statuses(&mut self, ids: &[i64], now: &str) -> Result<()> {
        let sql = format!(
            "insert into deal_statuses (deal_id, statut, since) select id, statut, {} from deals where id in ({})",
            self.dialect.one(1),
            self.dialect.list(2, ids.len())
        );
        let mut query = sqlx::query(AssertSqlSafe(sql)).bind(now);
        for id in ids {
            query = query.bind(*id);
        }
        query.execute(&mut *self.tx).await?;
        Ok(())
    }

    /// Writes the status that a deal is about to take, where it is another one than it has.
    pub(super) async fn follow_status(&mut self, id: i64, status: Status, now: &str) -> Result<()> {
        // Back and forth within a millisecond is told once.
        sqlx::query(
            "insert into deal_statuses (deal_id, statut, since) select id, $1, $2 from deals \
             where id = $3 and statut <> $1 on conflict do nothing",
        )
        .bind(status.word())
        .bind(now)
        .bind(id)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// What `gagne_apres` becomes for a deal that is won at the instant `now`, a place of the statement.
    ///
    /// The first time counts, and only after the deal was seen open: one that came into the CRM already won was
    /// won nobody knows how fast.
    pub(super) fn first_won_after(&self, now: &str) -> String {
        let seconds = self.dialect.seconds("created_at", now);
        let open = open_words();
        format!(
            "coalesce(gagne_apres, case when exists (select 1 from deal_statuses s where s.deal_id = deals.id \
             and s.statut in ({open})) then cast(round({seconds}) as bigint) end)"
        )
    }
}

/// The words of the open statuses, as a list of SQL.
pub(super) fn open_words() -> String {
    let open = Status::ALL.into_iter().filter(|status| status.is_open());
    open.map(|status| format!("'{}'", status.word())).collect::<Vec<_>>().join(", ")
}
