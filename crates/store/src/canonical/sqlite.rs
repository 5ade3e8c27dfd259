//! A load into SQLite: prepared statements on a connection of its own, on a thread for work that blocks.

use std::path::PathBuf;

use model::canonical::{Cell, RowBatch};
use model::run::Counts;
use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, Statement, Transaction, TransactionBehavior};

use super::derived;
use super::load::Target;
use super::portion::{Portion, numbers};
use super::statements;
use crate::db::PRAGMAS;
use crate::sql::number;
use crate::{Error, Result};

/// A connection with its statements, lent to the thread that works.
pub(super) struct SqliteLoad {
    connection: Option<Connection>,
    path: PathBuf,
    target: Target,
}

impl SqliteLoad {
    pub(super) async fn open(path: PathBuf, target: Target) -> Result<SqliteLoad> {
        let mut load = SqliteLoad { connection: None, path, target };
        load.work(|_, _| Ok(())).await?;
        Ok(load)
    }

    pub(super) async fn put(&mut self, portion: Portion) -> Result<Counts> {
        self.work(move |connection, target| put(connection, target, &portion)).await
    }

    pub(super) async fn derive(&mut self) -> Result<u64> {
        self.work(|connection, target| {
            let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let mut written = 0;
            for sql in derived::ALL {
                written += tx.execute(sql, [target.scope])? as u64;
            }
            tx.commit()?;
            Ok(written)
        })
        .await
    }

    /// Lends the connection to a thread that may block. A connection whose thread ended badly is
    /// replaced by a new one.
    async fn work<T: Send + 'static>(
        &mut self,
        work: impl FnOnce(&mut Connection, Target) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T> {
        let (lent, path, target) = (self.connection.take(), self.path.clone(), self.target);
        let done = tokio::task::spawn_blocking(move || {
            let mut connection = lent.map_or_else(|| open(&path), Ok)?;
            let done = work(&mut connection, target)?;
            Ok::<_, rusqlite::Error>((connection, done))
        });
        let (connection, done) = done.await.map_err(|_| Error::Stopped)??;
        self.connection = Some(connection);
        Ok(done)
    }
}

/// A connection of one's own.
pub(super) fn open(path: &std::path::Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    connection.execute_batch(PRAGMAS)?;
    // Sorting a million sales must not happen in memory; in small pieces it is also faster. Of pages that
    // are read once in their order none need be kept.
    connection.execute_batch("pragma temp_store = file; pragma cache_size = -4000")?;
    Ok(connection)
}

fn put(connection: &mut Connection, target: Target, portion: &Portion) -> rusqlite::Result<Counts> {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let (created, updated) = match &portion.rows {
        Some(rows) => write(&tx, target, rows)?,
        None => (0, 0),
    };
    let entity = portion.entity.table();
    let mut refuse = tx.prepare(statements::REFUSE)?;
    for refused in &portion.refused {
        let reason = serde_json::json!(refused.reason).to_string();
        let place = number(refused.origin);
        refuse.execute((target.run, entity, &portion.source, place, &refused.column, reason))?;
    }
    drop(refuse);
    if let Some(ended) = &portion.ended {
        tx.prepare(statements::MARK)?.execute((
            target.scope,
            entity,
            &portion.source,
            &ended.mark,
            target.run,
            &ended.read_at,
        ))?;
    }
    let counts = portion.counts(created, updated);
    let [processed, created, updated, unchanged, failed] = numbers(counts);
    let advance = (processed, created, updated, unchanged, failed, target.run);
    tx.prepare(statements::ADVANCE)?.execute(advance)?;
    let advance = (target.run, entity, processed, created, updated, unchanged, failed);
    tx.prepare(statements::ADVANCE_TABLE)?.execute(advance)?;
    tx.commit()?;
    Ok(counts)
}

/// How many rows were created and updated.
fn write(tx: &Transaction<'_>, target: Target, rows: &RowBatch) -> rusqlite::Result<(u64, u64)> {
    let mut find = tx.prepare(&statements::find(rows.entity))?;
    let mut insert = tx.prepare(&statements::insert(rows))?;
    let mut update = tx.prepare(&statements::update(rows))?;
    let (mut created, mut updated) = (0, 0);
    for i in 0..rows.len() {
        let known: Option<i64> = find.query_row((target.scope, rows.key(i)), |row| row.get(0)).optional()?;
        let statement = match known {
            Some(hash) if hash == rows.hash(i) => continue,
            Some(_) => {
                updated += 1;
                &mut update
            }
            None => {
                created += 1;
                &mut insert
            }
        };
        bind(statement, target, rows, i)?;
        statement.raw_execute()?;
    }
    Ok((created, updated))
}

/// Binds a row in the order of [`statements::columns`].
fn bind(statement: &mut Statement<'_>, target: Target, rows: &RowBatch, row: usize) -> rusqlite::Result<()> {
    statement.raw_bind_parameter(1, target.scope)?;
    let mut place = 2;
    for cell in rows.row(row) {
        statement.raw_bind_parameter(place, Bound { rows, cell: *cell })?;
        place += 1;
    }
    statement.raw_bind_parameter(place, target.run)?;
    statement.raw_bind_parameter(place + 1, rows.hash(row))
}

/// A cell as SQLite takes it, its text borrowed from the batch.
struct Bound<'a> {
    rows: &'a RowBatch,
    cell: Cell,
}

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self.cell {
            Cell::Empty => ValueRef::Null,
            Cell::Int(number) => ValueRef::Integer(number),
            Cell::Real(number) => ValueRef::Real(number),
            cell @ Cell::Text(..) => ValueRef::Text(self.rows.text(cell).unwrap_or_default().as_bytes()),
        }))
    }
}
