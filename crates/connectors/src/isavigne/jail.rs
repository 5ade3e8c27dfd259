//! Opens a file that was found inside an allowed folder, and nothing else.
//!
//! Between the moment a folder is looked at and the moment a file of it is opened, whoever can write there may
//! put a link, a pipe or a device in the file's place, or a link in the place of a folder above it, and take it
//! away again. So the path, which was found without links, is walked from its root one name at a time, each
//! looked for in the folder that was just opened, and no name may be a link: there is no second look to deceive.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::os::fd::OwnedFd;
use std::path::{Component, Path};

use rustix::fs::{Mode, OFlags, open as open_fd, openat};

/// To look for names in it a folder need not be readable.
const FOLDER: OFlags = OFlags::PATH.union(OFlags::DIRECTORY).union(OFlags::NOFOLLOW).union(OFlags::CLOEXEC);

/// Opening a pipe would wait for somebody who writes.
const FILE: OFlags = OFlags::RDONLY
    .union(OFlags::NOFOLLOW)
    .union(OFlags::NONBLOCK)
    .union(OFlags::NOCTTY)
    .union(OFlags::CLOEXEC);

/// Opens a regular file by its path without links.
///
/// # Errors
/// The system says no, or the path leads elsewhere by now.
pub(super) fn open(path: &Path) -> io::Result<File> {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return Err(not_inside()) };
    let file = File::from(openat(walked(folder)?, name, FILE, Mode::empty())?);
    if file.metadata()?.is_file() { Ok(file) } else { Err(not_inside()) }
}

/// The folder at the end of a path of which no name is a link.
fn walked(folder: &Path) -> io::Result<OwnedFd> {
    let mut names = folder.components();
    if names.next() != Some(Component::RootDir) {
        return Err(not_inside());
    }
    let mut at = open_fd("/", FOLDER, Mode::empty())?;
    for name in names {
        let Component::Normal(name) = name else { return Err(not_inside()) };
        at = openat(&at, name, FOLDER, Mode::empty())?;
    }
    Ok(at)
}

fn not_inside() -> io::Error {
    io::Error::new(ErrorKind::PermissionDenied, "not a file of the allowed folder")
}

#[cfg(test)]
mod tests {
    use std::io::Read;
    use std::os::unix::fs::symlink;
    use std::path::PathBuf;
    use std::sync::atomic::{AtomicBool, Ordering};

    use rustix::fs::{CWD, FileType, RenameFlags, mknodat, renameat_with};
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

    /// Both names are exchanged without a moment in which one is missing, over and over.
    #[test]
    fn a_link_that_comes_and_goes_while_it_is_opened() {
        let ground = ground();
        let folder = ground.file.parent().unwrap().to_path_buf();
        let link = folder.with_file_name("link");
        symlink(ground.outside.path(), &link).unwrap();
        let is_over = AtomicBool::new(false);
        let mut opened = (0, 0);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while !is_over.load(Ordering::Relaxed) {
                    renameat_with(CWD, &folder, CWD, &link, RenameFlags::EXCHANGE).unwrap();
                }
            });
            while opened.0 < 2_000 || opened.1 < 200 {
                let mut text = String::new();
                match open(&ground.file) {
                    Ok(mut file) => {
                        file.read_to_string(&mut text).unwrap();
                        assert_eq!(text, "inside");
                        opened.0 += 1;
                    }
                    Err(_) => opened.1 += 1,
                }
            }
            is_over.store(true, Ordering::Relaxed);
        });
    }

    #[test]
    fn a_path_that_does_not_say_all_of_its_names() {
        let ground = ground();
        let folder = ground.file.parent().unwrap();
        for path in ["clients.csv", "../cave/clients.csv", "/", ""] {
            assert!(open(Path::new(path)).is_err(), "{path}");
        }
        assert!(open(&folder.join("../cave/clients.csv")).is_err());
        assert!(open(&folder.join("clients.csv")).is_ok());
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
