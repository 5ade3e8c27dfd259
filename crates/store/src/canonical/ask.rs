//! Long looks into the canonical tables and datasets: what is counted or sorted may be a million rows.
//!
//! On SQLite they use a connection of their own, on a thread that may block, which sorts in a file and not
//! in memory; on PostgreSQL the engine's own driver, since the neutral one costs more than the rows. The
//! readers of the pool stay free for everyone else.

use sqlx::postgres::PgRow;
use sqlx::{AssertSqlSafe, Row};

use super::load::Native;
use super::{fold, sqlite};
use crate::{Error, Result, Store};

/// A value as the database holds it.
#[derive(Clone, Debug, PartialEq)]
pub enum DataValue {
    /// Nothing.
    Empty,
    /// Text, or a day.
    Text(String),
    /// Cents, a year, 1 for yes and 0 for no, a count.
    Int(i64),
    /// A number with decimals.
    Real(f64),
}

/// What a column of an answer holds. PostgreSQL wants to be asked for the right one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    Text,
    Int,
    Real,
}

/// A statement with its values, in the order in which the text first names them.
pub(crate) struct Question {
    pub(crate) sql: String,
    pub(crate) values: Vec<DataValue>,
}

impl Store {
    /// The rows of an answer, with these columns.
    pub(crate) async fn ask(&self, question: Question, columns: Vec<Holds>) -> Result<Vec<Vec<DataValue>>> {
        let Question { sql, values } = question;
        let path = match &self.native {
            Native::Sqlite(path) => path.clone(),
            Native::Postgres(pool) => {
                let mut query = sqlx::query(AssertSqlSafe(sql));
                for value in values {
                    query = match value {
                        DataValue::Empty => query.bind(None::<String>),
                        DataValue::Text(text) => query.bind(text),
                        DataValue::Int(number) => query.bind(number),
                        DataValue::Real(number) => query.bind(number),
                    };
                }
                let rows = query.fetch_all(pool).await?;
                return rows.iter().map(|row| read(row, &columns)).collect();
            }
        };
        let asked = tokio::task::spawn_blocking(move || {
            let connection = sqlite::open(&path)?;
            fold::teach(&connection)?;
            let mut statement = connection.prepare(&sql)?;
            let bound: Vec<rusqlite::types::Value> =
                values.into_iter().map(rusqlite::types::Value::from).collect();
            let rows = statement.query_map(rusqlite::params_from_iter(bound), |row| {
                (0..columns.len())
                    .map(|place| Ok(DataValue::from(row.get::<_, rusqlite::types::Value>(place)?)))
                    .collect()
            })?;
            rows.collect::<rusqlite::Result<Vec<Vec<DataValue>>>>()
        });
        Ok(asked.await.map_err(|_| Error::Stopped)??)
    }

    /// The one row of whole numbers that a count answers with.
    pub(super) async fn ask_counts(&self, question: Question, columns: usize) -> Result<Vec<u64>> {
        let rows = self.ask(question, vec![Holds::Int; columns]).await?;
        let count = |value: DataValue| match value {
            DataValue::Int(number) => crate::sql::count(number),
            // The sum of no rows.
            _ => 0,
        };
        Ok(rows.into_iter().next().unwrap_or_default().into_iter().map(count).collect())
    }
}

fn read(row: &PgRow, columns: &[Holds]) -> Result<Vec<DataValue>> {
    let value = |(place, holds): (usize, &Holds)| {
        Ok(match holds {
            Holds::Text => row.try_get::<Option<String>, _>(place)?.map(DataValue::Text),
            Holds::Int => row.try_get::<Option<i64>, _>(place)?.map(DataValue::Int),
            Holds::Real => row.try_get::<Option<f64>, _>(place)?.map(DataValue::Real),
        }
        .unwrap_or(DataValue::Empty))
    };
    columns.iter().enumerate().map(value).collect()
}

impl From<DataValue> for rusqlite::types::Value {
    fn from(value: DataValue) -> Self {
        match value {
            DataValue::Empty => Self::Null,
            DataValue::Text(text) => Self::Text(text),
            DataValue::Int(number) => Self::Integer(number),
            DataValue::Real(number) => Self::Real(number),
        }
    }
}

impl From<rusqlite::types::Value> for DataValue {
    fn from(value: rusqlite::types::Value) -> Self {
        use rusqlite::types::Value;
        match value {
            Value::Null => DataValue::Empty,
            Value::Text(text) => DataValue::Text(text),
            Value::Integer(number) => DataValue::Int(number),
            Value::Real(number) => DataValue::Real(number),
            // No column holds bytes.
            Value::Blob(_) => DataValue::Empty,
        }
    }
}
