//! Every column that holds sealed values, and what is in them.

use sqlx::{Any, Executor, Row};

use crate::{Batch, Result, Store, consents, grants, hints, webhooks};

/// A column of sealed values.
struct Column {
    table: &'static str,
    /// Tells its rows apart.
    row: &'static str,
    /// What the place is made of that a value is sealed for.
    named_by: &'static str,
    column: &'static str,
    place: fn(&str) -> String,
}

/// All of them. What is missing here would not survive another key; a test looks for it.
static COLUMNS: [Column; 5] = [
    Column {
        table: "connector_configs",
        row: "provider",
        named_by: "provider",
        column: "api_token",
        place: str::to_owned,
    },
    Column {
        table: "oauth_grants",
        row: "provider",
        named_by: "provider",
        column: "tokens",
        place: grants::place,
    },
    Column {
        table: "oauth_states",
        row: "state_hash",
        named_by: "provider",
        column: "verifier",
        place: consents::place,
    },
    Column {
        table: "webhooks",
        row: "reference",
        named_by: "reference",
        column: "secret",
        place: webhooks::place,
    },
    Column { table: "hints", row: "provider", named_by: "provider", column: "secret", place: hints::place },
];

/// A sealed value.
pub(crate) struct SealedValue {
    column: &'static Column,
    row: String,
    /// What it is sealed for.
    pub(crate) place: String,
    /// The value, sealed.
    pub(crate) token: String,
}

impl Column {
    async fn values<'e>(&'static self, on: impl Executor<'e, Database = Any>) -> Result<Vec<SealedValue>> {
        let Column { table, row, named_by, column, place } = self;
        let sql = format!(
            "select {row} as id, {named_by} as name, {column} as token from {table} where {column} is not null"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(on).await?;
        rows.iter()
            .map(|found| {
                let name: String = found.try_get("name")?;
                Ok(SealedValue {
                    column: self,
                    row: found.try_get("id")?,
                    place: place(&name),
                    token: found.try_get("token")?,
                })
            })
            .collect()
    }
}

impl Store {
    /// What each sealed value is sealed for that the keys at hand do not open.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn sealed_for_other_keys(&self) -> Result<Vec<String>> {
        let lost = self.sealed_values().await?.into_iter();
        let lost = lost.filter(|value| self.keys.open(&value.place, &value.token).is_err());
        Ok(lost.map(|value| value.place).collect())
    }

    /// Every sealed value.
    pub(crate) async fn sealed_values(&self) -> Result<Vec<SealedValue>> {
        let mut values = Vec::new();
        for column in &COLUMNS {
            values.extend(column.values(&self.read).await?);
        }
        Ok(values)
    }
}

impl Batch {
    /// Every sealed value, as this batch sees them.
    pub(crate) async fn sealed_values(&mut self) -> Result<Vec<SealedValue>> {
        let mut values = Vec::new();
        for column in &COLUMNS {
            values.extend(column.values(&mut *self.tx).await?);
        }
        Ok(values)
    }

    /// Puts a value sealed anew in the place of an earlier one.
    pub(crate) async fn put_sealed(&mut self, value: &SealedValue, token: &str) -> Result<()> {
        let Column { table, row, column, .. } = value.column;
        let sql = format!("update {table} set {column} = $2 where {row} = $1");
        sqlx::query(sqlx::AssertSqlSafe(sql)).bind(&value.row).bind(token).execute(&mut *self.tx).await?;
        Ok(())
    }
}
