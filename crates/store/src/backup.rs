//! A backup of a SQLite database, taken while it is worked on.
//!
//! `VACUUM INTO` writes what one reading transaction sees: a moment between two commits, whole, with the place
//! where each run had arrived. Who writes goes on meanwhile.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use crate::canonical::Native;
use crate::{Error, Result, Store, pg_tools};

impl Store {
    /// Writes the whole database to a new file, for its owner alone; on PostgreSQL with the installed
    /// `pg_dump`. The key that opens its secrets is not part of it.
    ///
    /// # Errors
    /// [`Error::Exists`]; the file cannot be written, and then nothing is left of it.
    pub async fn back_up(&self, url: &str, to: &Path) -> Result<()> {
        if fs::symlink_metadata(to).is_ok() {
            return Err(Error::Exists(to.to_owned()));
        }
        let part = beside(to, ".part");
        let written = self.write_backup(url, &part).await;
        let kept = written.and_then(|()| {
            File::open(&part)
                .and_then(|file| file.sync_all())
                .and_then(|()| fs::rename(&part, to))
                .map_err(of_file(to))
        });
        if kept.is_err() {
            // It may never have been there.
            let _ = fs::remove_file(&part);
        }
        kept
    }

    async fn write_backup(&self, url: &str, part: &Path) -> Result<()> {
        make_empty(part)?;
        match &self.native {
            Native::Sqlite(_) => {
                sqlx::query("vacuum into $1")
                    .bind(part.to_string_lossy().into_owned())
                    .execute(&self.read)
                    .await?;
                Ok(())
            }
            Native::Postgres(_) => pg_tools::dump(url, part),
        }
    }
}

/// An empty file that nobody else can read, in place of one that an earlier attempt left.
pub(crate) fn make_empty(path: &Path) -> Result<()> {
    let mut options = OpenOptions::new();
    options.create_new(true).write(true).mode(0o600);
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => options.open(path).map(drop),
    }
    .map_err(of_file(path))
}

/// The name of a file with something after it.
pub(crate) fn beside(path: &Path, what: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(what);
    PathBuf::from(name)
}

/// What went wrong with a file.
pub(crate) fn of_file(path: &Path) -> impl Fn(io::Error) -> Error {
    let path = path.display().to_string();
    move |source| Error::File { path: path.clone(), source }
}
