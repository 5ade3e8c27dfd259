//! How much a packed file may unpack to: a few megabytes can be made to unpack to terabytes.

use std::fmt;
use std::fs::File;
use std::io::{self, BufReader, ErrorKind, Read};

use zip::ZipArchive;

use crate::common::csv::fault::Fault;

/// No file is refused that unpacks to less, in bytes.
const ALWAYS: u64 = if cfg!(test) { 1 << 20 } else { 1 << 30 };
/// Beyond that, it may be so many times its size. Exports come to 5 to 30 times; only what says the same
/// thing over and over comes to more.
const TIMES: u64 = 200;
/// What of a workbook is held in memory at once (its shared texts, its styles), in bytes.
const HELD: u64 = if cfg!(test) { 1 << 20 } else { 64 << 20 };
/// The longest text or tag of a workbook, in bytes. Excel ends a cell's text at 32,767 characters.
const LONGEST: u64 = 1 << 20;

/// What a file of so many bytes may unpack to.
pub(super) fn most(packed: u64) -> u64 {
    packed.saturating_mul(TIMES).max(ALWAYS)
}

/// A reader that fails when more comes than is allowed.
pub(super) struct AtMost<R> {
    input: R,
    left: u64,
}

impl<R: Read> AtMost<R> {
    pub(super) fn new(input: R, most: u64) -> AtMost<R> {
        AtMost { input, left: most }
    }
}

impl<R: Read> Read for AtMost<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        let left = self.left.checked_sub(u64::try_from(read).unwrap_or(u64::MAX));
        self.left = left.ok_or_else(|| io::Error::new(ErrorKind::FileTooLarge, Bomb))?;
        Ok(read)
    }
}

/// What [`AtMost`] fails with.
#[derive(Debug)]
struct Bomb;

impl fmt::Display for Bomb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unpacks to more than is allowed")
    }
}

impl std::error::Error for Bomb {}

/// Whether reading ended because too much came.
pub(super) fn is_bomb(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|cause| cause.is::<Bomb>())
}

/// Unpacks a workbook once without keeping anything of it, to see whether it can be read: what is held in
/// memory must be small, and so must each text. What the archive says of its own sizes is not believed.
///
/// # Errors
/// `Bomb`; `Workbook` when it is no archive; the system says no.
pub(super) fn judge_workbook(file: &File) -> Result<(), Fault> {
    let packed = file.metadata()?.len();
    let damaged = |error: zip::result::ZipError| Fault::Workbook(error.to_string());
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(damaged)?;
    let (mut all, mut held) = (most(packed), HELD);
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(damaged)?;
        let is_sheet = entry.name().is_ok_and(|name| name.starts_with("xl/worksheets/"));
        let left = if is_sheet { all } else { all.min(held) };
        let unpacked = judge_part(AtMost::new(entry, left), is_sheet)?;
        all -= unpacked;
        held -= if is_sheet { 0 } else { unpacked };
    }
    Ok(())
}

/// The bytes of a part. What is read piece by piece must have an end to each piece.
fn judge_part(mut part: impl Read, has_pieces: bool) -> Result<u64, Fault> {
    let (mut all, mut since_tag) = (0, 0);
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = match part.read(&mut buffer) {
            Ok(0) => return Ok(all),
            Ok(read) => &buffer[..read],
            Err(error) if is_bomb(&error) => return Err(Fault::Bomb),
            // A part that is cut off is told by whoever reads it, with what stands before.
            Err(_) => return Ok(all),
        };
        all += bytes(read);
        for piece in read.split_inclusive(|byte| *byte == b'<') {
            since_tag += bytes(piece);
            if has_pieces && since_tag > LONGEST {
                return Err(Fault::Bomb);
            }
            if piece.ends_with(b"<") {
                since_tag = 0;
            }
        }
    }
}

fn bytes(slice: &[u8]) -> u64 {
    u64::try_from(slice.len()).unwrap_or(u64::MAX)
}
