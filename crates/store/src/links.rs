//! The tables `sync_scopes` and `sync_links`: which record of a service is which deal.
//!
//! A link holds within a scope: connection, container and stream. Pointed at another table, a
//! connection begins with no links and finds them again if it comes back.

use sqlx::any::AnyArguments;
use sqlx::{AnyConnection, Arguments, AssertSqlSafe, Row};

use crate::sql::{CHUNK, Dialect, count};
use crate::{Batch, Error, Result, Store};

/// A record of a service and its deal.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The service's id of the record.
    pub external_id: String,
    /// The deal.
    pub deal_id: i64,
    /// JSON of [`model::DealValues`]: what both sides are taken to have held when they were last seen
    /// together.
    pub content: String,
}

/// Where links hold: a connection, a container and a stream, known to the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope(pub(crate) i64);

impl Store {
    /// The scope of that name, made known if it is new.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn scope(&self, name: &str) -> Result<Scope> {
        if let Some(scope) = self.find_scope(name).await? {
            return Ok(scope);
        }
        let mut batch = self.begin().await?;
        // Somebody may have been faster: the update that changes nothing makes the row come back.
        let id = sqlx::query_scalar(
            "insert into sync_scopes (scope) values ($1) \
             on conflict (scope) do update set scope = excluded.scope returning id",
        )
        .bind(name)
        .fetch_one(&mut *batch.tx)
        .await?;
        batch.commit().await?;
        Ok(Scope(id))
    }

    /// The scope of that name, if it is known.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn find_scope(&self, name: &str) -> Result<Option<Scope>> {
        let known = sqlx::query_scalar("select id from sync_scopes where scope = $1").bind(name);
        let id: Option<i64> = known.fetch_optional(&self.read).await?;
        Ok(id.map(Scope))
    }

    /// The records of a scope whose ids fit a pattern, as `like` understands it.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn linked_ids(&self, scope: Scope, pattern: &str) -> Result<Vec<String>> {
        let ids = "select external_id from sync_links where scope_id = $1 and external_id like $2";
        Ok(sqlx::query_scalar(ids).bind(scope.0).bind(pattern).fetch_all(&self.read).await?)
    }

    /// The links of these records that exist.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn links(&self, scope: Scope, external_ids: &[&str]) -> Result<Vec<Link>> {
        found(self.dialect, &mut *self.read.acquire().await?, scope, external_ids).await
    }

    /// The deals that are linked in a scope and in no other, by id.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn deals_linked_only_in(&self, scope: Scope) -> Result<Vec<i64>> {
        let ids = "select deal_id from sync_links here where scope_id = $1 and not exists \
                   (select 1 from sync_links l where l.deal_id = here.deal_id and l.scope_id <> $1) order by deal_id";
        Ok(sqlx::query_scalar(ids).bind(scope.0).fetch_all(&self.read).await?)
    }

    /// How many links a scope has.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn link_count(&self, scope: Scope) -> Result<u64> {
        let links = sqlx::query_scalar("select count(*) from sync_links where scope_id = $1").bind(scope.0);
        Ok(count(links.fetch_one(&self.read).await?))
    }
}

/// The links of these records that exist.
async fn found(
    dialect: Dialect,
    on: &mut AnyConnection,
    scope: Scope,
    external_ids: &[&str],
) -> Result<Vec<Link>> {
    let mut links = Vec::with_capacity(external_ids.len());
    for ids in external_ids.chunks(CHUNK) {
        let sql = format!(
            "select external_id, deal_id, content from sync_links where scope_id = {} and external_id in ({})",
            dialect.one(1),
            dialect.list(2, ids.len())
        );
        let mut query = sqlx::query(AssertSqlSafe(sql)).bind(scope.0);
        for id in ids {
            query = query.bind(*id);
        }
        for row in query.fetch_all(&mut *on).await? {
            links.push(Link {
                external_id: row.try_get(0)?,
                deal_id: row.try_get(1)?,
                content: row.try_get(2)?,
            });
        }
    }
    Ok(links)
}

impl Batch {
    /// The links of these records that exist. Until the end of this batch none comes back with a deal that was
    /// deleted ([`Batch::bring_back`]): a record without a link stays one.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn links(&mut self, scope: Scope, external_ids: &[&str]) -> Result<Vec<Link>> {
        // On SQLite nobody else writes now anyway.
        if self.dialect == Dialect::Postgres {
            sqlx::query("lock table sync_links in row share mode").execute(&mut *self.tx).await?;
        }
        found(self.dialect, &mut self.tx, scope, external_ids).await
    }

    /// Stores links. Within a scope a deal has one record and a record one deal.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn put_links(&mut self, scope: Scope, links: &[Link]) -> Result<()> {
        for links in links.chunks(CHUNK) {
            let sql = format!(
                "insert into sync_links (scope_id, external_id, deal_id, content) values {} \
                 on conflict (scope_id, external_id) do update set deal_id = excluded.deal_id, content = excluded.content",
                self.dialect.rows(links.len(), &["?", "?", "?", "?"])
            );
            let mut arguments = AnyArguments::default();
            let failed = |e| Error::Database(sqlx::Error::Encode(e));
            for link in links {
                arguments.add(scope.0).map_err(failed)?;
                arguments.add(link.external_id.as_str()).map_err(failed)?;
                arguments.add(link.deal_id).map_err(failed)?;
                arguments.add(link.content.as_str()).map_err(failed)?;
            }
            sqlx::query_with(AssertSqlSafe(sql), arguments).execute(&mut *self.tx).await?;
        }
        Ok(())
    }

    /// Forgets every link of a scope, those of deleted deals too: nothing may bring them back.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn unlink_all(&mut self, scope: Scope) -> Result<()> {
        for sql in
            ["delete from sync_links where scope_id = $1", "delete from deleted_links where scope_id = $1"]
        {
            sqlx::query(sql).bind(scope.0).execute(&mut *self.tx).await?;
        }
        Ok(())
    }

    /// Forgets the link of a deal, whose record is no longer there.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn unlink_deal(&mut self, scope: Scope, deal_id: i64) -> Result<()> {
        sqlx::query("delete from sync_links where scope_id = $1 and deal_id = $2")
            .bind(scope.0)
            .bind(deal_id)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }
}
