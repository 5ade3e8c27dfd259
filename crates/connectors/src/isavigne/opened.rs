//! Opens a file as what it is, by its first bytes: its name may say anything.

use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;

use super::batch::{Sink, Size};
use super::file::{ContentHash, Fault};
use super::{csv, excel, jail, unpacked};
use crate::common::encoding::Encoding;

const GZIP: &[u8] = &[0x1f, 0x8b];
const ZIP: &[u8] = b"PK\x03\x04";
const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];

/// Reads a file into the sink; `hash` has seen all of its bytes when it comes back without fault.
pub(super) fn read(
    path: &Path,
    encoding: Encoding,
    size: Size,
    hash: &ContentHash,
    sink: Sink<'_>,
) -> Result<(), Fault> {
    let mut file = jail::open(path)?;
    let mut start = Vec::new();
    file.by_ref().take(4).read_to_end(&mut start)?;
    file.seek(SeekFrom::Start(0))?;
    if start == ZIP {
        // A workbook is read out of order: its bytes are hashed on a way of their own.
        io::copy(&mut hash.over(&file), &mut io::sink())?;
        file.seek(SeekFrom::Start(0))?;
        unpacked::judge_workbook(&file)?;
        file.seek(SeekFrom::Start(0))?;
        return excel::read(file, size, sink);
    }
    if start == OLE {
        return Err(Fault::OldWorkbook);
    }
    if start.starts_with(GZIP) {
        let most = unpacked::most(file.metadata()?.len());
        let packed = io::BufReader::with_capacity(64 * 1024, hash.over(file));
        return csv::read(unpacked::AtMost::new(MultiGzDecoder::new(packed), most), encoding, size, sink);
    }
    csv::read(hash.over(file), encoding, size, sink)
}
