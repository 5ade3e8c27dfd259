//! Opens the database: pools, pragmas, migrations.
//!
//! SQLite has one writer connection and a pool of readers; every write begins IMMEDIATE, so that it
//! waits for its turn instead of failing in the middle. PostgreSQL needs neither.

use std::time::Duration;

use sqlx::any::AnyPoolOptions;
use sqlx::migrate::Migrator;
use sqlx::{Any, AnyPool, Executor, Transaction};

use crate::sql::Dialect;
use crate::{Error, Keys, Result};

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// Run on every new SQLite connection. The timeout stands first: the others may have to wait.
const PRAGMAS: &str = "pragma busy_timeout = 10000; pragma journal_mode = wal; pragma synchronous = normal; \
     pragma foreign_keys = on; pragma temp_store = memory; pragma cache_size = -16000; \
     pragma wal_autocheckpoint = 8000; pragma journal_size_limit = 67108864;";

/// The database.
#[derive(Clone)]
pub struct Store {
    pub(crate) read: AnyPool,
    write: AnyPool,
    pub(crate) dialect: Dialect,
    pub(crate) keys: Keys,
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
    /// The database cannot be reached, or its tables cannot be brought up to date.
    pub async fn open(url: &str, keys: Keys) -> Result<Store> {
        sqlx::any::install_default_drivers();
        if url.starts_with("postgres") {
            let pool = AnyPoolOptions::new()
                .max_connections(10)
                .acquire_timeout(Duration::from_secs(10))
                .connect(url)
                .await?;
            POSTGRES.run(&pool).await?;
            return Ok(Store { read: pool.clone(), write: pool, dialect: Dialect::Postgres, keys });
        }
        let url = sqlite_url(url)?;
        let write = sqlite_pool(&url, 1).await?;
        SQLITE.run(&write).await?;
        let read = sqlite_pool(&url, 4).await?;
        Ok(Store { read, write, dialect: Dialect::Sqlite, keys })
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

    /// Whether the database answers.
    pub async fn ready(&self) -> bool {
        sqlx::query("select 1").execute(&self.read).await.is_ok()
    }

    /// Closes every connection; on SQLite this folds the write-ahead log into the file.
    pub async fn close(&self) {
        self.read.close().await;
        self.write.close().await;
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
        .connect(url)
        .await?;
    Ok(pool)
}

/// Makes the folder of the file and asks for the file to be created.
fn sqlite_url(url: &str) -> Result<String> {
    let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:")).unwrap_or(url);
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    if let Some(folder) = std::path::Path::new(path).parent().filter(|f| !f.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)
            .map_err(|source| Error::File { path: folder.display().to_string(), source })?;
    }
    let separator = if query.is_empty() { "" } else { "&" };
    Ok(format!("sqlite://{path}?mode=rwc{separator}{query}"))
}
