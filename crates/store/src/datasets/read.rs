//! The rows of a version, piece by piece, and what differs between two versions.
//!
//! Whoever filters or sorts reads every row: such looks go the way of those into the canonical tables, and the
//! readers of the pool stay free.

use sqlx::Row;

use super::write::Writing;
use crate::canonical::{DataValue, Holds, Question};
use crate::sql::{count, numbered};
use crate::{Result, Store};

/// A row of a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRow {
    /// Its place among the rows.
    pub place: i64,
    /// What tells it apart.
    pub key: String,
    /// A JSON object, as it came.
    pub content: String,
}

/// A row of the version that is being written, without what it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CurrentRow {
    /// Its number.
    pub(super) id: i64,
    /// Its place among the rows.
    pub place: i64,
    /// The version since which it is as it is.
    pub since: i64,
}

/// A row that differs between a version and the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DifferenceRow {
    /// What tells it apart.
    pub key: String,
    /// What the version before holds; `None` when it is new.
    pub before: Option<String>,
    /// What the version holds; `None` when it is gone.
    pub after: Option<String>,
}

/// A part of the version `$2` of the dataset `$1`. Rows are looked up by their place: the plus keeps the
/// engine from looking up all rows of earlier versions and sorting them.
const PART: &str = "from dataset_rows where dataset_id = $1 and +since_version <= $2 \
                    and (until_version is null or until_version > $2)";

/// How many rows the version of the dataset `$1` has that is being written, counted on the index of its keys.
pub(super) const CURRENT: &str =
    "select count(*) from dataset_rows where dataset_id = $1 and until_version is null and row_key >= ''";

impl Store {
    /// The rows of a version after a place, at most `limit`, in their order.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn dataset_rows_after(
        &self,
        dataset_id: i64,
        version: i64,
        place: i64,
        limit: u32,
    ) -> Result<Vec<StoredRow>> {
        let sql = format!("select place, row_key, content {PART} and place > $3 order by place limit $4");
        let values = [dataset_id, version, place, i64::from(limit)].map(DataValue::Int).to_vec();
        self.stored_rows(Question { sql, values }).await
    }

    /// A part of the rows of a version, in their order.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn dataset_rows_part(
        &self,
        dataset_id: i64,
        version: i64,
        limit: u32,
        offset: u64,
    ) -> Result<Vec<StoredRow>> {
        let offset = i64::try_from(offset).unwrap_or(i64::MAX);
        let sql = format!("select place, row_key, content {PART} order by place limit $3 offset $4");
        let values = [dataset_id, version, i64::from(limit), offset].map(DataValue::Int).to_vec();
        self.stored_rows(Question { sql, values }).await
    }

    /// The rows of a version at these places, in any order.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn dataset_rows_at(
        &self,
        dataset_id: i64,
        version: i64,
        places: &[i64],
    ) -> Result<Vec<StoredRow>> {
        if places.is_empty() {
            return Ok(Vec::new());
        }
        let list = numbered(3, places.len());
        let sql = format!("select place, row_key, content {PART} and place in ({list})");
        let values = [dataset_id, version].iter().chain(places).copied().map(DataValue::Int).collect();
        self.stored_rows(Question { sql, values }).await
    }

    async fn stored_rows(&self, question: Question) -> Result<Vec<StoredRow>> {
        let rows = self.ask(question, vec![Holds::Int, Holds::Text, Holds::Text]).await?;
        let row = |row: Vec<DataValue>| match <[DataValue; 3]>::try_from(row) {
            Ok([DataValue::Int(place), DataValue::Text(key), DataValue::Text(content)]) => {
                Some(StoredRow { place, key, content })
            }
            // The columns are never null.
            _ => None,
        };
        Ok(rows.into_iter().filter_map(row).collect())
    }

    /// The rows that differ between a version and the one before, in their order.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn dataset_differences(
        &self,
        dataset_id: i64,
        version: i64,
        limit: u32,
        offset: u32,
    ) -> Result<Vec<DifferenceRow>> {
        let rows = sqlx::query(
            "select new.row_key, new.place, old.content, new.content from dataset_rows new \
             left join dataset_rows old on old.dataset_id = $1 and old.place = new.place \
             and +old.until_version = $2 where new.dataset_id = $1 and new.since_version = $2 \
             union all \
             select old.row_key, old.place, old.content, null from dataset_rows old \
             where old.dataset_id = $1 and old.until_version = $2 and not exists (select 1 from dataset_rows new \
             where new.dataset_id = $1 and new.place = old.place and +new.since_version = $2) \
             order by 2 limit $3 offset $4",
        )
        .bind(dataset_id)
        .bind(version)
        .bind(i64::from(limit))
        .bind(i64::from(offset))
        .fetch_all(&self.read)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(DifferenceRow { key: row.try_get(0)?, before: row.try_get(2)?, after: row.try_get(3)? })
            })
            .collect()
    }

    /// How many rows the version that is being written has.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn dataset_current_count(&self, writing: &Writing) -> Result<u64> {
        let rows = sqlx::query_scalar(CURRENT).bind(writing.dataset_id).fetch_one(&self.read).await?;
        Ok(count(rows))
    }

    /// The rows of the version that is being written which the reading has not shown.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn dataset_rows_not_shown(&self, writing: &Writing) -> Result<Vec<CurrentRow>> {
        const PIECE: usize = 20_000;
        let mut not_shown = Vec::new();
        let mut after = 0;
        loop {
            let sql = "select id, place, since_version from dataset_rows where dataset_id = $1 \
                       and until_version is null and place > $2 order by place limit $3";
            let values = [writing.dataset_id, after, PIECE as i64].map(DataValue::Int).to_vec();
            let rows = self.ask(Question { sql: sql.to_owned(), values }, vec![Holds::Int; 3]).await?;
            let is_last = rows.len() < PIECE;
            for row in rows {
                if let [DataValue::Int(id), DataValue::Int(place), DataValue::Int(since)] = row[..] {
                    after = place;
                    if !writing.seen.holds(place) {
                        not_shown.push(CurrentRow { id, place, since });
                    }
                }
            }
            if is_last {
                return Ok(not_shown);
            }
        }
    }
}
