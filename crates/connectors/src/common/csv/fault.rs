//! Why a file of rows cannot be read.

use std::io;

/// Why a file cannot be read, or not to its end.
#[derive(Debug)]
pub(crate) enum Fault {
    /// Nobody wants more of it.
    NotWanted,
    /// It holds nothing.
    Empty,
    /// It is no text.
    Binary,
    /// It is in UTF-16.
    Utf16,
    /// Its first line is no row of names.
    NoHeader,
    /// An old or damaged workbook.
    Workbook(String),
    /// An Excel 97 workbook.
    OldWorkbook,
    /// It unpacks to far more than a file of its size holds.
    Bomb,
    /// The system says no, or a packed file is cut off.
    Io(io::Error),
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Fault {
        Fault::Io(error)
    }
}
