//! CSV as it is written: its delimiter, its quotes, its cells.

pub(crate) mod batch;
pub(crate) mod fault;
pub(crate) mod lines;
pub(crate) mod marks;
pub(crate) mod read;

use memchr::{memchr, memchr2};
use model::table::TextRows;

/// The delimiters there are, the most French first: it wins where two fit alike.
const DELIMITERS: [u8; 4] = *b";\t|,";

/// The delimiter of a sample of lines: the one that cuts most lines into as many cells as the first.
/// `;` where the file has one column only.
pub(crate) fn delimiter(lines: &[String]) -> u8 {
    let cells = |line: &str, delimiter| {
        let mut rows = TextRows::default();
        split(line, delimiter, &mut rows);
        rows.width()
    };
    let score = |delimiter: u8| {
        let Some(width) = lines.first().map(|line| cells(line, delimiter)).filter(|width| *width > 1) else {
            return (0, 0);
        };
        (lines.iter().filter(|line| cells(line, delimiter) == width).count(), width)
    };
    // The last of equals wins `max_by_key`, so the most French stands last.
    DELIMITERS
        .into_iter()
        .rev()
        .max_by_key(|delimiter| score(*delimiter))
        .filter(|d| score(*d).0 > 0)
        .unwrap_or(b';')
}

/// Adds the cells of a record to the row that is being written, quotes taken off.
pub(crate) fn split(record: &str, delimiter: u8, rows: &mut TextRows) {
    if memchr(b'"', record.as_bytes()).is_none() {
        rows.split(record, delimiter);
        return;
    }
    let mark = char::from(delimiter);
    let mut rest = record;
    loop {
        // Some programs write a space behind each delimiter.
        let cell = if mark == ' ' { rest } else { rest.trim_start_matches(' ') };
        if let Some(quoted) = cell.strip_prefix('"') {
            rest = unquote(quoted, rows);
        }
        // What stands behind a closing quote belongs to the cell, as spreadsheets read it.
        match rest.split_once(mark) {
            Some((cell, after)) => {
                rows.cell(cell);
                rest = after;
            }
            None => {
                rows.cell(rest);
                return;
            }
        }
    }
}

/// Adds a quoted text and gives what stands behind its closing quote.
fn unquote<'a>(mut quoted: &'a str, rows: &mut TextRows) -> &'a str {
    while let Some((text, after)) = quoted.split_once('"') {
        rows.part(text);
        match after.strip_prefix('"') {
            Some(after) => {
                rows.part("\"");
                quoted = after;
            }
            None => return after,
        }
    }
    rows.part(quoted);
    ""
}

/// Whether a line holds nothing: spreadsheets leave lines of delimiters behind.
pub(crate) fn is_blank(line: &[u8]) -> bool {
    line.iter().all(|b| matches!(b, b' ' | b'\t' | b';' | b',' | b'|' | b'\r' | b'\n'))
}

/// Follows quotes through a record.
pub(crate) struct Scan {
    delimiter: u8,
    /// A quoted cell is open.
    pub(crate) open: bool,
    /// The next byte begins a cell.
    fresh: bool,
    /// Something other than a delimiter stands behind a closing quote.
    pub(crate) stray: bool,
    pub(crate) cells: usize,
}

impl Scan {
    pub(crate) fn new(delimiter: u8) -> Scan {
        Scan { delimiter, open: false, fresh: true, stray: false, cells: 1 }
    }

    /// Goes on with the bytes that follow.
    pub(crate) fn go(&mut self, bytes: &[u8]) {
        let mut place = 0;
        while place < bytes.len() {
            if self.open {
                let Some(quote) = memchr(b'"', &bytes[place..]) else { return };
                place += quote + 1;
                if bytes.get(place) == Some(&b'"') {
                    place += 1;
                } else {
                    self.open = false;
                    self.stray |= bytes.get(place).is_some_and(|b| *b != self.delimiter && *b != b'\r');
                }
                continue;
            }
            if self.fresh && bytes[place] == b'"' {
                (self.open, self.fresh) = (true, false);
                place += 1;
                continue;
            }
            if self.fresh && bytes[place] == b' ' && self.delimiter != b' ' {
                place += 1;
                continue;
            }
            self.fresh = false;
            let Some(found) = memchr2(self.delimiter, b'\n', &bytes[place..]) else { return };
            self.fresh = bytes[place + found] == self.delimiter;
            self.cells += usize::from(self.fresh);
            place += found + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters() {
        for (lines, expected) in [
            (&["a;b;c", "1,5;2,5;3", "1;2;3"][..], b';'),
            (&["a,b", "1,2"], b','),
            (&["a\tb", "1,5\t2"], b'\t'),
            (&["a|b", "1|2"], b'|'),
            (&["a", "1"], b';'),
            (&["\"a;x\",b", "\"1;y\",2"], b','),
            (&[], b';'),
        ] {
            let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
            assert_eq!(delimiter(&lines), expected, "{lines:?}");
        }
    }
}
