//! Which process serves a database.
//!
//! A SQLite database is served by one process: what is waited for, watched and limited is in its memory. It
//! holds a locked file beside the database, which ends with it however it ends. PostgreSQL may be served by
//! several; each holds a shared advisory lock. Commands need no claim: they work beside a server.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use sqlx::{AnyConnection, Connection};

use crate::Result;
use crate::db::sqlite_path;
use crate::files::{beside, itself, make_private, of_file};

/// The advisory lock of those who serve a PostgreSQL database; the number is nobody else's.
const SERVERS: i64 = 0x7061_7373_6572_0001;

/// This process serves a database, until this is dropped.
pub struct Serving {
    _held: Held,
}

enum Held {
    File(#[expect(dead_code, reason = "the lock is the open file")] File),
    Session(#[expect(dead_code, reason = "the lock is the session")] AnyConnection),
}

impl Serving {
    /// Claims the database of this address. `Err` of the inner result: the process that serves it already,
    /// where its number is known.
    ///
    /// # Errors
    /// The database's folder cannot be written, or its server does not answer.
    pub async fn claim(url: &str) -> Result<std::result::Result<Serving, Option<u32>>> {
        if let Some(mut session) = session(url).await? {
            sqlx::query("select pg_advisory_lock_shared($1)").bind(SERVERS).execute(&mut session).await?;
            return Ok(Ok(Serving { _held: Held::Session(session) }));
        }
        let database = sqlite_path(url);
        make_private(&database)?;
        let path = lock_file(&database);
        let failed = of_file(&path);
        let options = OpenOptions::new().read(true).write(true).create(true).mode(0o600).clone();
        let mut file = options.open(&path).map_err(&failed)?;
        match file.try_lock() {
            Ok(()) => {
                let number = std::process::id().to_string();
                file.set_len(0).and_then(|()| file.write_all(number.as_bytes())).map_err(&failed)?;
                Ok(Ok(Serving { _held: Held::File(file) }))
            }
            Err(TryLockError::WouldBlock) => {
                let mut number = String::new();
                // A process that has just locked it may not have written its number yet.
                let _ = file.read_to_string(&mut number);
                Ok(Err(number.parse().ok()))
            }
            Err(TryLockError::Error(error)) => Err(failed(error)),
        }
    }

    /// Whether some process serves the database of this address.
    ///
    /// # Errors
    /// Its server does not answer.
    pub async fn goes_on(url: &str) -> Result<bool> {
        if let Some(mut session) = session(url).await? {
            // Held for this statement alone: a session's own lock would outlive it by a moment, and be seen.
            let free: i64 = sqlx::query_scalar(
                "select case when pg_try_advisory_xact_lock($1) then 1 else 0 end::bigint",
            )
            .bind(SERVERS)
            .fetch_one(&mut session)
            .await?;
            session.close().await?;
            return Ok(free == 0);
        }
        let file = File::open(lock_file(&sqlite_path(url)));
        Ok(file.is_ok_and(|file| matches!(file.try_lock(), Err(TryLockError::WouldBlock))))
    }
}

/// A session of its own on PostgreSQL; `None` for SQLite.
async fn session(url: &str) -> Result<Option<AnyConnection>> {
    sqlx::any::install_default_drivers();
    if url.starts_with("postgres") { Ok(Some(AnyConnection::connect(url).await?)) } else { Ok(None) }
}

/// Beside the file itself.
fn lock_file(database: &Path) -> PathBuf {
    beside(&itself(database), "-server")
}
