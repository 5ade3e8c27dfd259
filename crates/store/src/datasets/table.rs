//! The tables `datasets` and `dataset_versions`.

use model::dataset::{Column, Drift, KeyBy};
use serde::de::DeserializeOwned;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

use crate::sql::count;
use crate::{Batch, Error, Result, Store};

/// A dataset as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct DatasetRow {
    /// Its number.
    pub id: i64,
    /// Its name as people gave it; unique.
    pub name: String,
    /// The connection it belongs to.
    pub provider: String,
    /// What tells its rows apart; `None` before the first run that read rows.
    pub key: Option<KeyBy>,
    /// The version that is shown; 0 before the first.
    pub version: i64,
    /// How many rows that version has.
    pub row_count: u64,
    /// Its columns.
    pub columns: Vec<Column>,
    /// The rows hold texts as people typed them: numbers and dates are looked for in them.
    pub are_texts: bool,
    /// What the next reading may begin after, and a word for the settings it holds for.
    pub mark: Option<(String, String)>,
    /// When it was made.
    pub created_at: String,
    /// When its version moved on.
    pub updated_at: String,
}

/// A version of a dataset.
#[derive(Clone, Debug, PartialEq)]
pub struct VersionRow {
    /// Its number, from 1.
    pub version: i64,
    /// The run that made it.
    pub run_id: i64,
    /// How many rows it has.
    pub row_count: u64,
    /// Rows that the version before did not have.
    pub created: u64,
    /// Rows that changed.
    pub updated: u64,
    /// Rows that only the version before has.
    pub removed: u64,
    /// Its columns.
    pub columns: Vec<Column>,
    /// How they differ from those of the version before.
    pub drift: Vec<Drift>,
    /// When it became visible.
    pub created_at: String,
}

const COLUMNS: &str = "id, name, provider, key_by, version, row_count, columns, are_texts, row_mark, mark_of, created_at, updated_at";

const VERSION_COLUMNS: &str =
    "version, run_id, row_count, created, updated, removed, columns, drift, created_at";

impl Store {
    /// Every dataset, by name.
    ///
    /// # Errors
    /// The database does not answer, or a row is not what this program writes.
    pub async fn datasets(&self) -> Result<Vec<DatasetRow>> {
        let sql = format!("select {COLUMNS} from datasets order by name");
        let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(&self.read).await?;
        rows.iter().map(dataset).collect()
    }

    /// The datasets of a connection, the first one first.
    ///
    /// # Errors
    /// As [`Store::datasets`].
    pub async fn datasets_of(&self, provider: &str) -> Result<Vec<DatasetRow>> {
        let sql = format!("select {COLUMNS} from datasets where provider = $1 order by id");
        let rows = sqlx::query(AssertSqlSafe(sql)).bind(provider).fetch_all(&self.read).await?;
        rows.iter().map(dataset).collect()
    }

    /// One dataset.
    ///
    /// # Errors
    /// As [`Store::datasets`].
    pub async fn dataset(&self, id: i64) -> Result<Option<DatasetRow>> {
        let sql = format!("select {COLUMNS} from datasets where id = $1");
        let row = sqlx::query(AssertSqlSafe(sql)).bind(id).fetch_optional(&self.read).await?;
        row.as_ref().map(dataset).transpose()
    }

    /// The dataset of that name.
    ///
    /// # Errors
    /// As [`Store::datasets`].
    pub async fn dataset_named(&self, name: &str) -> Result<Option<DatasetRow>> {
        let sql = format!("select {COLUMNS} from datasets where name = $1");
        let row = sqlx::query(AssertSqlSafe(sql)).bind(name).fetch_optional(&self.read).await?;
        row.as_ref().map(dataset).transpose()
    }

    /// The versions of a dataset, the newest first.
    ///
    /// # Errors
    /// As [`Store::datasets`].
    pub async fn dataset_versions(&self, id: i64) -> Result<Vec<VersionRow>> {
        let sql = format!(
            "select {VERSION_COLUMNS} from dataset_versions where dataset_id = $1 order by version desc"
        );
        let rows = sqlx::query(AssertSqlSafe(sql)).bind(id).fetch_all(&self.read).await?;
        rows.iter().map(version).collect()
    }

    /// One version of a dataset.
    ///
    /// # Errors
    /// As [`Store::datasets`].
    pub async fn dataset_version(&self, id: i64, number: i64) -> Result<Option<VersionRow>> {
        let sql =
            format!("select {VERSION_COLUMNS} from dataset_versions where dataset_id = $1 and version = $2");
        let row = sqlx::query(AssertSqlSafe(sql)).bind(id).bind(number).fetch_optional(&self.read).await?;
        row.as_ref().map(version).transpose()
    }
}

impl Batch {
    /// The dataset of that name; made empty, for this connection, where there is none.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn dataset_for(&mut self, name: &str, provider: &str, now: &str) -> Result<DatasetRow> {
        sqlx::query(
            "insert into datasets (name, provider, created_at, updated_at) values ($1, $2, $3, $3) \
             on conflict (name) do nothing",
        )
        .bind(name)
        .bind(provider)
        .bind(now)
        .execute(&mut *self.tx)
        .await?;
        let sql = format!("select {COLUMNS} from datasets where name = $1");
        dataset(&sqlx::query(AssertSqlSafe(sql)).bind(name).fetch_one(&mut *self.tx).await?)
    }

    /// Deletes a dataset with all of its versions and rows.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn delete_dataset(&mut self, id: i64) -> Result<()> {
        sqlx::query("delete from datasets where id = $1").bind(id).execute(&mut *self.tx).await?;
        Ok(())
    }
}

fn dataset(row: &AnyRow) -> Result<DatasetRow> {
    let mark: Option<String> = row.try_get("row_mark")?;
    let mark_of: Option<String> = row.try_get("mark_of")?;
    let key: Option<String> = row.try_get("key_by")?;
    Ok(DatasetRow {
        id: row.try_get("id")?,
        name: row.try_get("name")?,
        provider: row.try_get("provider")?,
        key: key.map(|key| json(key, "dataset key")).transpose()?,
        version: row.try_get("version")?,
        row_count: count(row.try_get("row_count")?),
        columns: json(row.try_get("columns")?, "dataset columns")?,
        are_texts: row.try_get::<i64, _>("are_texts")? != 0,
        mark: mark.zip(mark_of),
        created_at: row.try_get("created_at")?,
        updated_at: row.try_get("updated_at")?,
    })
}

fn version(row: &AnyRow) -> Result<VersionRow> {
    let number = |name: &str| -> Result<u64> { Ok(count(row.try_get::<i64, _>(name)?)) };
    Ok(VersionRow {
        version: row.try_get("version")?,
        run_id: row.try_get("run_id")?,
        row_count: number("row_count")?,
        created: number("created")?,
        updated: number("updated")?,
        removed: number("removed")?,
        columns: json(row.try_get("columns")?, "dataset columns")?,
        drift: json(row.try_get("drift")?, "dataset drift")?,
        created_at: row.try_get("created_at")?,
    })
}

pub(super) fn json<T: DeserializeOwned>(text: String, what: &'static str) -> Result<T> {
    serde_json::from_str(&text).map_err(|_| Error::Corrupt { what, value: text })
}
