//! Which process a run belongs to, and whether that process still lives.
//!
//! Each process that begins a run holds a lock that ends with it, however it ends: on SQLite a locked file
//! beside the database, on PostgreSQL an advisory lock of a session kept for that. Whoever finds a run of
//! another process asks for its lock: who gets it knows that the process is dead.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection, AnyPool};
use tokio::sync::Mutex;

use crate::Result;
use crate::files::{beside, folder_of, itself, of_file};

/// This process, as the owner of runs. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Owner {
    /// A number of its own, never 0.
    pub(crate) id: i64,
    locks: Locks,
    held: Arc<Mutex<Option<Held>>>,
}

/// Where the locks of an engine are.
#[derive(Clone)]
enum Locks {
    /// Beside this file.
    Files(PathBuf),
    /// In the server.
    Sessions(AnyPool),
}

/// What is held until the end of the process.
enum Held {
    File(PathBuf, #[expect(dead_code, reason = "the lock is the open file")] File),
    Session(PoolConnection<Any>),
}

impl Owner {
    /// For a SQLite database in this file.
    pub(crate) fn beside(database: &Path) -> Owner {
        Owner::new(Locks::Files(itself(database)))
    }

    /// For the PostgreSQL server behind this pool.
    pub(crate) fn in_sessions(pool: AnyPool) -> Owner {
        Owner::new(Locks::Sessions(pool))
    }

    fn new(locks: Locks) -> Owner {
        Owner { id: fastrand::i64(1..), locks, held: Arc::default() }
    }

    /// Takes this process's lock, unless it has it still. To be done before a run is recorded.
    pub(crate) async fn hold(&self) -> Result<()> {
        let mut held = self.held.lock().await;
        // A server that was restarted has forgotten its sessions and their locks.
        if let Some(Held::Session(session)) = held.as_mut()
            && sqlx::query("select 1").execute(&mut **session).await.is_err()
        {
            *held = None;
        }
        if held.is_none() {
            *held = Some(match &self.locks {
                Locks::Files(database) => {
                    let path = lock_file(database, self.id);
                    let failed = of_file(&path);
                    let file = File::create(&path).map_err(&failed)?;
                    file.lock().map_err(failed)?;
                    Held::File(path, file)
                }
                Locks::Sessions(pool) => {
                    let mut session = pool.acquire().await?;
                    sqlx::query("select pg_advisory_lock($1)").bind(self.id).execute(&mut *session).await?;
                    Held::Session(session)
                }
            });
        }
        Ok(())
    }

    /// Whether the process of that number still lives.
    pub(crate) async fn lives(&self, id: i64) -> Result<bool> {
        if id == self.id {
            return Ok(true);
        }
        match &self.locks {
            Locks::Files(database) => Ok(file_is_locked(&lock_file(database, id))),
            Locks::Sessions(pool) => {
                // For this statement alone: who looks at the same time hardly ever sees it.
                let free: i64 = sqlx::query_scalar(
                    "select case when pg_try_advisory_xact_lock($1) then 1 else 0 end::bigint",
                )
                .bind(id)
                .fetch_one(pool)
                .await?;
                Ok(free == 0)
            }
        }
    }

    /// Gives the lock back.
    pub(crate) async fn release(&self) {
        if let Some(Held::File(path, _)) = self.held.lock().await.take() {
            // Left behind, it would be an empty file that nobody holds.
            let _ = std::fs::remove_file(path);
        }
    }
}

/// Whether a living process has begun runs of the PostgreSQL database behind this session, or brings its tables up to
/// date: both hold an advisory lock there.
///
/// # Errors
/// The server does not answer.
pub(crate) async fn somebody_works(session: &mut AnyConnection) -> Result<bool> {
    let held: i64 = sqlx::query_scalar(
        "select count(*) from pg_locks where locktype = 'advisory' and granted and pid <> pg_backend_pid() \
         and database = (select oid from pg_database where datname = current_database())",
    )
    .fetch_one(session)
    .await?;
    Ok(held > 0)
}

/// Whether a living process has begun runs of the database in this file, which is no link.
pub(crate) fn somebody_runs(database: &Path) -> bool {
    let Some(name) = database.file_name() else { return false };
    let begin = format!("{}-run-", name.to_string_lossy());
    let Ok(entries) = std::fs::read_dir(folder_of(database)) else { return false };
    let mut locks = entries.flatten().filter(|entry| entry.file_name().to_string_lossy().starts_with(&begin));
    locks.any(|entry| file_is_locked(&entry.path()))
}

fn lock_file(database: &Path, id: i64) -> PathBuf {
    beside(database, &format!("-run-{id:x}"))
}

/// Whether some process holds that file; one that nobody holds is a dead process's, and removed.
fn file_is_locked(path: &Path) -> bool {
    let Ok(file) = File::open(path) else { return false };
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => true,
        Ok(()) | Err(TryLockError::Error(_)) => {
            let _ = std::fs::remove_file(path);
            false
        }
    }
}
