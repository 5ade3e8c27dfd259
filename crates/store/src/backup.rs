//! A backup of a SQLite database, taken while it is worked on.
//!
//! `VACUUM INTO` writes what one reading transaction sees: a moment between two commits, whole, with the place
//! where each run had arrived. Who writes goes on meanwhile.

use std::fs::{self, File};
use std::path::Path;

use crate::canonical::Native;
use crate::files::{beside, make_empty, of_file};
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
