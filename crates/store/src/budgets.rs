//! The table `budgets`: what services said last is left of a connection's allowances of requests.

use model::Budget;

use crate::sql::json;
use crate::{Batch, Result, Store};

impl Store {
    /// What is known of a connection; nothing where its service never said anything.
    ///
    /// # Errors
    /// The database does not answer, or the row is not what this program writes.
    pub async fn budgets(&self, provider: &str) -> Result<Vec<Budget>> {
        let said = sqlx::query_scalar("select said from budgets where provider = $1");
        let said = said.bind(provider).fetch_optional(&self.read).await?;
        Ok(json(said, "budgets.said")?.unwrap_or_default())
    }
}

impl Batch {
    /// Keeps what a connection's service said last.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn put_budgets(&mut self, provider: &str, said: &[Budget]) -> Result<()> {
        sqlx::query(
            "insert into budgets (provider, said) values ($1, $2) \
             on conflict (provider) do update set said = excluded.said",
        )
        .bind(provider)
        .bind(serde_json::json!(said).to_string())
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }
}
