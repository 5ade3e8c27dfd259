//! Files that people hand in: kept aside, for their owner's program alone, for as long as they are needed.

use std::collections::BTreeMap;
use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use model::Text;
use tempfile::TempPath;
use tokio::io::AsyncWriteExt;

use super::file::DealsFile;
use crate::hex::hex;
use crate::{Error, Hub, Kind, Result};

/// How long a file that nobody imports is kept.
const KEPT: Duration = Duration::from_secs(3_600);
/// How often those that were kept long enough are looked for.
const SWEEP: Duration = Duration::from_secs(300);
/// How the names of these files begin and end: nothing else in the folder is touched.
const PREFIX: &str = "deals-";
const SUFFIX: &str = ".upload";

/// The files that wait to be imported.
pub(crate) struct Uploads {
    folder: PathBuf,
    limit: u64,
    waiting: Mutex<BTreeMap<String, Waiting>>,
}

/// A file that somebody looks at before it is imported.
#[derive(Clone)]
pub(super) struct Waiting {
    /// Who handed it in; nobody else finds it.
    pub(super) owner: String,
    /// The file, and how it is read.
    pub(super) file: Arc<DealsFile>,
    /// What its import would do, where its columns are known.
    pub(super) plan: Option<i64>,
    since: SystemTime,
}

impl Uploads {
    pub(crate) fn new(folder: PathBuf, limit: u64) -> Uploads {
        Uploads { folder, limit, waiting: Mutex::default() }
    }

    /// Keeps a file for its owner, under a name nobody guesses.
    pub(super) fn keep(&self, owner: &str, file: Arc<DealsFile>, plan: Option<i64>) -> Result<String> {
        let mut random = [0_u8; 16];
        getrandom::fill(&mut random).map_err(|_| cannot_keep(&io::Error::other("no randomness")))?;
        let key = hex(&random);
        self.put(&key, owner, file, plan);
        Ok(key)
    }

    /// Keeps a file as that one.
    pub(super) fn put(&self, key: &str, owner: &str, file: Arc<DealsFile>, plan: Option<i64>) {
        let owner = owner.to_owned();
        self.lock().insert(key.to_owned(), Waiting { owner, file, plan, since: SystemTime::now() });
    }

    /// The file of that name, if it is this owner's.
    pub(super) fn get(&self, owner: &str, key: &str) -> Option<Waiting> {
        self.lock().get(key).filter(|waiting| waiting.owner == owner).cloned()
    }

    /// Forgets a file; it is deleted when its run, if there is one, has read it.
    pub(super) fn forget(&self, key: &str) {
        self.lock().remove(key);
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Waiting>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Deletes what an earlier process left behind and what nobody has imported in time.
    fn sweep(&self, older_than: Duration) {
        let is_old = |since: SystemTime| since.elapsed().is_ok_and(|age| age > older_than);
        self.lock().retain(|_, waiting| !is_old(waiting.since));
        for path in of_folder(&self.folder).unwrap_or_default() {
            let is_known = self.lock().values().any(|waiting| waiting.file.upload.path() == path);
            let modified = fs::metadata(&path).and_then(|data| data.modified());
            if !is_known && modified.is_ok_and(is_old) {
                // It may have been imported in the meantime, and deleted.
                let _ = fs::remove_file(&path);
            }
        }
    }
}

/// The uploads in a folder.
fn of_folder(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.starts_with(PREFIX) && name.ends_with(SUFFIX) {
            found.push(path);
        }
    }
    Ok(found)
}

/// A file that is being handed in.
pub struct NewUpload {
    file: tokio::fs::File,
    path: TempPath,
    name: String,
    size: u64,
}

/// A file that was handed in whole. It is deleted when this is dropped.
pub struct Upload {
    path: TempPath,
    /// What its sender calls it; it may be anything.
    pub name: String,
    /// Its bytes.
    pub size: u64,
}

impl Upload {
    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

impl NewUpload {
    /// Writes the bytes that come next.
    ///
    /// # Errors
    /// The disk is full or fails.
    pub async fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.size += bytes.len() as u64;
        self.file.write_all(bytes).await.map_err(|error| cannot_keep(&error))
    }

    /// Says that it is whole.
    ///
    /// # Errors
    /// As [`NewUpload::write`].
    pub async fn finish(mut self) -> Result<Upload> {
        self.file.flush().await.map_err(|error| cannot_keep(&error))?;
        Ok(Upload { path: self.path, name: self.name, size: self.size })
    }
}

impl Hub {
    /// The largest file that people may hand in, in bytes.
    pub fn upload_limit(&self) -> u64 {
        self.inner.uploads.limit
    }

    /// Begins to take a file that its sender calls `name`: a file that only this program's owner may read.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn begin_upload(&self, name: &str) -> Result<NewUpload> {
        let folder = &self.inner.uploads.folder;
        let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
        let file = made.and_then(|()| {
            tempfile::Builder::new().prefix(PREFIX).suffix(SUFFIX).rand_bytes(16).tempfile_in(folder)
        });
        let (file, path) = file.map_err(|error| cannot_keep(&error))?.into_parts();
        let name = name.chars().filter(|letter| !letter.is_control()).take(100).collect();
        Ok(NewUpload { file: file.into(), path, name, size: 0 })
    }

    /// Deletes what an earlier process left behind, then for ever what nobody imports within an hour. For the
    /// process that serves the database.
    pub async fn watch_uploads(&self) {
        // A SQLite database is served by one process: whatever is there was left behind.
        let left_behind = if self.inner.database_url.starts_with("sqlite") { Duration::ZERO } else { KEPT };
        self.inner.uploads.sweep(left_behind);
        loop {
            tokio::time::sleep(SWEEP).await;
            self.inner.uploads.sweep(KEPT);
        }
    }
}

fn cannot_keep(error: &io::Error) -> Error {
    tracing::error!(%error, "a file that was handed in could not be kept");
    Error::new(
        Kind::Internal,
        Text::fixed(
            "Le fichier n'a pas pu être gardé sur le disque du serveur.",
            "The file could not be kept on the server's disk.",
        ),
    )
    .hint(Some(Text::fixed(
        "Vérifiez la place libre et les droits du dossier de la base, puis réessayez.",
        "Check the free space and the rights of the database's folder, then try again.",
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_uploads_are_swept_and_only_old_ones() {
        let folder = tempfile::tempdir().unwrap();
        let uploads = Uploads::new(folder.path().to_owned(), 1);
        let left = folder.path().join("deals-x.upload");
        let other = folder.path().join("notes.txt");
        for path in [&left, &other] {
            fs::write(path, "x").unwrap();
        }
        uploads.sweep(KEPT);
        assert!(left.exists());
        uploads.sweep(Duration::ZERO);
        assert!(!left.exists() && other.exists());
    }
}
