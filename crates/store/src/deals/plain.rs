//! Fills in what a search looks in, for deals that were written without it: by an earlier version, or by hand.

use model::fold::plain;
use sqlx::Row;

use crate::{Result, Store};

/// How many deals are dealt with at a time.
const PORTION: i64 = 1_000;

impl Store {
    /// Fills it in for every deal that lacks it; quick when none does.
    pub(crate) async fn fill_plain_texts(&self) -> Result<()> {
        loop {
            let mut batch = self.begin().await?;
            let rows = sqlx::query(
                "select id, client, notes from deals where client_plain is null order by id limit $1",
            )
            .bind(PORTION)
            .fetch_all(&mut *batch.tx)
            .await?;
            if rows.is_empty() {
                return Ok(());
            }
            for row in &rows {
                let (client, notes): (String, Option<String>) =
                    (row.try_get("client")?, row.try_get("notes")?);
                sqlx::query("update deals set client_plain = $1, notes_plain = $2 where id = $3")
                    .bind(plain(client.trim()))
                    .bind(notes.as_deref().map(plain))
                    .bind(row.try_get::<i64, _>("id")?)
                    .execute(&mut *batch.tx)
                    .await?;
            }
            batch.commit().await?;
        }
    }
}
