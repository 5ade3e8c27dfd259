//! CSV from a stream of bytes.

use std::io::Read;

use memchr::memchr;
use model::canonical::Refused;
use model::table::TextRows;

use super::batch::{Gather, Sink, Size};
use super::fault::Fault;
use super::lines::{Lines, Next};
use super::{delimiter as delimiter_of, is_blank, marks, split};
use crate::common::encoding::Encoding;

/// How much of the beginning is looked at to tell how the file is written.
const SAMPLE: usize = 64 * 1024;

/// How a file is written, as far as that is known before it is read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Form {
    pub(crate) encoding: Encoding,
    /// `None`: as the file itself shows it.
    pub(crate) delimiter: Option<u8>,
}

impl From<Encoding> for Form {
    fn from(encoding: Encoding) -> Form {
        Form { encoding, delimiter: None }
    }
}

/// The delimiter of a file, as its beginning shows it.
pub(crate) fn delimiter(input: impl Read, encoding: Encoding) -> Result<u8, Fault> {
    look(&mut Lines::new(input), encoding).map(|(delimiter, ..)| delimiter)
}

/// Reads a whole file into the sink.
pub(crate) fn read(input: impl Read, form: impl Into<Form>, size: Size, sink: Sink<'_>) -> Result<(), Fault> {
    let form = form.into();
    let mut lines = Lines::new(input);
    let (shown, encoding, sample) = look(&mut lines, form.encoding)?;
    let delimiter = form.delimiter.unwrap_or(shown);
    lines.shape(delimiter, 0);
    let mut gather = Gather::new(size, sink);
    let width = loop {
        match lines.next()? {
            Next::Record(range, _) if is_blank(lines.bytes(&range)) => {}
            Next::Record(range, _) => {
                let mut header = TextRows::default();
                split(&encoding.decode(lines.bytes(&range)), delimiter, &mut header);
                header.end_row(0);
                let columns: Vec<String> =
                    header.iter().flat_map(|row| row.cells()).map(|cell| cell.trim().to_owned()).collect();
                let width = columns.len();
                gather.header(columns, decimal_mark(&sample, delimiter))?;
                break width;
            }
            Next::End => return Err(Fault::Empty),
            Next::TooLong(_) | Next::OpenQuote(_) => return Err(Fault::NoHeader),
        }
    };
    lines.shape(delimiter, width);
    loop {
        let next = match lines.next() {
            Ok(next) => next,
            Err(cut_off) => {
                gather.flush()?;
                return Err(cut_off.into());
            }
        };
        match next {
            Next::Record(range, line) => {
                let bytes = lines.bytes(&range);
                if is_blank(bytes) {
                    continue;
                }
                split(&encoding.decode(bytes), delimiter, &mut gather.rows);
                gather.rows.end_row(line);
            }
            Next::TooLong(line) => gather.refused.push(refused(line, line_too_long())),
            Next::OpenQuote(line) => gather.refused.push(refused(line, open_quote())),
            Next::End => return gather.flush(),
        }
        gather.full()?;
    }
}

/// The delimiter, the encoding as the file itself may say it, and the lines that show it.
fn look<R: Read>(lines: &mut Lines<R>, encoding: Encoding) -> Result<(u8, Encoding, Vec<String>), Fault> {
    let start = lines.peek(SAMPLE)?;
    if start.is_empty() {
        return Err(Fault::Empty);
    }
    if start.starts_with(&[0xff, 0xfe]) || start.starts_with(&[0xfe, 0xff]) {
        return Err(Fault::Utf16);
    }
    if memchr(0, start).is_some() {
        return Err(Fault::Binary);
    }
    let encoding = if start.starts_with(b"\xef\xbb\xbf") {
        lines.skip(3);
        Encoding::Utf8
    } else {
        encoding
    };
    // Excel's hint on a line of its own.
    let hint = match lines.peek(SAMPLE)? {
        [b's', b'e', b'p', b'=', hint, b'\r' | b'\n', ..] => Some(*hint),
        _ => None,
    };
    if hint.is_some() {
        lines.next()?;
    }
    let start = lines.peek(SAMPLE)?;
    // The last line may be cut off.
    let whole = if start.len() < SAMPLE {
        start
    } else {
        &start[..start.iter().rposition(|b| *b == b'\n').unwrap_or(start.len())]
    };
    let sample: Vec<String> = whole
        .split(|b| *b == b'\n')
        .map(|line| encoding.decode(line).trim_end_matches('\r').to_owned())
        .filter(|line| !line.trim().is_empty())
        .take(200)
        .collect();
    let delimiter = hint.unwrap_or_else(|| delimiter_of(&sample));
    Ok((delimiter, encoding, sample))
}

fn decimal_mark(sample: &[String], delimiter: u8) -> Option<model::decimal::Mark> {
    let mut rows = TextRows::default();
    for line in sample.iter().skip(1) {
        split(line, delimiter, &mut rows);
    }
    rows.end_row(0);
    marks::decimal_mark(rows.iter().flat_map(|row| row.cells()))
}

fn refused(line: u64, reason: model::Text) -> Refused {
    Refused { origin: line, column: None, reason }
}

fn line_too_long() -> model::Text {
    model::Text::fixed(
        "la ligne dépasse 1 Mo : le fichier est abîmé à cet endroit",
        "the line is longer than 1 MB: the file is damaged here",
    )
}

fn open_quote() -> model::Text {
    model::Text::fixed(
        "un guillemet n'est jamais fermé : doublez-le (\"\") ou retirez-le",
        "a quote is never closed: double it (\"\") or remove it",
    )
}
