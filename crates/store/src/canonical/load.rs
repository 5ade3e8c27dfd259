//! A load: the rows of one run, written portion by portion.

use std::path::PathBuf;

use model::run::Counts;
use sqlx::PgPool;

use super::portion::Portion;
use super::postgres::PostgresLoad;
use super::sqlite::SqliteLoad;
use crate::{Result, Scope, Store};

/// Where the engine's own way in is.
#[derive(Clone)]
pub(crate) enum Native {
    /// The file.
    Sqlite(PathBuf),
    /// Connections made when a load first asks.
    Postgres(PgPool),
}

/// Whose rows are written, and by which run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Target {
    pub(super) scope: i64,
    pub(super) run: i64,
}

/// A load that is going on. Dropped, it leaves what was committed.
pub struct Load {
    engine: Engine,
    store: Store,
}

enum Engine {
    Sqlite(SqliteLoad),
    Postgres(PostgresLoad),
}

impl Store {
    /// Begins the load of a run. The run's row in `sync_logs` gets the counts, portion by portion.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn load(&self, scope: Scope, run_id: i64) -> Result<Load> {
        let target = Target { scope: scope.0, run: run_id };
        let engine = match &self.native {
            Native::Sqlite(path) => Engine::Sqlite(SqliteLoad::open(path.clone(), target).await?),
            Native::Postgres(pool) => Engine::Postgres(PostgresLoad::open(pool, target).await?),
        };
        Ok(Load { engine, store: self.clone() })
    }
}

impl Load {
    /// Writes a portion: rows, refusals, counts and the file's mark together, or nothing. Ten thousand
    /// rows at a time are a good size. Of rows with one key the last is right.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn put(&mut self, portion: Portion) -> Result<Counts> {
        match &mut self.engine {
            Engine::Sqlite(load) => {
                // SQLite has one writer: a load waits for its turn like everyone, and lets others in
                // between two portions.
                let _turn = self.store.turn().await?;
                load.put(portion).await
            }
            Engine::Postgres(load) => load.put(portion).await,
        }
    }

    /// Brings what follows from other rows up to date: customers' totals from their sales, costs and
    /// bottle sizes of sales from the catalogue. Rows that are right already are not written. Returns how
    /// many were. To be called when a load wrote something; it reads every sale of the connection.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn derive(&mut self) -> Result<u64> {
        match &mut self.engine {
            Engine::Sqlite(load) => {
                let _turn = self.store.turn().await?;
                load.derive().await
            }
            Engine::Postgres(load) => load.derive().await,
        }
    }
}
