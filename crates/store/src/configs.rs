//! The table `connector_configs`: one row per configured connection.

use std::collections::BTreeMap;

use model::canonical::ColumnMapping;
use model::recipe::Recipes;
use model::rule::Rule;
use model::{Destination, StreamSchema, Text};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::sql::json;
use crate::{Batch, Result, Store};

/// A connection's settings. The secret stays sealed until [`Store::secret`] opens it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConfigRow {
    /// Its number; 0 before it is stored.
    pub id: i64,
    /// The connection's unique name.
    pub provider: String,
    /// The kind of connector; `None` where the name tells it.
    pub connector_type: Option<String>,
    /// Whether a token is stored.
    pub has_token: bool,
    /// The base (or database) id.
    pub base_id: Option<String>,
    /// The table's name or id.
    pub table_name: Option<String>,
    /// What else the connector's form holds, by key.
    pub settings: BTreeMap<String, String>,
    /// CRM field → service field; `None` while the default mapping serves.
    pub field_mapping: Option<BTreeMap<String, String>>,
    /// The person's own words for a status → CRM status.
    pub status_words: BTreeMap<String, String>,
    /// Whether syncs may run.
    pub is_active: bool,
    /// The built-in simulator answers instead of the service.
    pub sandbox: bool,
    /// The stream as last discovered.
    pub stream: Option<StreamSchema>,
    /// What was mapped by hand: canonical table → field → column.
    pub column_mapping: BTreeMap<String, ColumnMapping>,
    /// How the last test of a source went.
    pub last_check: Option<CheckRow>,
    /// What people call it; its name where nobody gave it a title.
    pub title: Option<String>,
    /// Where its rows go, where its kind does not decide it.
    pub destination: Option<Destination>,
    /// How the fields of the destination are made.
    pub recipes: Recipes,
    /// What its rows must hold.
    pub rules: Vec<Rule>,
    /// The column that tells the rows of a dataset apart; `None` where nobody chose one.
    pub key_column: Option<String>,
    /// When it was made; empty for those made before this was kept.
    pub created_at: String,
    /// When it was last saved.
    pub updated_at: String,
}

/// How a test went.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckRow {
    /// Whether it passed.
    pub success: bool,
    /// When.
    pub at: String,
    /// What was found, or what is wrong.
    pub message: Text,
    /// What to do about it.
    pub hint: Option<Text>,
}

const COLUMNS: &str = "provider, connector_type, case when api_token is null then 0 else 1 end as has_token, base_id, table_name, \
                       settings, field_mapping, status_words, is_active, sandbox, stream, column_mapping, \
                       last_check, title, destination, recipes, rules, key_column, \
                       coalesce(created_at, '') as created_at, id, updated_at";

impl Store {
    /// Every configured connection, by name.
    ///
    /// # Errors
    /// The database does not answer, or a row is not what this program writes.
    pub async fn configs(&self) -> Result<Vec<ConfigRow>> {
        let sql = format!("select {COLUMNS} from connector_configs order by provider");
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(&self.read).await?;
        rows.iter().map(config).collect()
    }

    /// One connection, if it was ever configured.
    ///
    /// # Errors
    /// As [`Store::configs`].
    pub async fn config(&self, provider: &str) -> Result<Option<ConfigRow>> {
        let sql = format!("select {COLUMNS} from connector_configs where provider = $1");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(provider).fetch_optional(&self.read).await?;
        row.as_ref().map(config).transpose()
    }

    /// One connection by its number.
    ///
    /// # Errors
    /// As [`Store::configs`].
    pub async fn config_by_id(&self, id: i64) -> Result<Option<ConfigRow>> {
        let sql = format!("select {COLUMNS} from connector_configs where id = $1");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id).fetch_optional(&self.read).await?;
        row.as_ref().map(config).transpose()
    }

    /// A connection's token, opened; `None` where none is stored.
    ///
    /// # Errors
    /// [`Error::Sealed`](crate::Error::Sealed) when the keys at hand do not open it.
    pub async fn secret(&self, provider: &str) -> Result<Option<SecretString>> {
        let row = sqlx::query("select api_token from connector_configs where provider = $1")
            .bind(provider)
            .fetch_optional(&self.read)
            .await?;
        let token: Option<String> = row.map(|r| r.try_get(0)).transpose()?.flatten();
        token.map(|t| self.keys.open(provider, &t)).transpose()
    }
}

impl Batch {
    /// Stores a connection's settings, all but its token.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn put_config(&mut self, config: &ConfigRow) -> Result<()> {
        sqlx::query(
            "insert into connector_configs \
             (provider, base_id, table_name, settings, field_mapping, status_words, is_active, sandbox, stream, \
             updated_at, connector_type, column_mapping, title, destination, recipes, rules, key_column, \
             created_at) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) \
             on conflict (provider) do update set base_id = excluded.base_id, table_name = excluded.table_name, \
             settings = excluded.settings, field_mapping = excluded.field_mapping, \
             status_words = excluded.status_words, is_active = excluded.is_active, sandbox = excluded.sandbox, \
             stream = excluded.stream, updated_at = excluded.updated_at, \
             connector_type = excluded.connector_type, column_mapping = excluded.column_mapping, \
             title = excluded.title, destination = excluded.destination, recipes = excluded.recipes, \
             rules = excluded.rules, key_column = excluded.key_column",
        )
        .bind(&config.provider)
        .bind(config.base_id.clone())
        .bind(config.table_name.clone())
        .bind(serde_json::json!(config.settings).to_string())
        .bind(config.field_mapping.as_ref().map(|m| serde_json::json!(m).to_string()))
        .bind(serde_json::json!(config.status_words).to_string())
        .bind(i64::from(config.is_active))
        .bind(i64::from(config.sandbox))
        .bind(config.stream.as_ref().map(|s| serde_json::json!(s).to_string()))
        .bind(&config.updated_at)
        .bind(config.connector_type.clone())
        .bind(serde_json::json!(config.column_mapping).to_string())
        .bind(config.title.clone())
        .bind(config.destination.as_ref().map(|d| serde_json::json!(d).to_string()))
        .bind(serde_json::json!(config.recipes).to_string())
        .bind(serde_json::json!(config.rules).to_string())
        .bind(config.key_column.clone())
        .bind(if config.created_at.is_empty() { &config.updated_at } else { &config.created_at })
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Keeps how a test went.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn put_check(&mut self, provider: &str, check: &CheckRow) -> Result<()> {
        sqlx::query("update connector_configs set last_check = $2 where provider = $1")
            .bind(provider)
            .bind(serde_json::json!(check).to_string())
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Forgets a connection, its token, its schedule and what was granted to it included. What its runs
    /// brought and told stays.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn delete_config(&mut self, provider: &str) -> Result<()> {
        for sql in [
            "delete from connector_configs where provider = $1",
            "delete from schedules where provider = $1",
            "delete from budgets where provider = $1",
        ] {
            sqlx::query(sql).bind(provider).execute(&mut *self.tx).await?;
        }
        self.delete_hint(provider).await?;
        self.forget_grant(provider).await
    }

    /// Seals and stores a connection's token, or removes it. What was granted to the old one is forgotten.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn put_secret(
        &mut self,
        store: &Store,
        provider: &str,
        secret: Option<&SecretString>,
    ) -> Result<()> {
        let sealed = match secret {
            Some(secret) => Some(self.seal(store, provider, secret).await?),
            None => None,
        };
        sqlx::query("update connector_configs set api_token = $2 where provider = $1")
            .bind(provider)
            .bind(sealed)
            .execute(&mut *self.tx)
            .await?;
        self.forget_grant(provider).await
    }
}

fn config(row: &AnyRow) -> Result<ConfigRow> {
    Ok(ConfigRow {
        id: row.try_get("id")?,
        provider: row.try_get("provider")?,
        connector_type: row.try_get("connector_type")?,
        has_token: row.try_get::<i64, _>("has_token")? == 1,
        base_id: row.try_get("base_id")?,
        table_name: row.try_get("table_name")?,
        settings: json(row.try_get("settings")?, "settings")?.unwrap_or_default(),
        field_mapping: json(row.try_get("field_mapping")?, "field_mapping")?,
        status_words: json(row.try_get("status_words")?, "status_words")?.unwrap_or_default(),
        is_active: row.try_get::<i64, _>("is_active")? != 0,
        sandbox: row.try_get::<i64, _>("sandbox")? != 0,
        stream: json(row.try_get("stream")?, "stream")?,
        column_mapping: json(row.try_get("column_mapping")?, "column_mapping")?.unwrap_or_default(),
        last_check: json(row.try_get("last_check")?, "last_check")?,
        title: row.try_get("title")?,
        destination: json(row.try_get("destination")?, "destination")?,
        recipes: json(row.try_get("recipes")?, "recipes")?.unwrap_or_default(),
        rules: json(row.try_get("rules")?, "rules")?.unwrap_or_default(),
        key_column: row.try_get("key_column")?,
        created_at: row.try_get("created_at")?,
        updated_at: row.try_get("updated_at")?,
    })
}
