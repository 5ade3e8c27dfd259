//! The table `api_tokens`: words that programs enter with.
//!
//! A token is 256 random bits, so nobody guesses it from its SHA-256: a slow hash, as passwords need one, would
//! only make every call slow.

use model::access::{Role, Scope};
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::users::role;
use crate::{Batch, Error, Result, Store};

/// A word that programs enter with, and who made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiTokenRow {
    /// Its id.
    pub id: i64,
    /// Who made it: it may no more than they may.
    pub user_id: i64,
    /// Their name.
    pub member: String,
    /// What they may do.
    pub role: Role,
    /// What people call it.
    pub name: String,
    /// What it is good for.
    pub scope: Scope,
    /// Its first letters.
    pub hint: String,
    /// When it was made.
    pub created_at: String,
    /// When it was last used, to the minute.
    pub used_at: Option<String>,
}

/// A token that is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewApiToken {
    /// Who makes it.
    pub user_id: i64,
    /// What people are to call it.
    pub name: String,
    /// What it is to be good for.
    pub scope: Scope,
    /// Its first letters.
    pub hint: String,
    /// The hash of all of it.
    pub hash: String,
}

const SELECT: &str = "select t.id, t.user_id, u.name as member, u.role, t.name, t.scope, t.hint, t.created_at, \
                      t.used_at from api_tokens t join users u on u.id = t.user_id";

impl Store {
    /// The token with that hash.
    ///
    /// # Errors
    /// The database does not answer, or a row is not what this program writes.
    pub async fn api_token(&self, hash: &str) -> Result<Option<ApiTokenRow>> {
        let sql = format!("{SELECT} where t.hash = $1");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(hash).fetch_optional(&self.read).await?;
        row.as_ref().map(token).transpose()
    }

    /// Somebody's tokens, or everybody's, newest first.
    ///
    /// # Errors
    /// As [`Store::api_token`].
    pub async fn api_tokens(&self, user_id: Option<i64>) -> Result<Vec<ApiTokenRow>> {
        let sql = format!("{SELECT} where $1 = 0 or t.user_id = $1 order by t.id desc");
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(user_id.unwrap_or_default())
            .fetch_all(&self.read)
            .await?;
        rows.iter().map(token).collect()
    }
}

impl Batch {
    /// Keeps a new token; returns its id.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn add_api_token(&mut self, new: &NewApiToken, now: &str) -> Result<i64> {
        let id = sqlx::query_scalar(
            "insert into api_tokens (user_id, name, scope, hint, hash, created_at) \
             values ($1, $2, $3, $4, $5, $6) returning id",
        )
        .bind(new.user_id)
        .bind(&new.name)
        .bind(new.scope.word())
        .bind(&new.hint)
        .bind(&new.hash)
        .bind(now)
        .fetch_one(&mut *self.tx)
        .await?;
        Ok(id)
    }

    /// Notes when a token was used.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn touch_api_token(&mut self, id: i64, now: &str) -> Result<()> {
        sqlx::query("update api_tokens set used_at = $2 where id = $1")
            .bind(id)
            .bind(now)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Makes a token worthless.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn delete_api_token(&mut self, id: i64) -> Result<()> {
        sqlx::query("delete from api_tokens where id = $1").bind(id).execute(&mut *self.tx).await?;
        Ok(())
    }
}

fn token(row: &AnyRow) -> Result<ApiTokenRow> {
    let scope: String = row.try_get("scope")?;
    Ok(ApiTokenRow {
        id: row.try_get("id")?,
        user_id: row.try_get("user_id")?,
        member: row.try_get("member")?,
        role: role(row.try_get("role")?)?,
        name: row.try_get("name")?,
        scope: Scope::from_word(&scope).ok_or(Error::Corrupt { what: "scope", value: scope })?,
        hint: row.try_get("hint")?,
        created_at: row.try_get("created_at")?,
        used_at: row.try_get("used_at")?,
    })
}
