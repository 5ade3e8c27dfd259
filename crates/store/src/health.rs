//! What can be wrong inside a database, looked at without changing it.

use std::time::Duration;

use sqlx::any::AnyPoolOptions;
use sqlx::postgres::PgPoolOptions;

use crate::canonical::Native;
use crate::db::{newest_step, sqlite_path};
use crate::files::of_file;
use crate::owner::Owner;
use crate::sql::{Dialect, count};
use crate::{Keys, Result, Store};

/// How many faults of its file are told.
const FAULTS: u32 = 5;

/// Which steps of the schema a database has been through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schema {
    /// Its last step; 0 for a database that this program has never opened.
    pub database: i64,
    /// The last step this program knows.
    pub program: i64,
}

impl Store {
    /// Opens a database that is there, as it is: its tables are not brought up to date, its runs not marked,
    /// its keys not judged.
    ///
    /// # Errors
    /// The database is not there, or does not answer.
    pub async fn look(url: &str, keys: Keys) -> Result<Store> {
        sqlx::any::install_default_drivers();
        let options = AnyPoolOptions::new().max_connections(1).acquire_timeout(Duration::from_secs(10));
        if url.starts_with("postgres") {
            let pool = options.connect(url).await?;
            let native = Native::Postgres(PgPoolOptions::new().max_connections(1).connect_lazy(url)?);
            let owner = Owner::in_sessions(pool.clone());
            return Ok(Store::of(pool.clone(), pool, Dialect::Postgres, keys, owner, native));
        }
        let path = sqlite_path(url);
        std::fs::metadata(&path).map_err(of_file(&path))?;
        let pool = options.connect(&format!("sqlite://{}?mode=rw", path.display())).await?;
        let owner = Owner::beside(&path);
        Ok(Store::of(pool.clone(), pool, Dialect::Sqlite, keys, owner, Native::Sqlite(path)))
    }

    /// Which version of the tables it has.
    ///
    /// # Errors
    /// The database does not answer, or is none of ours.
    pub async fn schema(&self) -> Result<Schema> {
        let database: Option<i64> =
            sqlx::query_scalar("select max(version) from _sqlx_migrations").fetch_one(&self.read).await?;
        Ok(Schema { database: database.unwrap_or(0), program: newest_step() })
    }

    /// What SQLite finds wrong in the database's file and between its tables; PostgreSQL looks after its own.
    ///
    /// # Errors
    /// The file cannot be read at all.
    pub async fn file_faults(&self) -> Result<Vec<String>> {
        if self.dialect == Dialect::Postgres {
            return Ok(Vec::new());
        }
        let sql = format!("pragma integrity_check({FAULTS})");
        let told: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_all(&self.read).await?;
        Ok(told.into_iter().filter(|line| line != "ok").collect())
    }

    /// How many links lead to a deal that is not there.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn links_without_deals(&self) -> Result<u64> {
        let sql = "select count(*) from sync_links l where not exists (select 1 from deals d where d.id = l.deal_id)";
        Ok(count(sqlx::query_scalar(sql).fetch_one(&self.read).await?))
    }

    /// The runs that are not ended although nobody carries them out any more.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn runs_left_open(&self) -> Result<Vec<i64>> {
        let sql = "select id, owner from sync_logs where status = 'running' order by id";
        let running: Vec<(i64, i64)> = sqlx::query_as(sql).fetch_all(&self.read).await?;
        let mut left = Vec::new();
        for (id, owner) in running {
            if !self.owner.lives(owner).await? {
                left.push(id);
            }
        }
        Ok(left)
    }

    /// The latest moment at which a run began, by the clock of then.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn last_start(&self) -> Result<Option<String>> {
        Ok(sqlx::query_scalar("select max(started_at) from sync_logs").fetch_one(&self.read).await?)
    }
}
