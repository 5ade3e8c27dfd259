//! Rows written into the version that is being made.

use std::collections::HashMap;

use model::run::Counts;
use sqlx::any::AnyArguments;
use sqlx::{Arguments, AssertSqlSafe, Row};

use super::read::CURRENT;
use super::seen::Seen;
use crate::sql::{CHUNK, Dialect, count};
use crate::{Batch, Error, Result, Store};

/// Keys looked up in one statement: a whole page as services give them.
const KEYS: usize = 1_000;

/// A row to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRow {
    /// What tells it apart.
    pub key: String,
    /// A JSON object, as it came.
    pub content: String,
    /// Tells contents apart.
    pub hash: i64,
    /// The version for which it was read, where that was an earlier run: what was read of its key since then
    /// is newer, and stays.
    pub read_for: Option<i64>,
}

/// A version that is being written, and which rows were shown for it.
#[derive(Clone, Debug)]
pub struct Writing {
    pub(super) dataset_id: i64,
    /// The version that is being written.
    pub version: i64,
    next_place: i64,
    pub(super) seen: Seen,
    /// How many rows had the key of one before them.
    pub repeated: u64,
    /// How many rows stay as they are although this reading did not bring them.
    pub kept: u64,
}

/// What is known of a row that is there.
struct Known {
    id: i64,
    place: i64,
    hash: i64,
    since: i64,
}

impl Store {
    /// Begins the next version of a dataset, or goes on with what an earlier run left of it.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn dataset_writing(&self, dataset_id: i64) -> Result<Writing> {
        let row = sqlx::query(
            "select version, (select coalesce(max(place), 0) from dataset_rows where dataset_id = $1) \
             from datasets where id = $1",
        )
        .bind(dataset_id)
        .fetch_one(&self.read)
        .await?;
        let (version, last): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
        Ok(Writing {
            dataset_id,
            version: version + 1,
            next_place: last + 1,
            seen: Seen::default(),
            repeated: 0,
            kept: 0,
        })
    }
}

impl Writing {
    /// How many rows that are stored were shown.
    pub fn shown(&self) -> u64 {
        self.seen.count()
    }

    fn new_place(&mut self) -> i64 {
        let place = self.next_place;
        self.next_place += 1;
        place
    }
}

impl Batch {
    /// Writes a page of rows. A row with the same content is not written. Of rows with one key the last is
    /// right, and told as a change of the one before.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn put_dataset_rows(&mut self, writing: &mut Writing, rows: &[NewRow]) -> Result<Counts> {
        let last: HashMap<&str, usize> =
            rows.iter().enumerate().map(|(i, row)| (row.key.as_str(), i)).collect();
        let keys: Vec<&str> = rows.iter().map(|row| row.key.as_str()).collect();
        let known = self.known_rows(writing.dataset_id, &keys).await?;
        let mut counts = Counts { processed: rows.len() as u64, ..Counts::default() };
        let (mut closed, mut written) = (Vec::new(), Vec::new());
        // A new row has its place where its key first came, however pages are put together.
        let mut new_places: HashMap<&str, i64> = HashMap::new();
        for (i, row) in rows.iter().enumerate() {
            if last.get(row.key.as_str()) != Some(&i) {
                counts.updated += 1;
                writing.repeated += 1;
                if !known.contains_key(&row.key) {
                    new_places.entry(&row.key).or_insert_with(|| writing.new_place());
                }
                continue;
            }
            let Some(there) = known.get(&row.key) else {
                let place = new_places.get(row.key.as_str()).copied().unwrap_or_else(|| writing.new_place());
                writing.seen.is_new(place);
                counts.created += 1;
                written.push((row, place));
                continue;
            };
            if !writing.seen.is_new(there.place) {
                writing.repeated += 1;
            }
            let is_newer = row.read_for.is_some_and(|version| there.since >= version);
            if is_newer || there.hash == row.hash {
                counts.unchanged += 1;
                continue;
            }
            counts.updated += 1;
            if there.since == writing.version {
                self.replace_row(there.id, row).await?;
            } else {
                closed.push(there.id);
                written.push((row, there.place));
            }
        }
        self.close_rows(writing.version, &closed).await?;
        self.insert_rows(writing, &written).await?;
        Ok(counts)
    }

    /// Leaves the rows with these keys as they are, although the reading did not bring them in.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn keep_dataset_rows(&mut self, writing: &mut Writing, keys: &[&str]) -> Result<()> {
        for known in self.known_rows(writing.dataset_id, keys).await?.values() {
            writing.kept += u64::from(writing.seen.is_new(known.place));
        }
        Ok(())
    }

    async fn known_rows(&mut self, dataset_id: i64, keys: &[&str]) -> Result<HashMap<String, Known>> {
        let mut known = HashMap::with_capacity(keys.len());
        if keys.is_empty() {
            return Ok(known);
        }
        if self.dialect == Dialect::Postgres {
            // What the engine knows of the table's size lags behind while it grows, and would have it read
            // the whole table for every page.
            sqlx::raw_sql("set local enable_seqscan = off").execute(&mut *self.tx).await?;
        }
        for keys in keys.chunks(KEYS) {
            let sql = format!(
                "select row_key, id, place, content_hash, since_version from dataset_rows \
                 where dataset_id = {} and until_version is null and row_key in ({})",
                self.dialect.one(1),
                self.dialect.list(2, keys.len())
            );
            let mut arguments = AnyArguments::default();
            arguments.add(dataset_id).map_err(encode)?;
            for key in keys {
                arguments.add(*key).map_err(encode)?;
            }
            for row in sqlx::query_with(AssertSqlSafe(sql), arguments).fetch_all(&mut *self.tx).await? {
                let there = Known {
                    id: row.try_get(1)?,
                    place: row.try_get(2)?,
                    hash: row.try_get(3)?,
                    since: row.try_get(4)?,
                };
                known.insert(row.try_get(0)?, there);
            }
        }
        Ok(known)
    }

    async fn insert_rows(&mut self, writing: &Writing, rows: &[(&NewRow, i64)]) -> Result<()> {
        for rows in rows.chunks(CHUNK) {
            let sql = format!(
                "insert into dataset_rows (dataset_id, row_key, place, content_hash, content, since_version) \
                 values {}",
                self.dialect.rows(rows.len(), &["?"; 6])
            );
            let mut arguments = AnyArguments::default();
            for (row, place) in rows {
                arguments.add(writing.dataset_id).map_err(encode)?;
                arguments.add(row.key.as_str()).map_err(encode)?;
                arguments.add(*place).map_err(encode)?;
                arguments.add(row.hash).map_err(encode)?;
                arguments.add(row.content.as_str()).map_err(encode)?;
                arguments.add(writing.version).map_err(encode)?;
            }
            sqlx::query_with(AssertSqlSafe(sql), arguments).execute(&mut *self.tx).await?;
        }
        Ok(())
    }

    /// Changes a row of the version that is being written; nobody has seen it yet.
    async fn replace_row(&mut self, id: i64, row: &NewRow) -> Result<()> {
        sqlx::query("update dataset_rows set content = $2, content_hash = $3 where id = $1")
            .bind(id)
            .bind(row.content.as_str())
            .bind(row.hash)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Ends rows with the version before this one.
    pub(super) async fn close_rows(&mut self, version: i64, ids: &[i64]) -> Result<u64> {
        let mut closed = 0;
        for ids in ids.chunks(KEYS) {
            let sql = format!(
                "update dataset_rows set until_version = {} where id in ({})",
                self.dialect.one(1),
                self.dialect.list(2, ids.len())
            );
            let mut arguments = AnyArguments::default();
            arguments.add(version).map_err(encode)?;
            for id in ids {
                arguments.add(*id).map_err(encode)?;
            }
            let done = sqlx::query_with(AssertSqlSafe(sql), arguments).execute(&mut *self.tx).await?;
            closed += done.rows_affected();
        }
        Ok(closed)
    }

    /// How many rows the version that is being written has so far.
    pub(super) async fn current_count(&mut self, dataset_id: i64) -> Result<u64> {
        let rows = sqlx::query_scalar(CURRENT).bind(dataset_id).fetch_one(&mut *self.tx).await?;
        Ok(count(rows))
    }
}

pub(super) fn encode(error: sqlx::error::BoxDynError) -> Error {
    Error::Database(sqlx::Error::Encode(error))
}
