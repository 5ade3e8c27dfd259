//! Opens a file that was found inside an allowed folder, and nothing else.
//!
//! Between the moment a folder is looked at and the moment a file of it is opened, whoever can write there may
//! put a link, a pipe or a device in the file's place, or a link in the place of a folder above it. So what was
//! opened is judged, not what was looked at.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use rustix::fs::{Mode, OFlags, open as open_fd};

/// Opens a regular file by its path without links.
///
/// # Errors
/// The system says no, or the path leads elsewhere by now.
pub(super) fn open(path: &Path) -> io::Result<File> {
    // Opening a pipe would wait for somebody who writes.
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let file = File::from(open_fd(path, flags, Mode::empty())?);
    let opened = file.metadata()?;
    // The path without links is still itself, and this very file stands there: it is the one inside.
    let there = std::fs::symlink_metadata(path)?;
    let is_same = (opened.dev(), opened.ino()) == (there.dev(), there.ino());
    if !opened.is_file() || !is_same || path.canonicalize()? != path {
        return Err(io::Error::new(ErrorKind::PermissionDenied, "not a file of the allowed folder"));
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use std::io::Read;
    use std::os::unix::fs::symlink;
    use std::path::PathBuf;

    use rustix::fs::{CWD, FileType, mknodat};
    use tempfile::TempDir;

    use super::*;

    /// An allowed folder with a file, and a secret outside of it.
    struct Ground {
        allowed: TempDir,
        outside: TempDir,
        file: PathBuf,
    }

    fn ground() -> Ground {
        let (allowed, outside) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        let folder = allowed.path().canonicalize().unwrap().join("cave");
        std::fs::create_dir(&folder).unwrap();
        let file = folder.join("clients.csv");
        std::fs::write(&file, "inside").unwrap();
        std::fs::write(outside.path().join("clients.csv"), "SECRET").unwrap();
        Ground { allowed, outside, file }
    }

    #[test]
    fn the_file_itself() {
        let mut text = String::new();
        open(&ground().file).unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, "inside");
    }

    #[test]
    fn a_link_put_in_the_place_of_the_file() {
        let ground = ground();
        std::fs::remove_file(&ground.file).unwrap();
        symlink(ground.outside.path().join("clients.csv"), &ground.file).unwrap();
        assert!(open(&ground.file).is_err());
    }

    #[test]
    fn a_link_put_in_the_place_of_its_folder() {
        let ground = ground();
        let folder = ground.file.parent().unwrap();
        std::fs::rename(folder, ground.allowed.path().join("before")).unwrap();
        symlink(ground.outside.path(), folder).unwrap();
        assert!(open(&ground.file).is_err());
    }

    #[test]
    fn a_pipe_does_not_make_it_wait() {
        let ground = ground();
        std::fs::remove_file(&ground.file).unwrap();
        mknodat(CWD, &ground.file, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
        assert!(open(&ground.file).is_err());
    }

    #[test]
    fn devices_and_folders() {
        assert!(open(Path::new("/dev/zero")).is_err());
        assert!(open(ground().file.parent().unwrap()).is_err());
    }
}
