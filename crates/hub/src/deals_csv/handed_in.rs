//! A file that somebody hands in: taken piece by piece onto the disk, for its owner's program alone.

use std::fs::DirBuilder;
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
#[cfg(test)]
use std::sync::Arc;

use model::Text;
use tempfile::TempPath;
use tokio::io::AsyncWriteExt;

use super::room::Place;
#[cfg(test)]
use super::room::Room;
use crate::{Error, Hub, Kind, Result};

/// How the names of these files begin and end.
pub(super) const PREFIX: &str = "deals-";
pub(super) const SUFFIX: &str = ".upload";

/// A file that is being handed in.
pub struct NewUpload {
    file: tokio::fs::File,
    path: TempPath,
    name: String,
    size: u64,
    owner: String,
    place: Place,
}

/// A file that was handed in whole. It is deleted when this is dropped.
pub struct Upload {
    path: TempPath,
    /// Who handed it in.
    pub(super) owner: String,
    _place: Place,
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

#[cfg(test)]
impl Upload {
    /// A file with that content, handed in by anybody.
    pub(super) fn of(content: &[u8]) -> Upload {
        let (mut file, path) = tempfile::NamedTempFile::new().expect("a file").into_parts();
        io::Write::write_all(&mut file, content).expect("its content");
        let place = Arc::new(Room::new(u64::MAX)).place("anybody").expect("room");
        let (owner, name) = ("anybody".to_owned(), "deals.csv".to_owned());
        Upload { path, owner, _place: place, name, size: content.len() as u64 }
    }
}

impl NewUpload {
    /// Writes the bytes that come next.
    ///
    /// # Errors
    /// `Invalid`: the files that wait take as much room as they may. The disk is full or fails.
    pub async fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.place.grow(bytes.len() as u64)?;
        self.size += bytes.len() as u64;
        self.file.write_all(bytes).await.map_err(|error| cannot_keep(&error))
    }

    /// Says that it is whole.
    ///
    /// # Errors
    /// The disk is full or fails.
    pub async fn finish(mut self) -> Result<Upload> {
        self.file.flush().await.map_err(|error| cannot_keep(&error))?;
        let NewUpload { path, name, size, owner, place, .. } = self;
        Ok(Upload { path, owner, _place: place, name, size })
    }
}

impl Hub {
    /// The largest file that people may hand in, in bytes.
    pub fn upload_limit(&self) -> u64 {
        self.inner.uploads.limit
    }

    /// Begins to take a file that its sender calls `name`: a file that only this program's owner may read, and
    /// only its `owner` finds here.
    ///
    /// # Errors
    /// `Invalid`: as many files wait as may. The folder cannot be written.
    pub fn begin_upload(&self, owner: &str, name: &str) -> Result<NewUpload> {
        let place = self.inner.uploads.room.place(owner)?;
        let folder = &self.inner.uploads.folder;
        let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
        let file = made.and_then(|()| {
            tempfile::Builder::new().prefix(PREFIX).suffix(SUFFIX).rand_bytes(16).tempfile_in(folder)
        });
        let (file, path) = file.map_err(|error| cannot_keep(&error))?.into_parts();
        let name = name.chars().filter(|letter| !letter.is_control()).take(100).collect();
        Ok(NewUpload { file: file.into(), path, name, size: 0, owner: owner.to_owned(), place })
    }
}

/// A file did not get onto the disk; why is in the log.
pub(super) fn cannot_keep(error: &io::Error) -> Error {
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
