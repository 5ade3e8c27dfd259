//! Opens a file as what it is, by its first bytes: its name may say anything.

use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;

use super::file::ContentHash;
use super::{excel, jail, unpacked};
use crate::common::csv::batch::{Sink, Size};
use crate::common::csv::fault::Fault;
use crate::common::csv::read as csv;
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
        let input = unpacked::AtMost::new(MultiGzDecoder::new(packed), most);
        return csv::read(input, encoding, size, sink).map_err(|fault| match fault {
            Fault::Io(error) if unpacked::is_bomb(&error) => Fault::Bomb,
            other => other,
        });
    }
    csv::read(hash.over(file), encoding, size, sink)
}
