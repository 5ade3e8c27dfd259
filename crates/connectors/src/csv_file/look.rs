//! What a file shows of itself when it is looked at from end to end.

use std::fs::File;
use std::path::Path;

use model::decimal::Mark;
use model::table::TextRows;

use super::letters::{Letters, Survey};
use super::read::{beginning, open};
use super::utf16::order;
use super::{Form, Said, texts};
use crate::common::csv::batch::{Piece, Size};
use crate::common::csv::fault::Fault;
use crate::common::csv::marks::shown_mark;
use crate::common::csv::read::{self, Form as Written};
use crate::error::Result;

/// How many of the first rows are shown.
const SHOWN: usize = 20;
/// How many rows are looked at together.
const ROWS: usize = 5_000;

const ZIP: &[u8] = b"PK\x03\x04";
const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];
const GZIP: &[u8] = &[0x1f, 0x8b];

/// A file that was looked at.
#[derive(Clone, Debug)]
pub struct Look {
    /// How it is written: as a person said, else as it shows.
    pub form: Form,
    /// The first line whose letters are written unlike those before it.
    pub changes_at: Option<u64>,
    /// The first line that is no UTF-8, where the file is to be read as UTF-8.
    pub damaged_at: Option<u64>,
    /// Its columns, in order.
    pub columns: Vec<Column>,
    /// The first rows, at most 20.
    pub first: TextRows,
    /// How many rows there are after the first line, lines that are none among them.
    pub rows: u64,
}

/// A column, and how many of its cells can be read in one way only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// As the first line has it; empty for a column without a name.
    pub name: String,
    /// Numbers with a decimal comma.
    pub commas: u64,
    /// Numbers with a decimal point.
    pub points: u64,
    /// Dates whose first number can only be a day: `21/11/2026`.
    pub day_first: u64,
    /// Dates whose second number can only be a day: `11/21/2026`.
    pub month_first: u64,
}

impl Column {
    fn take(&mut self, cell: &str) {
        match shown_mark(cell) {
            Some(Mark::Comma) => self.commas += 1,
            Some(Mark::Point) => self.points += 1,
            None => match shown_order(cell) {
                Some(true) => self.day_first += 1,
                Some(false) => self.month_first += 1,
                None => {}
            },
        }
    }
}

/// Whether a date such as `21/11/2026` can only begin with its day (true) or its month (false).
fn shown_order(cell: &str) -> Option<bool> {
    let mut parts = cell.trim().split(['/', '.', '-']);
    let mut number = |digits: usize| {
        let part = parts.next().filter(|part| part.len() <= digits)?;
        part.parse::<u16>().ok()
    };
    match (number(2)?, number(2)?, number(4)?) {
        (13..=31, 1..=12, _) => Some(true),
        (1..=12, 13..=31, _) => Some(false),
        _ => None,
    }
}

/// Looks at a whole file. What a person `said` of it goes before what it shows.
///
/// # Errors
/// It is empty, no text, a workbook, packed, without a first line of names, or cannot be read.
pub fn look(path: &Path, said: Said) -> Result<Look> {
    look_at(path, said).map_err(|fault| texts::fault(&fault))
}

fn look_at(path: &Path, said: Said) -> std::result::Result<Look, Fault> {
    let mut file = File::open(path)?;
    let start = beginning(&mut file)?;
    if start.starts_with(ZIP) {
        return Err(Fault::Workbook(String::new()));
    }
    if start.starts_with(OLE) {
        return Err(Fault::OldWorkbook);
    }
    if start.starts_with(GZIP) {
        return Err(Fault::Binary);
    }
    let is_utf16 = said.letters.map_or_else(|| order(&start).is_some(), |said| said == Letters::Utf16);
    // A file with a mark is in UTF-16 whatever is said of it.
    let is_utf16 = is_utf16 || start.starts_with(&[0xff, 0xfe]) || start.starts_with(&[0xfe, 0xff]);
    let survey = if is_utf16 { Survey::default() } else { Survey::of(file)? };
    let letters = if is_utf16 { Letters::Utf16 } else { said.letters.unwrap_or(survey.letters()) };
    let encoding = letters.encoding();
    let delimiter = match said.delimiter {
        Some(delimiter) => delimiter,
        None => read::delimiter(open(path, is_utf16)?, encoding)?,
    };
    let mut look = Look {
        form: Form { letters, delimiter },
        changes_at: survey.changes_at().filter(|_| letters == Letters::Mixed),
        damaged_at: survey.no_utf8_at().filter(|_| letters == Letters::Utf8),
        columns: Vec::new(),
        first: TextRows::default(),
        rows: 0,
    };
    let written = Written { encoding, delimiter: Some(delimiter) };
    read::read(open(path, is_utf16)?, written, Size { rows: ROWS }, &mut |piece| {
        look.take(piece);
        true
    })?;
    Ok(look)
}

impl Look {
    fn take(&mut self, piece: Piece) {
        match piece {
            Piece::Header { columns, .. } => {
                self.columns = columns.into_iter().map(|name| Column { name, ..Column::default() }).collect();
            }
            Piece::Rows(rows, refused) => {
                self.rows += (rows.len() + refused.len()) as u64;
                for row in rows.iter() {
                    if self.first.len() < SHOWN {
                        row.cells().for_each(|cell| self.first.cell(cell));
                        self.first.end_row(row.origin);
                    }
                    for (column, cell) in self.columns.iter_mut().zip(row.cells()) {
                        column.take(cell);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use proptest::prelude::*;

    use super::*;

    fn looked(bytes: &[u8], said: Said) -> Result<Look> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(bytes).unwrap();
        look(file.path(), said)
    }

    #[test]
    fn files_show_how_they_are_written() {
        for (bytes, letters, delimiter, columns, rows) in [
            (&b"a;b\n1;2\n"[..], Letters::Utf8, b';', &["a", "b"][..], 1),
            (b"\xef\xbb\xbfa,b\r\n1,2\r\n3,4", Letters::Utf8, b',', &["a", "b"], 2),
            (b"a\tb\n1\t\xe9\n", Letters::Windows1252, b'\t', &["a", "b"], 1),
            (b"a|b\n", Letters::Utf8, b'|', &["a", "b"], 0),
            (b"\xff\xfea\0;\0\xe9\0\n\x001\0;\x002\0\n\0", Letters::Utf16, b';', &["a", "é"], 1),
            (b"sep=,\na,b\n1,2\n", Letters::Utf8, b',', &["a", "b"], 1),
            (b"a;b\n1;\"x\ny\"\n;;\n3;\"open\n", Letters::Utf8, b';', &["a", "b"], 2),
        ] {
            let look = looked(bytes, Said::default()).unwrap();
            let names: Vec<&str> = look.columns.iter().map(|column| column.name.as_str()).collect();
            assert_eq!(
                (look.form.letters, look.form.delimiter, &names[..], look.rows),
                (letters, delimiter, columns, rows),
                "{bytes:?}"
            );
        }
    }

    #[test]
    fn what_is_no_csv_is_told_with_what_to_do() {
        for (bytes, word) in [
            (&b""[..], "vide"),
            (b"PK\x03\x04rest of a workbook", ".xlsx"),
            (b"\xd0\xcf\x11\xe0old", "Excel 97"),
            (b"a;b\n\0\0\0\x01", "octets nuls"),
            (b";;\n;;\n", "vide"),
        ] {
            let error = looked(bytes, Said::default()).unwrap_err();
            assert!(error.message.fr.contains(word) && error.hint.is_some(), "{error:?}");
        }
    }

    #[test]
    fn numbers_and_days_are_counted_over_all_rows() {
        let mut text = "m;d\n".to_owned();
        text.push_str(&"1 000;01/02/2026\n".repeat(6_000));
        text.push_str("12,5;13/02/2026\n1.234,50;02/13/2026\n");
        let look = looked(text.as_bytes(), Said::default()).unwrap();
        let [amounts, days] = &look.columns[..] else { panic!("two columns") };
        assert_eq!((amounts.commas, amounts.points), (2, 0));
        assert_eq!((days.day_first, days.month_first), (1, 1));
        assert_eq!((look.rows, look.first.len()), (6_002, SHOWN));
    }

    #[test]
    fn what_a_person_says_goes_first() {
        let said = Said { letters: Some(Letters::Windows1252), delimiter: Some(b',') };
        let look = looked("é;a,b\n".as_bytes(), said).unwrap();
        assert_eq!(look.columns[0].name, "Ã©;a");
        let said = Said { letters: Some(Letters::Utf8), delimiter: None };
        assert_eq!(looked(b"a;b\n1;\xe9\n", said).unwrap().damaged_at, Some(2));
    }

    proptest! {
        #[test]
        fn nothing_panics(bytes in proptest::collection::vec(any::<u8>(), 0..300), start in "(\u{feff})?[a-z;,\"\n]{0,9}") {
            let bytes: Vec<u8> = start.into_bytes().into_iter().chain(bytes).collect();
            let _ = looked(&bytes, Said::default());
        }
    }
}
