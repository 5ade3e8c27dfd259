//! The folder of the exports: allowed or not, and the files in it.

use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::file::{ExportFile, State};
use super::glob::Glob;
use super::kind::kind;
use super::texts;
use crate::error::Result;

/// The folder without links, if it is one and inside an allowed one. A path that is not absolute is
/// looked for in the allowed folders, then where the program was started.
pub(super) fn allowed(typed: &str, data_dirs: &[PathBuf]) -> Result<PathBuf> {
    let roots: Vec<PathBuf> = data_dirs.iter().filter_map(|dir| dir.canonicalize().ok()).collect();
    let path = Path::new(typed);
    let inside = roots.iter().map(|root| root.join(path)).filter(|_| path.is_relative());
    let found = inside.chain([path.to_path_buf()]).find_map(|path| path.canonicalize().ok());
    // Outside of what is allowed, nobody is told what exists and what does not.
    let Some(folder) = found.filter(|folder| roots.iter().any(|root| folder.starts_with(root))) else {
        return Err(texts::not_allowed(typed, data_dirs));
    };
    if folder.is_dir() { Ok(folder) } else { Err(texts::not_a_folder(typed)) }
}

/// The files whose names fit and say what they hold, the oldest first. A link that leads out of the
/// folder is no file of it.
pub(super) fn files(folder: &Path, pattern: &Glob) -> io::Result<Vec<ExportFile>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        // A leading dot or tilde marks what programs are still working on.
        let Some(entity) = kind(&name).filter(|_| pattern.fits(&name) && !name.starts_with(['.', '~']))
        else {
            continue;
        };
        let Ok(path) = entry.path().canonicalize() else { continue };
        if !path.starts_with(folder) {
            continue;
        }
        let metadata = std::fs::metadata(&path)?;
        if metadata.is_file() {
            files.push(ExportFile { name, entity, path, state: State::from(&metadata)? });
        }
    }
    files.sort_by(|a, b| (a.state.modified, &a.name).cmp(&(b.state.modified, &b.name)));
    Ok(files)
}

/// How long after its last change a file may still be written.
const FRESH: Duration = Duration::from_secs(60);

/// How long a fresh file is watched.
pub(super) const LOOK: Duration = Duration::from_millis(400);

/// Whether a file changed so lately that it must be watched. A clock that runs ahead counts as lately.
pub(super) fn is_fresh(file: &ExportFile) -> bool {
    SystemTime::now().duration_since(file.state.modified).is_ok_and(|age| age < FRESH)
        || file.state.modified > SystemTime::now()
}

/// Whether a file looks as it did.
pub(super) fn is_still(file: &ExportFile) -> bool {
    State::of(&file.path).is_ok_and(|state| state == file.state)
}
