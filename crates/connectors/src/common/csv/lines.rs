//! Records of a CSV file, one by one, from a stream of any length.
//!
//! A record is a line, or several where a quoted cell holds line breaks. Bytes are looked at, not
//! letters: in all encodings that are read, the delimiters and quotes are what they are in ASCII. A file of
//! before there were line feeds ends its lines with carriage returns alone; they are read as line feeds.

use std::io::{self, Read};

use memchr::{memchr, memchr2};

use super::Scan;

/// The longest record in bytes. What is longer is a damaged file, not a row.
pub(crate) const LONGEST: usize = 1 << 20;

/// How much is asked for at a time.
const PORTION: usize = 256 * 1024;

/// What stands next in the file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// A record: its bytes without the line break, and the line it begins on.
    Record(std::ops::Range<usize>, u64),
    /// A line longer than [`LONGEST`].
    TooLong(u64),
    /// A line with a quote that is never closed, or not where a row of this file could end.
    OpenQuote(u64),
    /// Nothing more.
    End,
}

/// The records of a stream.
pub(crate) struct Lines<R> {
    input: R,
    buffer: Vec<u8>,
    /// Where the next record begins in `buffer`.
    start: usize,
    /// The line it begins on, from 1.
    line: u64,
    ended: bool,
    /// Why the stream ended before its end. What was read before is served first.
    failure: Option<io::Error>,
    delimiter: u8,
    /// How many cells a record has; 0 while it is not known.
    width: usize,
    /// Whether lines end with a carriage return alone; `None` while no line has ended.
    ends_at_returns: Option<bool>,
}

impl<R: Read> Lines<R> {
    pub(crate) fn new(input: R) -> Lines<R> {
        Lines {
            input,
            buffer: Vec::new(),
            start: 0,
            line: 1,
            ended: false,
            failure: None,
            delimiter: b';',
            width: 0,
            ends_at_returns: None,
        }
    }

    /// Tells how the file is written, once that is known.
    pub(crate) fn shape(&mut self, delimiter: u8, width: usize) {
        (self.delimiter, self.width) = (delimiter, width);
    }

    /// At least `size` of the bytes that come next, fewer only at the end.
    pub(crate) fn peek(&mut self, size: usize) -> io::Result<&[u8]> {
        while self.buffer.len() - self.start < size && !self.ended {
            self.fill();
        }
        if self.start == self.buffer.len() {
            self.fail()?;
        }
        Ok(&self.buffer[self.start..])
    }

    /// Passes over bytes that were peeked at.
    pub(crate) fn skip(&mut self, size: usize) {
        self.start = (self.start + size).min(self.buffer.len());
    }

    /// The bytes of a record.
    pub(crate) fn bytes(&self, range: &std::ops::Range<usize>) -> &[u8] {
        self.buffer.get(range.clone()).unwrap_or_default()
    }

    /// The next record. Its range holds until the one after it is asked for.
    pub(crate) fn next(&mut self) -> io::Result<Next> {
        let first = match self.line_end(0)? {
            Some(end) => end,
            None if self.start == self.buffer.len() => {
                self.fail()?;
                return Ok(Next::End);
            }
            None if self.buffer.len() - self.start > LONGEST => return self.pass_over(),
            None => self.buffer.len() - self.start,
        };
        let line = self.line;
        if first > LONGEST {
            self.take(first, 1);
            return Ok(Next::TooLong(line));
        }
        let mut scan = Scan::new(self.delimiter);
        let text = &self.buffer[self.start..self.start + first];
        if memchr(b'"', text).is_none() {
            return Ok(Next::Record(self.take(first, 1), line));
        }
        scan.go(text);
        let (mut end, mut lines) = (first, 1);
        while scan.open {
            let next = if end < LONGEST { self.line_end(end + 1)? } else { None };
            let Some(next) = next.filter(|next| *next <= LONGEST) else {
                // What follows may be good: only the line with the quote is given up.
                self.take(first, 1);
                return Ok(Next::OpenQuote(line));
            };
            scan.go(&self.buffer[self.start + end..self.start + next]);
            (end, lines) = (next, lines + 1);
        }
        if lines > 1 && (scan.stray || self.width > 0 && scan.cells != self.width) {
            self.take(first, 1);
            return Ok(Next::OpenQuote(line));
        }
        Ok(Next::Record(self.take(end, lines), line))
    }

    /// Where the line ends that `from` stands in, both counted from the start of the record; the end of
    /// the file ends a line too, unless nothing stands before it.
    fn line_end(&mut self, from: usize) -> io::Result<Option<usize>> {
        let mut looked = from;
        loop {
            let begin = (self.start + looked).min(self.buffer.len());
            if let Some(found) = memchr(b'\n', &self.buffer[begin..]) {
                return Ok(Some(begin + found - self.start));
            }
            // The last byte is looked at again: what follows may make a line break of it.
            looked = looked.max((self.buffer.len() - self.start).saturating_sub(1));
            if self.ended {
                // A line without its end may be half a line.
                self.fail()?;
                let there = self.buffer.len() - self.start;
                return Ok((there > from).then_some(there));
            }
            if looked > LONGEST {
                return Ok(None);
            }
            self.fill();
        }
    }

    /// Passes over a line that has no end within reach.
    fn pass_over(&mut self) -> io::Result<Next> {
        let line = self.line;
        self.line += 1;
        loop {
            match memchr(b'\n', &self.buffer[self.start..]) {
                Some(end) => {
                    self.start += end + 1;
                    return Ok(Next::TooLong(line));
                }
                None => self.start = self.buffer.len(),
            }
            if self.ended {
                return Ok(Next::TooLong(line));
            }
            self.fill();
        }
    }

    /// Takes a record of that many bytes off and gives its range without the line break.
    fn take(&mut self, length: usize, lines: u64) -> std::ops::Range<usize> {
        let (begin, mut end) = (self.start, self.start + length);
        self.start = (end + 1).min(self.buffer.len());
        self.line += lines;
        if self.buffer[begin..end].last() == Some(&b'\r') {
            end -= 1;
        }
        begin..end
    }

    /// Says that the stream failed, once.
    fn fail(&mut self) -> io::Result<()> {
        self.failure.take().map_or(Ok(()), Err)
    }

    fn fill(&mut self) {
        if self.start > 0 {
            self.buffer.drain(..self.start);
            self.start = 0;
        }
        let old = self.buffer.len();
        self.buffer.resize(old + PORTION, 0);
        let read = loop {
            match self.input.read(&mut self.buffer[old..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        let read = read.unwrap_or_else(|error| {
            self.failure = Some(error);
            0
        });
        self.buffer.truncate(old + read);
        self.ended = read == 0;
        let mut fresh = old;
        if self.ends_at_returns.is_none() {
            self.ends_at_returns = ends_at_returns(&self.buffer);
            fresh = 0;
        }
        if self.ends_at_returns == Some(true) {
            let returns = self.buffer[fresh..].iter_mut().filter(|byte| **byte == b'\r');
            returns.for_each(|byte| *byte = b'\n');
        }
    }
}

/// Whether the first line of a text ends with a carriage return alone. `None` when it does not end, or only may
/// have ended.
fn ends_at_returns(text: &[u8]) -> Option<bool> {
    let end = memchr2(b'\r', b'\n', text)?;
    if text[end] == b'\n' {
        return Some(false);
    }
    // Half of both, perhaps.
    text.get(end + 1)?;
    Some(memchr(b'\n', &text[end..]).is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &[u8], width: usize) -> Vec<String> {
        let mut lines = Lines::new(text);
        lines.shape(b';', width);
        let mut told = Vec::new();
        loop {
            told.push(match lines.next().unwrap() {
                Next::Record(range, line) => {
                    format!("{line} {}", String::from_utf8_lossy(lines.bytes(&range)))
                }
                Next::TooLong(line) => format!("{line} too long"),
                Next::OpenQuote(line) => format!("{line} open"),
                Next::End => return told,
            });
        }
    }

    #[test]
    fn records_and_their_lines() {
        assert_eq!(told(b"a;b\r\n\n1;2", 2), ["1 a;b", "2 ", "3 1;2"]);
        assert_eq!(told(b"a;\"x\ny\";\n1;2\n", 3), ["1 a;\"x\ny\";", "3 1;2"]);
        assert_eq!(
            told(b"a;\"x\n1;2\n3;4", 2),
            ["1 a;\"x", "2 1;2", "3 3;4"].map(|t| t.replace("1 a;\"x", "1 open"))
        );
        // A later quote closes it, but not where a row could end.
        assert_eq!(told(b"a;\"x\n1;2\n3;\"4\"\n", 2), ["1 open", "2 1;2", "3 3;\"4\""]);
        assert_eq!(told(b"5\" pipe;x\n1;2", 2), ["1 5\" pipe;x", "2 1;2"]);
        assert_eq!(told(b"\"a\"\"b\";x\n", 2), ["1 \"a\"\"b\";x"]);
        assert_eq!(told(b"", 2), Vec::<String>::new());
    }

    #[test]
    fn carriage_returns_end_lines_where_nothing_else_does() {
        assert_eq!(told(b"a;b\r1;2\r\r3;\"x\ry\"\r", 2), ["1 a;b", "2 1;2", "3 ", "4 3;\"x\ny\""]);
        assert_eq!(told(b"a;\"x\ry\"\r\n1;2\r\n", 2), ["1 a;\"x\ry\"", "2 1;2"]);
        assert_eq!(told(b"a;b\r", 2), ["1 a;b"]);
        // However the bytes arrive.
        for text in [&b"a;b\r\n1;2"[..], b"a;b\r1;2", b"a;b\n1\r;2"] {
            let mut lines = Lines::new(io::Cursor::new(&text[..4]).chain(&text[4..]));
            assert!(matches!(lines.next().unwrap(), Next::Record(range, 1) if range == (0..3)));
            assert!(matches!(lines.next().unwrap(), Next::Record(_, 2)));
            assert_eq!(lines.next().unwrap(), Next::End);
        }
    }

    #[test]
    fn a_line_of_fifty_megabytes_is_passed_over() {
        let mut text = b"a;b\n".to_vec();
        text.resize(50 << 20, b'x');
        text.extend_from_slice(b"\n1;2\n");
        let mut lines = Lines::new(&text[..]);
        assert!(matches!(lines.next().unwrap(), Next::Record(_, 1)));
        assert_eq!(lines.next().unwrap(), Next::TooLong(2));
        assert!(lines.buffer.capacity() < 4 * LONGEST, "{}", lines.buffer.capacity());
        assert!(matches!(lines.next().unwrap(), Next::Record(_, 3)));
        assert_eq!(lines.next().unwrap(), Next::End);
    }
}
