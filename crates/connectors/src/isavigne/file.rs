//! A file of the folder: what it is known again by, and what can be wrong with it.

use std::fs::Metadata;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use model::canonical::Entity;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use super::jail;

/// A file that is read.
#[derive(Clone, Debug)]
pub(super) struct ExportFile {
    pub(super) name: String,
    pub(super) entity: Entity,
    /// Without links.
    pub(super) path: PathBuf,
    pub(super) state: State,
}

/// How a file looks from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct State {
    pub(super) size: u64,
    pub(super) modified: SystemTime,
}

impl State {
    pub(super) fn of(path: &Path) -> io::Result<State> {
        State::from(&std::fs::metadata(path)?)
    }

    pub(super) fn from(metadata: &Metadata) -> io::Result<State> {
        Ok(State { size: metadata.len(), modified: metadata.modified()? })
    }

    /// Nanoseconds since 1970.
    pub(super) fn nanos(self) -> String {
        self.modified.duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos().to_string()
    }
}

/// What a file that was read to its end is known again by.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Fingerprint {
    /// In bytes.
    size: u64,
    /// When it was last modified: nanoseconds since 1970.
    modified: String,
    /// Of its bytes, in hexadecimal.
    hash: String,
}

impl Fingerprint {
    pub(super) fn new(state: State, hash: &ContentHash) -> Fingerprint {
        Fingerprint { size: state.size, modified: state.nanos(), hash: hash.text() }
    }

    /// As the database keeps it.
    pub(super) fn to_mark(&self) -> String {
        serde_json::json!(self).to_string()
    }

    /// Whether a file is the one that left this mark. Only where its size is the same and its time is not
    /// are its bytes looked at: then it was copied anew, or changed.
    pub(super) fn is_of(mark: &str, file: &ExportFile) -> io::Result<bool> {
        let Ok(known) = serde_json::from_str::<Fingerprint>(mark) else { return Ok(false) };
        if known.size != file.state.size {
            return Ok(false);
        }
        if known.modified == file.state.nanos() {
            return Ok(true);
        }
        let hash = ContentHash::default();
        io::copy(&mut hash.over(jail::open(&file.path)?), &mut io::sink())?;
        Ok(known.hash == hash.text())
    }
}

/// A hash of the bytes that pass a reader.
#[derive(Clone, Default)]
pub(super) struct ContentHash(Arc<Mutex<Xxh3>>);

impl ContentHash {
    /// Hashes what is read from there.
    pub(super) fn over<R: Read>(&self, input: R) -> Hashed<R> {
        Hashed { input, hash: self.clone() }
    }

    pub(super) fn text(&self) -> String {
        format!("{:032x}", self.0.lock().unwrap_or_else(PoisonError::into_inner).digest128())
    }
}

/// A reader whose bytes are hashed.
pub(super) struct Hashed<R> {
    input: R,
    hash: ContentHash,
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.hash.0.lock().unwrap_or_else(PoisonError::into_inner).update(&buffer[..read]);
        Ok(read)
    }
}
