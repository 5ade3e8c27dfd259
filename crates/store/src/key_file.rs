//! The file that holds the keys: for its owner alone, and replaced whole or not at all.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;

use secrecy::{ExposeSecret, SecretString};

use crate::files::{beside, folder_of, itself, new_private, of_file, remove};
use crate::{Error, Result};

/// The bits of a file's mode that let everybody read or write it.
const OTHERS: u32 = 0o006;
/// What follows its name in that of the file that takes its place.
const NEW: &str = ".new";

/// A key file, by its path.
pub(crate) struct KeyFile<'a>(&'a Path);

impl<'a> KeyFile<'a> {
    pub(crate) fn at(path: &'a Path) -> KeyFile<'a> {
        KeyFile(path)
    }

    /// What it holds; `None` when there is no such file.
    ///
    /// # Errors
    /// [`Error::KeyExposed`] when others can read it; it cannot be read.
    pub(crate) fn read(&self) -> Result<Option<SecretString>> {
        let metadata = match fs::metadata(self.0) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(self.failed(error)),
        };
        let mode = metadata.permissions().mode() & 0o777;
        if mode & OTHERS != 0 {
            return Err(Error::KeyExposed { path: self.0.to_owned(), mode });
        }
        fs::read_to_string(self.0).map(|text| Some(SecretString::from(text))).map_err(|e| self.failed(e))
    }

    /// Makes it with one key; nothing when another process made it first.
    ///
    /// # Errors
    /// It or its folder cannot be made.
    pub(crate) fn make(&self, key: &SecretString) -> Result<()> {
        let folder = folder_of(self.0);
        let made = fs::create_dir_all(folder)
            .and_then(|()| write_private(self.0, key.expose_secret()))
            .and_then(|()| File::open(folder)?.sync_all());
        match made {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(self.failed(error)),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// Puts these keys in the place of those it held: at any moment, whoever reads it finds the ones or the
    /// others. It stays its owner's.
    ///
    /// # Errors
    /// Its folder cannot be written; then it is what it was.
    pub(crate) fn replace(&self, keys: &[SecretString]) -> Result<()> {
        let text = keys.iter().map(ExposeSecret::expose_secret).collect::<Vec<_>>().join("\n");
        self.exchange(&zeroize::Zeroizing::new(text)).map_err(|error| self.failed(error))
    }

    fn exchange(&self, text: &str) -> io::Result<()> {
        // The file itself, where the path is a link to it.
        let file = fs::canonicalize(self.0)?;
        let beside = beside(&file, NEW);
        // Left by a process that ended between the two steps.
        remove(&beside)?;
        let before = fs::metadata(&file)?;
        write_private(&beside, text)?;
        if fs::metadata(&beside)?.uid() != before.uid() {
            std::os::unix::fs::chown(&beside, Some(before.uid()), Some(before.gid()))?;
        }
        fs::set_permissions(&beside, before.permissions())?;
        fs::rename(&beside, &file)?;
        File::open(folder_of(&file))?.sync_all()
    }

    /// Keeps others from replacing it until the answer is dropped.
    ///
    /// # Errors
    /// [`Error::KeyBusy`] when another process is replacing it.
    pub(crate) fn lock(&self) -> Result<File> {
        // The folder of the file itself: whoever comes by another link waits for the same turn.
        let file = itself(self.0);
        let folder = File::open(folder_of(&file)).map_err(|error| self.failed(error))?;
        match folder.try_lock() {
            Ok(()) => Ok(folder),
            Err(TryLockError::WouldBlock) => Err(Error::KeyBusy),
            Err(TryLockError::Error(error)) => Err(self.failed(error)),
        }
    }

    fn failed(&self, source: io::Error) -> Error {
        of_file(self.0)(source)
    }
}

fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let mut file = new_private(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn made_once_for_its_owner_alone_and_replaced_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("data/encryption.key");
        let file = KeyFile::at(&path);
        assert!(file.read().unwrap().is_none());
        file.make(&SecretString::from("one")).unwrap();
        file.make(&SecretString::from("two")).unwrap();
        assert_eq!((file.read().unwrap().unwrap().expose_secret(), mode(&path)), ("one", 0o600));

        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        fs::write(beside(&path, NEW), "left by an earlier one").unwrap();
        file.replace(&["three", "one"].map(SecretString::from)).unwrap();
        assert_eq!((file.read().unwrap().unwrap().expose_secret(), mode(&path)), ("three\none", 0o640));
        assert!(!beside(&path, NEW).exists());
    }

    #[test]
    fn one_that_others_can_read_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("encryption.key");
        KeyFile::at(&path).make(&SecretString::from("one")).unwrap();
        for open in [0o604, 0o644, 0o602, 0o666] {
            fs::set_permissions(&path, fs::Permissions::from_mode(open)).unwrap();
            let refused = KeyFile::at(&path).read();
            assert!(matches!(refused, Err(Error::KeyExposed { mode, .. }) if mode == open), "{open:o}");
        }
    }

    #[test]
    fn one_process_at_a_time_replaces_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("encryption.key");
        let held = KeyFile::at(&path).lock().unwrap();
        assert!(matches!(KeyFile::at(&path).lock(), Err(Error::KeyBusy)));
        KeyFile::at(&path).make(&SecretString::from("one")).unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        let link = elsewhere.path().join("link.key");
        std::os::unix::fs::symlink(&path, &link).unwrap();
        assert!(matches!(KeyFile::at(&link).lock(), Err(Error::KeyBusy)), "it is the same file");
        drop(held);
        assert!(KeyFile::at(&path).lock().is_ok());
    }
}
