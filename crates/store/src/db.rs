//! Opens the database: pools, pragmas, migrations.
//!
//! SQLite has one writer connection and a pool of readers; every write begins IMMEDIATE, so that it
//! waits for its turn instead of failing in the middle. PostgreSQL needs neither.

use std::path::PathBuf;
use std::time::Duration;

use sqlx::any::AnyPoolOptions;
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::pool::PoolConnection;
use sqlx::postgres::PgPoolOptions;
use sqlx::{Any, AnyConnection, AnyPool, Connection, Executor, Transaction};

use crate::canonical::Native;
use crate::deals::memo::Memo;
use crate::files::make_private;
use crate::owner::Owner;
use crate::sql::Dialect;
use crate::{Error, Keys, Result};

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// Run on every new SQLite connection. The timeout stands first: the others may have to wait.
pub(crate) const PRAGMAS: &str = "pragma busy_timeout = 10000; pragma journal_mode = wal; pragma synchronous = normal; \
     pragma foreign_keys = on; pragma secure_delete = fast; pragma temp_store = memory; pragma cache_size = -16000; \
     pragma wal_autocheckpoint = 8000; pragma journal_size_limit = 67108864;";

/// The database.
#[derive(Clone)]
pub struct Store {
    pub(crate) read: AnyPool,
    write: AnyPool,
    pub(crate) dialect: Dialect,
    pub(crate) keys: Keys,
    pub(crate) owner: Owner,
    /// The engine's own way in, for loads.
    pub(crate) native: Native,
    /// Figures that still hold.
    pub(crate) memo: Memo,
}

/// Changes that become visible together, or not at all. Dropped without commit, nothing happened.
pub struct Batch {
    pub(crate) tx: Transaction<'static, Any>,
    pub(crate) dialect: Dialect,
}

impl Store {
    /// Opens `sqlite://path` (created with its folder when missing) or `postgres://…`, and brings
    /// the tables up to date.
    ///
    /// # Errors
    /// The database cannot be reached, or its tables cannot be brought up to date; it was made by a later
    /// version ([`Error::Later`]); its secrets were sealed with other keys ([`Error::WrongKey`],
    /// [`Error::KeyMissing`]), and then nothing was written.
    pub async fn open(url: &str, keys: Keys) -> Result<Store> {
        sqlx::any::install_default_drivers();
        if url.starts_with("postgres") {
            // Tells at once why the server does not answer; a pool would try again until its time is up.
            AnyConnection::connect(url).await?.close().await?;
            let pool = AnyPoolOptions::new()
                .max_connections(10)
                .acquire_timeout(Duration::from_secs(10))
                .connect(url)
                .await?;
            migrate(&POSTGRES, &pool).await?;
            let owner = Owner::in_sessions(pool.clone());
            let native = Native::Postgres(PgPoolOptions::new().max_connections(4).connect_lazy(url)?);
            let (read, write) = (pool.clone(), pool);
            let store = Store::of(read, write, Dialect::Postgres, keys, owner, native);
            store.meet_keys().await?;
            store.fill_plain_texts().await?;
            return Ok(store);
        }
        let path = sqlite_path(url);
        make_private(&path)?;
        let (owner, native) = (Owner::beside(&path), Native::Sqlite(path));
        let url = sqlite_url(url);
        // Tells at once what is wrong with the file; a pool would try again until its time is up.
        AnyConnection::connect(&url).await?.execute(PRAGMAS).await?;
        let write = sqlite_pool(&url, 1).await?;
        migrate(&SQLITE, &write).await?;
        let read = sqlite_pool(&url, 4).await?;
        let store = Store::of(read, write, Dialect::Sqlite, keys, owner, native);
        store.meet_keys().await?;
        store.fill_plain_texts().await?;
        Ok(store)
    }

    /// Connections that were made, put together.
    pub(crate) fn of(
        read: AnyPool,
        write: AnyPool,
        dialect: Dialect,
        keys: Keys,
        owner: Owner,
        native: Native,
    ) -> Store {
        Store { read, write, dialect, keys, owner, native, memo: Memo::default() }
    }

    /// Begins a set of changes; on SQLite this waits until no other is going on.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn begin(&self) -> Result<Batch> {
        let begin = match self.dialect {
            Dialect::Sqlite => "begin immediate",
            Dialect::Postgres => "begin",
        };
        Ok(Batch { tx: self.write.begin_with(begin).await?, dialect: self.dialect })
    }

    /// Begins to look at one moment of the database: what is written meanwhile is not seen.
    pub(crate) async fn begin_reading(&self) -> Result<Transaction<'static, Any>> {
        let begin = match self.dialect {
            Dialect::Sqlite => "begin",
            Dialect::Postgres => "begin isolation level repeatable read read only",
        };
        Ok(self.read.begin_with(begin).await?)
    }

    /// Waits for the turn to write and keeps it: SQLite has one writer.
    pub(crate) async fn turn(&self) -> Result<PoolConnection<Any>> {
        Ok(self.write.acquire().await?)
    }

    /// Whether the database answers.
    pub async fn ready(&self) -> bool {
        sqlx::query("select 1").execute(&self.read).await.is_ok()
    }

    /// Closes every connection; on SQLite this folds the write-ahead log into the file.
    pub async fn close(&self) {
        self.owner.release().await;
        self.read.close().await;
        self.write.close().await;
        if let Native::Postgres(pool) = &self.native {
            pool.close().await;
        }
    }
}

impl Batch {
    /// Makes the changes lasting and visible.
    ///
    /// # Errors
    /// The database could not write; then nothing happened.
    pub async fn commit(self) -> Result<()> {
        Ok(self.tx.commit().await?)
    }
}

/// Brings the tables up to date, each step in a transaction of its own.
async fn migrate(migrator: &Migrator, pool: &AnyPool) -> Result<()> {
    migrator.run(pool).await.map_err(|error| match error {
        MigrateError::VersionMissing(database) => Error::Later { database, program: newest_step() },
        error => error.into(),
    })
}

/// The last step that this program knows; both engines have the same.
pub(crate) fn newest_step() -> i64 {
    SQLITE.iter().map(|step| step.version).max().unwrap_or(0)
}

async fn sqlite_pool(url: &str, connections: u32) -> Result<AnyPool> {
    let pool = AnyPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(30))
        .after_connect(|connection, _| {
            Box::pin(async move {
                connection.execute(PRAGMAS).await?;
                Ok(())
            })
        })
        // A full disk ends a transaction by itself; the driver then finds none to roll back, and would take
        // the connection for one in the middle of a transaction for ever.
        .before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }))
        .connect(url)
        .await?;
    Ok(pool)
}

/// The file of a database's address.
pub(crate) fn sqlite_path(url: &str) -> PathBuf {
    let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:")).unwrap_or(url);
    PathBuf::from(path.split_once('?').map_or(path, |(path, _)| path))
}

/// The address with the wish to write.
fn sqlite_url(url: &str) -> String {
    let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:")).unwrap_or(url);
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let separator = if query.is_empty() { "" } else { "&" };
    format!("sqlite://{path}?mode=rwc{separator}{query}")
}
