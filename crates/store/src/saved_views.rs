//! The table `saved_views`: filters of deals under a name.

use sqlx::Row;
use sqlx::any::AnyRow;

use crate::sql::count;
use crate::{Batch, Result, Store};

/// A view somebody keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedViewRow {
    /// Its id.
    pub id: i64,
    /// Its name, of which everybody has one.
    pub name: String,
    /// The query of its address, in its normal form.
    pub query: String,
    /// When it was last saved.
    pub saved_at: String,
}

/// Whose views: a member's, or those of whoever need not log in.
const THEIRS: &str = "coalesce(user_id, 0) = $1";

impl Store {
    /// Somebody's views, the oldest first; those of nobody where one need not log in.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn saved_views(&self, user_id: Option<i64>) -> Result<Vec<SavedViewRow>> {
        let sql = format!("select id, name, query, saved_at from saved_views where {THEIRS} order by id");
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(user_id.unwrap_or(0));
        rows.fetch_all(&self.read).await?.iter().map(view).collect()
    }
}

impl Batch {
    /// Keeps a view, in the place of the one of that name. `None` when there are `most` others already.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn save_view(
        &mut self,
        user_id: Option<i64>,
        name: &str,
        query: &str,
        now: &str,
        most: u64,
    ) -> Result<Option<SavedViewRow>> {
        let saved = sqlx::query(
            "insert into saved_views (user_id, name, query, saved_at) values ($1, $2, $3, $4) \
             on conflict (coalesce(user_id, 0), name) do update set query = excluded.query, saved_at = excluded.saved_at \
             returning id, name, query, saved_at",
        )
        .bind(user_id)
        .bind(name)
        .bind(query)
        .bind(now)
        .fetch_one(&mut *self.tx)
        .await?;
        let sql = format!("select count(*) from saved_views where {THEIRS}");
        let there = sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).bind(user_id.unwrap_or(0));
        let there = count(there.fetch_one(&mut *self.tx).await?);
        if there > most { Ok(None) } else { view(&saved).map(Some) }
    }

    /// Gives a member the views that were kept while nobody had to log in.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn adopt_views(&mut self, user_id: i64) -> Result<()> {
        // Where two have the same name, theirs stays.
        sqlx::query(
            "update saved_views set user_id = $1 where user_id is null and name not in \
             (select name from saved_views where user_id = $1)",
        )
        .bind(user_id)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Forgets one of somebody's views. False when it is none of theirs.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn delete_view(&mut self, user_id: Option<i64>, id: i64) -> Result<bool> {
        let sql = format!("delete from saved_views where {THEIRS} and id = $2");
        let gone = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(user_id.unwrap_or(0)).bind(id);
        Ok(gone.execute(&mut *self.tx).await?.rows_affected() > 0)
    }
}

fn view(row: &AnyRow) -> Result<SavedViewRow> {
    Ok(SavedViewRow {
        id: row.try_get(0)?,
        name: row.try_get(1)?,
        query: row.try_get(2)?,
        saved_at: row.try_get(3)?,
    })
}
