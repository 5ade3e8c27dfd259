//! The table `users`: who may enter.
//!
//! At least one owner with a password stays, once there is one: removals and changes of role that would leave
//! none do nothing.

use model::access::Role;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::sql::Dialect;
use crate::{Batch, Error, Result, Store};

/// Somebody who may enter. What their password is checked against stays in the table until
/// [`Store::password_of`] asks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserRow {
    /// Their id.
    pub id: i64,
    /// What they log in with, in lower case.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Whether they have chosen a password.
    pub has_password: bool,
    /// Until when an invitation that was not accepted yet is good.
    pub invited_until: Option<String>,
    /// When they were made a member.
    pub created_at: String,
}

const COLUMNS: &str = "id, name, role, case when password is null then 0 else 1 end as has_password, \
                       invited_until, created_at";

/// What must hold for a row to lose its role of owner or go: another owner who can log in stays.
const NOT_THE_LAST: &str = "(role <> 'owner' or password is null or exists (select 1 from users o \
                            where o.role = 'owner' and o.password is not null and o.id <> users.id))";

impl Store {
    /// Whether an owner has a password: from then on everybody has to log in.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn has_owner(&self) -> Result<bool> {
        let found = sqlx::query("select 1 from users where role = 'owner' and password is not null limit 1")
            .fetch_optional(&self.read)
            .await?;
        Ok(found.is_some())
    }

    /// Everybody, in the order in which they were made members.
    ///
    /// # Errors
    /// The database does not answer, or a row is not what this program writes.
    pub async fn users(&self) -> Result<Vec<UserRow>> {
        let sql = format!("select {COLUMNS} from users order by id");
        sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(&self.read).await?.iter().map(user).collect()
    }

    /// One of them.
    ///
    /// # Errors
    /// As [`Store::users`].
    pub async fn user(&self, id: i64) -> Result<Option<UserRow>> {
        let sql = format!("select {COLUMNS} from users where id = $1");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id).fetch_optional(&self.read).await?;
        row.as_ref().map(user).transpose()
    }

    /// The one of that name, in lower case.
    ///
    /// # Errors
    /// As [`Store::users`].
    pub async fn user_named(&self, name: &str) -> Result<Option<UserRow>> {
        let sql = format!("select {COLUMNS} from users where name = $1");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(name).fetch_optional(&self.read).await?;
        row.as_ref().map(user).transpose()
    }

    /// What a password is checked against: a PHC string.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn password_of(&self, id: i64) -> Result<Option<String>> {
        let found: Option<Option<String>> = sqlx::query_scalar("select password from users where id = $1")
            .bind(id)
            .fetch_optional(&self.read)
            .await?;
        Ok(found.flatten())
    }

    /// Whom an invitation is for, by the hash of its word, while it is good.
    ///
    /// # Errors
    /// As [`Store::users`].
    pub async fn invited(&self, hash: &str, now: &str) -> Result<Option<UserRow>> {
        let sql = format!("select {COLUMNS} from users where invitation = $1 and invited_until > $2");
        let row =
            sqlx::query(sqlx::AssertSqlSafe(sql)).bind(hash).bind(now).fetch_optional(&self.read).await?;
        row.as_ref().map(user).transpose()
    }
}

impl Batch {
    /// Makes the first owner; `None` when somebody was quicker.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn add_owner(&mut self, name: &str, password: &str, now: &str) -> Result<Option<i64>> {
        self.hold_users().await?;
        let id = sqlx::query_scalar(
            "insert into users (name, role, password, created_at) select $1, 'owner', $2, $3 \
             where not exists (select 1 from users where role = 'owner' and password is not null) returning id",
        )
        .bind(name)
        .bind(password)
        .bind(now)
        .fetch_optional(&mut *self.tx)
        .await?;
        Ok(id)
    }

    /// Makes a member who has no password yet; `None` when the name is taken.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn add_user(&mut self, name: &str, role: Role, now: &str) -> Result<Option<i64>> {
        let id = sqlx::query_scalar(
            "insert into users (name, role, created_at) values ($1, $2, $3) \
             on conflict (name) do nothing returning id",
        )
        .bind(name)
        .bind(role.word())
        .bind(now)
        .fetch_optional(&mut *self.tx)
        .await?;
        Ok(id)
    }

    /// Keeps the hash of the word an invitation leads back with; an earlier one is no longer good.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn put_invitation(&mut self, id: i64, hash: &str, until: &str) -> Result<()> {
        sqlx::query("update users set invitation = $2, invited_until = $3 where id = $1")
            .bind(id)
            .bind(hash)
            .bind(until)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Takes an invitation by the hash of its word: it is found once. Returns whose it was.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn take_invitation(&mut self, hash: &str, now: &str) -> Result<Option<i64>> {
        let id = sqlx::query_scalar(
            "update users set invitation = null, invited_until = null \
             where invitation = $1 and invited_until > $2 returning id",
        )
        .bind(hash)
        .bind(now)
        .fetch_optional(&mut *self.tx)
        .await?;
        Ok(id)
    }

    /// Gives somebody another password; every session of theirs ends, and an invitation is no longer good.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn put_password(&mut self, id: i64, password: &str) -> Result<()> {
        sqlx::query("update users set password = $2, invitation = null, invited_until = null where id = $1")
            .bind(id)
            .bind(password)
            .execute(&mut *self.tx)
            .await?;
        sqlx::query("delete from sessions where user_id = $1").bind(id).execute(&mut *self.tx).await?;
        Ok(())
    }

    /// Gives somebody another role; `false` when that would leave no owner.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn put_role(&mut self, id: i64, role: Role) -> Result<bool> {
        self.hold_users().await?;
        let sql = format!("update users set role = $2 where id = $1 and ($2 = 'owner' or {NOT_THE_LAST})");
        let done =
            sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id).bind(role.word()).execute(&mut *self.tx).await?;
        Ok(done.rows_affected() > 0)
    }

    /// Removes somebody with their sessions and tokens; `false` when that would leave no owner.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn delete_user(&mut self, id: i64) -> Result<bool> {
        self.hold_users().await?;
        let sql = format!("delete from users where id = $1 and {NOT_THE_LAST}");
        let done = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id).execute(&mut *self.tx).await?;
        Ok(done.rows_affected() > 0)
    }

    /// Two owners who remove each other at the same moment take turns; on SQLite every writer does.
    async fn hold_users(&mut self) -> Result<()> {
        if self.dialect == Dialect::Postgres {
            sqlx::query("lock table users in share row exclusive mode").execute(&mut *self.tx).await?;
        }
        Ok(())
    }
}

fn user(row: &AnyRow) -> Result<UserRow> {
    Ok(UserRow {
        id: row.try_get("id")?,
        name: row.try_get("name")?,
        role: role(row.try_get("role")?)?,
        has_password: row.try_get::<i64, _>("has_password")? == 1,
        invited_until: row.try_get("invited_until")?,
        created_at: row.try_get("created_at")?,
    })
}

/// A role as rows hold it.
pub(crate) fn role(word: String) -> Result<Role> {
    Role::from_word(&word).ok_or(Error::Corrupt { what: "role", value: word })
}
