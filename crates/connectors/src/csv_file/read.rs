//! The rows of a file, portion by portion, on a thread that may block.

use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::Path;

use model::canonical::Refused;
use model::table::TextRows;

use super::letters::Letters;
use super::utf16::{Utf16, order};
use super::{Form, texts};
use crate::common::csv::batch::{Piece, Size};
use crate::common::csv::fault::Fault;
use crate::common::csv::read::{self, Form as Written};
use crate::error::Result;

/// How much of the beginning shows what a file is.
const START: usize = 64;

/// Reads every row after the first line, some at a time; `sink` gets them with the lines that are none, and
/// answers whether more are wanted.
///
/// # Errors
/// The file is no CSV, or cannot be read to its end: what stood before was handed over.
pub fn read(
    path: &Path,
    form: Form,
    rows: usize,
    sink: &mut dyn FnMut(TextRows, Vec<Refused>) -> bool,
) -> Result<()> {
    let mut taken = |piece| match piece {
        Piece::Header { .. } => true,
        Piece::Rows(rows, refused) => sink(rows, refused),
    };
    let written = Written { encoding: form.letters.encoding(), delimiter: Some(form.delimiter) };
    let done = open(path, form.letters == Letters::Utf16)
        .and_then(|input| read::read(input, written, Size { rows }, &mut taken));
    match done {
        Ok(()) | Err(Fault::NotWanted) => Ok(()),
        Err(fault) => Err(texts::fault(&fault)),
    }
}

/// A file from its beginning, its letters one byte each or UTF-8.
pub(super) fn open(path: &Path, is_utf16: bool) -> std::result::Result<Box<dyn Read>, Fault> {
    let mut file = File::open(path)?;
    if !is_utf16 {
        return Ok(Box::new(file));
    }
    let start = beginning(&mut file)?;
    Ok(Box::new(Utf16::new(file, order(&start).unwrap_or(encoding_rs::UTF_16LE))))
}

/// The first bytes of a file, which stays at its beginning.
pub(super) fn beginning(file: &mut File) -> io::Result<Vec<u8>> {
    let mut start = Vec::with_capacity(START);
    file.by_ref().take(START as u64).read_to_end(&mut start)?;
    file.rewind()?;
    Ok(start)
}
