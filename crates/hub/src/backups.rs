//! Backups: taken while the program works, and put back while it does not.

use std::path::{Path, PathBuf};

use crate::{Hub, Result};

impl Hub {
    /// Writes the whole database to a new file. The key that opens its secrets is not part of it.
    ///
    /// # Errors
    /// The file is there already or cannot be written; on PostgreSQL, `pg_dump` is missing or fails.
    pub async fn back_up(&self, to: &Path) -> Result<()> {
        Ok(self.store().back_up(&self.inner.database_url, to).await?)
    }
}

/// Puts a backup in the place of a database; says where what was there is kept. `over` allows it to replace
/// one that holds data.
///
/// # Errors
/// The file is no backup, comes from a later version, or is damaged; a program works on the database; it holds
/// data. Nothing was changed then.
pub async fn restore(database_url: &str, from: &Path, over: bool) -> Result<Option<PathBuf>> {
    Ok(store::restore(database_url, from, over).await?)
}
