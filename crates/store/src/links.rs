//! The table `sync_links`: which record of a service is which deal.
//!
//! A link holds within a scope: connection, container and stream. Pointed at another table, a
//! connection begins with no links and finds them again if it comes back.

use sqlx::any::AnyArguments;
use sqlx::{Arguments, AssertSqlSafe, Row};

use crate::sql::{CHUNK, count};
use crate::{Batch, Error, Result, Store};

/// A record of a service and its deal.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The service's id of the record.
    pub external_id: String,
    /// The deal.
    pub deal_id: i64,
    /// JSON of [`model::DealValues`]: what the service held when both sides were last seen together.
    pub content: String,
}

impl Store {
    /// How many links a scope has.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn link_count(&self, scope: &str) -> Result<u64> {
        let links = sqlx::query_scalar("select count(*) from sync_links where scope = $1").bind(scope);
        Ok(count(links.fetch_one(&self.read).await?))
    }
}

impl Batch {
    /// The links of these records that exist.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn links(&mut self, scope: &str, external_ids: &[&str]) -> Result<Vec<Link>> {
        let mut links = Vec::with_capacity(external_ids.len());
        for ids in external_ids.chunks(CHUNK) {
            let sql = format!(
                "select external_id, deal_id, content from sync_links where scope = {} and external_id in ({})",
                self.dialect.one(1),
                self.dialect.list(2, ids.len())
            );
            let mut query = sqlx::query(AssertSqlSafe(sql)).bind(scope);
            for id in ids {
                query = query.bind(*id);
            }
            for row in query.fetch_all(&mut *self.tx).await? {
                links.push(Link {
                    external_id: row.try_get(0)?,
                    deal_id: row.try_get(1)?,
                    content: row.try_get(2)?,
                });
            }
        }
        Ok(links)
    }

    /// Stores links. Within a scope a deal has one record and a record one deal.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn put_links(&mut self, scope: &str, links: &[Link]) -> Result<()> {
        for links in links.chunks(CHUNK) {
            let sql = format!(
                "insert into sync_links (scope, external_id, deal_id, content) values {} \
                 on conflict (scope, external_id) do update set deal_id = excluded.deal_id, content = excluded.content",
                self.dialect.rows(links.len(), &["?", "?", "?", "?"])
            );
            let mut arguments = AnyArguments::default();
            let failed = |e| Error::Database(sqlx::Error::Encode(e));
            for link in links {
                arguments.add(scope).map_err(failed)?;
                arguments.add(link.external_id.as_str()).map_err(failed)?;
                arguments.add(link.deal_id).map_err(failed)?;
                arguments.add(link.content.as_str()).map_err(failed)?;
            }
            sqlx::query_with(AssertSqlSafe(sql), arguments).execute(&mut *self.tx).await?;
        }
        Ok(())
    }

    /// Forgets the link of a deal, whose record is no longer there.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn unlink_deal(&mut self, scope: &str, deal_id: i64) -> Result<()> {
        sqlx::query("delete from sync_links where scope = $1 and deal_id = $2")
            .bind(scope)
            .bind(deal_id)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }
}
