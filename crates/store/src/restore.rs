//! A backup put in the place of a database.
//!
//! The backup is judged before anything is touched, what was there is kept aside, and the exchange is one
//! step: whoever opens the database finds the earlier one or the restored one, whole.

use std::fs;
use std::path::{Path, PathBuf};

use sqlx::{AnyConnection, Connection};

use crate::db::{newest_step, sqlite_path};
use crate::files::{beside, make_empty, make_private, of_file};
use crate::{Error, Result, Serving, owner, pg_tools};

/// Tables whose rows are somebody's work.
const WORK: [&str; 4] = ["deals", "connector_configs", "sync_logs", "customers"];

/// Puts the backup in the place of the database of this address; says where what was there is kept, if there
/// was something. `over` allows it to replace a database that holds data.
///
/// # Errors
/// [`Error::NotABackup`], [`Error::Later`]: the backup cannot be used. [`Error::InUse`]: a program works on
/// the database. [`Error::HoldsData`] without `over`. A file cannot be written. Nothing was changed then.
pub async fn restore(url: &str, from: &Path, over: bool) -> Result<Option<PathBuf>> {
    fs::metadata(from).map_err(of_file(from))?;
    if Serving::goes_on(url).await? {
        return Err(Error::InUse);
    }
    if url.starts_with("postgres") {
        into_postgres(url, from, over).await
    } else {
        into_sqlite(url, from, over).await
    }
}

async fn into_sqlite(url: &str, from: &Path, over: bool) -> Result<Option<PathBuf>> {
    judge(from).await?;
    let target = sqlite_path(url);
    make_private(&target)?;
    // The file itself, where the address leads to a link.
    let target = fs::canonicalize(&target).map_err(of_file(&target))?;
    if owner::somebody_runs(&target) {
        return Err(Error::InUse);
    }
    let was_used = fs::metadata(&target).map_err(of_file(&target))?.len() > 0;
    let address = format!("sqlite://{}?mode=rw", target.display());
    if was_used && !over && holds_data(&address).await {
        return Err(Error::HoldsData);
    }
    let fresh = beside(&target, ".restored");
    make_empty(&fresh)?;
    let copied = fs::copy(from, &fresh).and_then(|_| fs::File::open(&fresh)?.sync_all());
    copied.map_err(of_file(&fresh))?;
    // Folded into the file, the log of the earlier database cannot be taken for the restored one's.
    fold(&address).await;
    let aside = was_used.then(|| free_name(&target));
    if let Some(aside) = &aside {
        fs::hard_link(&target, aside)
            .or_else(|_| fs::copy(&target, aside).map(drop))
            .map_err(of_file(aside))?;
        set_log_aside(&target, aside)?;
    }
    fs::rename(&fresh, &target).map_err(of_file(&target))?;
    Ok(aside)
}

async fn into_postgres(url: &str, from: &Path, over: bool) -> Result<Option<PathBuf>> {
    pg_tools::check(from).map_err(|error| match error {
        Error::Tool { .. } => Error::NotABackup,
        other => other,
    })?;
    let mut session = AnyConnection::connect(url).await?;
    let is_in_use = owner::somebody_works(&mut session).await?;
    session.close().await?;
    if is_in_use {
        return Err(Error::InUse);
    }
    let has_data = holds_data(url).await;
    if has_data && !over {
        return Err(Error::HoldsData);
    }
    let aside = has_data.then(|| free_name(from));
    if let Some(aside) = &aside {
        make_empty(aside)?;
        pg_tools::dump(url, aside)?;
    }
    pg_tools::restore(url, from)?;
    Ok(aside)
}

/// Whether a file is a whole database of ours that this program understands.
async fn judge(from: &Path) -> Result<()> {
    let not_ours = |_| Error::NotABackup;
    sqlx::any::install_default_drivers();
    // Opened as it is: neither its log nor its locks are anybody's.
    let address = format!("sqlite://{}?mode=ro&immutable=1", from.display());
    let mut backup = AnyConnection::connect(&address).await.map_err(not_ours)?;
    let whole: String =
        sqlx::query_scalar("pragma integrity_check(1)").fetch_one(&mut backup).await.map_err(not_ours)?;
    let version: Option<i64> = sqlx::query_scalar("select max(version) from _sqlx_migrations where success")
        .fetch_one(&mut backup)
        .await
        .map_err(not_ours)?;
    backup.close().await.map_err(not_ours)?;
    match version {
        Some(database) if database > newest_step() => Err(Error::Later { database, program: newest_step() }),
        Some(_) if whole == "ok" => Ok(()),
        _ => Err(Error::NotABackup),
    }
}

/// Whether somebody's work is in a database; one that cannot be read may hold some.
async fn holds_data(address: &str) -> bool {
    let Ok(mut database) = AnyConnection::connect(address).await else { return true };
    for table in WORK {
        let sql = format!("select count(*) from (select 1 from {table} limit 1) found");
        let found: std::result::Result<i64, _> =
            sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(&mut database).await;
        match found {
            Ok(0) => {}
            Ok(_) => return true,
            // The table is not there.
            Err(sqlx::Error::Database(error)) if matches!(error.code().as_deref(), Some("1" | "42P01")) => {}
            Err(_) => return true,
        }
    }
    false
}

/// As far as it can: a database that is damaged keeps its log, which is set aside with it.
async fn fold(address: &str) {
    if let Ok(mut database) = AnyConnection::connect(address).await {
        let _ = sqlx::query("pragma wal_checkpoint(truncate)").execute(&mut database).await;
        let _ = database.close().await;
    }
}

fn set_log_aside(target: &Path, aside: &Path) -> Result<()> {
    for end in ["-wal", "-shm"] {
        let log = beside(target, end);
        if log.exists() {
            fs::rename(&log, beside(aside, end)).map_err(of_file(&log))?;
        }
    }
    Ok(())
}

/// A name for what is kept aside that nothing has yet.
fn free_name(path: &Path) -> PathBuf {
    let mut names = (1..u32::MAX).map(|number| beside(path, &format!(".before-restore-{number}")));
    names.find(|name| !name.exists()).unwrap_or_else(|| beside(path, ".before-restore"))
}
