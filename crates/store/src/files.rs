//! Files beside the database and the key: their names, made for their owner alone, and what went wrong with them.

use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use crate::{Error, Result};

/// The name of a file with something after it.
pub(crate) fn beside(path: &Path, what: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(what);
    PathBuf::from(name)
}

/// The file itself, whatever links lead to it: all who look for what is beside it look in one place.
pub(crate) fn itself(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// The folder of a file.
pub(crate) fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes a file that nobody else can read, and its folder; one that is there already stays as it is.
pub(crate) fn make_private(path: &Path) -> Result<()> {
    fs::create_dir_all(folder_of(path)).map_err(of_file(path))?;
    match new_private(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(of_file(path)(error)),
        Ok(_) | Err(_) => Ok(()),
    }
}

/// An empty file that nobody else can read, in place of one that an earlier attempt left.
pub(crate) fn make_empty(path: &Path) -> Result<()> {
    remove(path).and_then(|()| new_private(path)).map(drop).map_err(of_file(path))
}

/// Opens a new file that nobody else can read.
pub(crate) fn new_private(path: &Path) -> io::Result<fs::File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

/// Removes a file that may not be there.
pub(crate) fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// What went wrong with a file.
pub(crate) fn of_file(path: &Path) -> impl Fn(io::Error) -> Error {
    let path = path.display().to_string();
    move |source| Error::File { path: path.clone(), source }
}
