//! The table `sessions`: browsers somebody has logged in with.
//!
//! What the browser's cookie holds is kept as its hash: whoever reads the table cannot enter.

use model::access::Role;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::users::role;
use crate::{Batch, Result, Store};

/// A browser somebody has logged in with, and who they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    /// Its id: not what the cookie holds.
    pub id: i64,
    /// Whose it is.
    pub user_id: i64,
    /// Their name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// What the browser said of itself.
    pub browser: String,
    /// Where it was last seen.
    pub address: String,
    /// When they logged in.
    pub created_at: String,
    /// When it was last seen, to the minute.
    pub seen_at: String,
}

/// A session that begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSession {
    /// The hash of what the cookie holds.
    pub key_hash: String,
    /// Whose it is.
    pub user_id: i64,
    /// What the browser said of itself.
    pub browser: String,
    /// Where it comes from.
    pub address: String,
}

/// A session lives while it began after one instant and was seen after another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Living {
    /// The earliest beginning.
    pub begun_after: String,
    /// The earliest last sight.
    pub seen_after: String,
}

const SELECT: &str = "select s.id, s.user_id, u.name, u.role, s.browser, s.address, s.created_at, s.seen_at \
                      from sessions s join users u on u.id = s.user_id";

impl Store {
    /// The living session with that hash.
    ///
    /// # Errors
    /// The database does not answer, or a row is not what this program writes.
    pub async fn session(&self, key_hash: &str, living: &Living) -> Result<Option<SessionRow>> {
        let sql = format!("{SELECT} where s.key_hash = $1 and s.created_at > $2 and s.seen_at > $3");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(key_hash)
            .bind(&living.begun_after)
            .bind(&living.seen_after)
            .fetch_optional(&self.read)
            .await?;
        row.as_ref().map(session).transpose()
    }

    /// Somebody's living sessions, the one that was seen last first.
    ///
    /// # Errors
    /// As [`Store::session`].
    pub async fn sessions(&self, user_id: i64, living: &Living) -> Result<Vec<SessionRow>> {
        let sql = format!(
            "{SELECT} where s.user_id = $1 and s.created_at > $2 and s.seen_at > $3 order by s.seen_at desc, s.id desc"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(user_id)
            .bind(&living.begun_after)
            .bind(&living.seen_after)
            .fetch_all(&self.read)
            .await?;
        rows.iter().map(session).collect()
    }
}

impl Batch {
    /// Begins a session; `false` when there is one with that hash already.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn add_session(&mut self, new: &NewSession, now: &str) -> Result<bool> {
        let done = sqlx::query(
            "insert into sessions (key_hash, user_id, browser, address, created_at, seen_at) \
             values ($1, $2, $3, $4, $5, $5) on conflict (key_hash) do nothing",
        )
        .bind(&new.key_hash)
        .bind(new.user_id)
        .bind(&new.browser)
        .bind(&new.address)
        .bind(now)
        .execute(&mut *self.tx)
        .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Notes where and when a session was seen.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn touch_session(&mut self, id: i64, address: &str, now: &str) -> Result<()> {
        sqlx::query("update sessions set address = $2, seen_at = $3 where id = $1")
            .bind(id)
            .bind(address)
            .bind(now)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Ends the session with that hash.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn end_session(&mut self, key_hash: &str) -> Result<()> {
        sqlx::query("delete from sessions where key_hash = $1").bind(key_hash).execute(&mut *self.tx).await?;
        Ok(())
    }

    /// Ends one of somebody's sessions; `false` when they have none of that id.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn revoke_session(&mut self, user_id: i64, id: i64) -> Result<bool> {
        let done = sqlx::query("delete from sessions where user_id = $1 and id = $2")
            .bind(user_id)
            .bind(id)
            .execute(&mut *self.tx)
            .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Forgets the sessions that are over.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn forget_sessions(&mut self, living: &Living) -> Result<()> {
        sqlx::query("delete from sessions where created_at <= $1 or seen_at <= $2")
            .bind(&living.begun_after)
            .bind(&living.seen_after)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }
}

fn session(row: &AnyRow) -> Result<SessionRow> {
    Ok(SessionRow {
        id: row.try_get("id")?,
        user_id: row.try_get("user_id")?,
        name: row.try_get("name")?,
        role: role(row.try_get("role")?)?,
        browser: row.try_get("browser")?,
        address: row.try_get("address")?,
        created_at: row.try_get("created_at")?,
        seen_at: row.try_get("seen_at")?,
    })
}
