//! Where deals stand in services: `sync_links`, seen from the deals.

use std::collections::BTreeMap;

use sqlx::{AssertSqlSafe, Row};

use crate::sql::CHUNK;
use crate::{Result, Store};

/// A record that a deal is linked to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DealOriginRow {
    /// The deal.
    pub deal_id: i64,
    /// The name of the scope its link holds in: connection, container, stream.
    pub scope: String,
    /// The record's id there.
    pub external_id: String,
    /// When a run of any connection last changed one by the other; none when its details are forgotten.
    pub changed_at: Option<String>,
}

impl Store {
    /// The records these deals are linked to, by deal and in the order in which their scopes were met.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn deal_origins(&self, deal_ids: &[i64]) -> Result<Vec<DealOriginRow>> {
        let mut origins = Vec::with_capacity(deal_ids.len());
        for ids in deal_ids.chunks(CHUNK) {
            let sql = format!(
                "select l.deal_id, s.scope, l.external_id, \
                 (select max(c.at) from sync_changes c where c.deal_id = l.deal_id and c.external_id = l.external_id) \
                 from sync_links l join sync_scopes s on s.id = l.scope_id where l.deal_id in ({}) \
                 order by l.deal_id, s.id",
                self.dialect.list(1, ids.len())
            );
            let query = ids.iter().fold(sqlx::query(AssertSqlSafe(sql)), |query, id| query.bind(*id));
            for row in query.fetch_all(&self.read).await? {
                origins.push(DealOriginRow {
                    deal_id: row.try_get(0)?,
                    scope: row.try_get(1)?,
                    external_id: row.try_get(2)?,
                    changed_at: row.try_get(3)?,
                });
            }
        }
        Ok(origins)
    }

    /// When the last run of each connection that compared all its deals ended, by the connection's name. Runs
    /// that services ask for look at some records only, and do not count.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn last_comparisons(&self) -> Result<BTreeMap<String, String>> {
        let rows = sqlx::query(
            "select provider, max(completed_at) from sync_logs where subject = 'deals' and cause <> 'service' \
             and status in ('success', 'partial') and completed_at is not null group by provider",
        )
        .fetch_all(&self.read)
        .await?;
        rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
    }
}
