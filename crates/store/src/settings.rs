//! The table `crm_settings`: what people set for the CRM as a whole, by name.

use crate::{Batch, Result, Store};

impl Store {
    /// What a setting was set to, if it ever was.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn setting(&self, name: &str) -> Result<Option<String>> {
        let query = sqlx::query_scalar("select value from crm_settings where name = $1").bind(name);
        Ok(query.fetch_optional(&self.read).await?)
    }
}

impl Batch {
    /// Sets it.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn put_setting(&mut self, name: &str, value: &str) -> Result<()> {
        sqlx::query(
            "insert into crm_settings (name, value) values ($1, $2) \
             on conflict (name) do update set value = excluded.value",
        )
        .bind(name)
        .bind(value)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }
}
