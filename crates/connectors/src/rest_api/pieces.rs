//! A page that comes line by line and may be of any size: only a portion of it is in memory at a time.

use std::ops::Range;

use memchr::memchr;
use serde_json::value::RawValue;
use xxhash_rust::xxh3::Xxh3;

use super::csv::Header;
use super::find;
use super::format::Format;
use super::page::charset;
use super::refusal::SERVICE;
use super::texts;
use crate::common::csv::{Scan, delimiter, is_blank};
use crate::common::encoding::Encoding;
use crate::error::Result;
use crate::http::{Answer, cut_short};

/// How many rows go together.
const ROWS: usize = 1_000;
/// How many bytes of rows go together.
const BYTES: usize = 1 << 20;
/// The longest row, in bytes.
const LONGEST: usize = 8 << 20;

/// The lines of an answer that has begun.
pub(super) struct Pieces {
    answer: Answer,
    buffer: Vec<u8>,
    /// Where the next line begins in `buffer`.
    start: usize,
    is_ended: bool,
    /// The number of the next line, from 1.
    line: u64,
    lines: Lines,
    encoding: Encoding,
    /// Of the rows so far.
    hash: Xxh3,
}

/// What the lines are.
enum Lines {
    Json,
    Csv { delimiter: u8, header: Option<Header> },
}

/// Some rows of it.
#[derive(Debug, Default)]
pub(super) struct Piece {
    /// Each a JSON object.
    pub(super) rows: Vec<String>,
    /// How many bytes they took.
    pub(super) bytes: u64,
}

impl Pieces {
    pub(super) fn new(answer: Answer, format: Format) -> Result<Pieces> {
        let beginning = answer.beginning();
        if beginning.starts_with(&[0xff, 0xfe]) || beginning.starts_with(&[0xfe, 0xff]) {
            return Err(texts::wrong_letters("UTF-16"));
        }
        let encoding = match charset(answer.header("content-type")).map(|encoding| encoding.name()) {
            Some("windows-1252") => Encoding::Windows1252,
            None | Some("UTF-8") => Encoding::Automatic,
            Some(other) => return Err(texts::wrong_letters(other)),
        };
        let skip = if beginning.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        let lines = match format {
            Format::Csv => {
                let sample: Vec<String> = beginning[skip..]
                    .split(|b| *b == b'\n')
                    .map(|line| encoding.decode(line).trim_end_matches('\r').to_owned())
                    .filter(|line| !line.trim().is_empty())
                    .take(50)
                    .collect();
                // The last line may be cut off.
                let whole = if sample.len() > 2 { &sample[..sample.len() - 1] } else { &sample[..] };
                Lines::Csv { delimiter: delimiter(whole), header: None }
            }
            Format::Json | Format::JsonLines => Lines::Json,
        };
        Ok(Pieces {
            answer,
            buffer: Vec::new(),
            start: skip,
            is_ended: false,
            line: 1,
            lines,
            encoding,
            hash: Xxh3::new(),
        })
    }

    /// Whether cells are texts as people typed them.
    pub(super) fn are_texts(&self) -> bool {
        matches!(self.lines, Lines::Csv { .. })
    }

    /// The answer's head.
    pub(super) fn answer(&self) -> &Answer {
        &self.answer
    }

    /// What the rows so far are recognised by.
    pub(super) fn hash(&self) -> u64 {
        self.hash.digest()
    }

    /// The next rows; `None` at the end.
    ///
    /// # Errors
    /// The answer breaks off, or a line is none of its kind.
    pub(super) async fn next(&mut self) -> Result<Option<Piece>> {
        let mut piece = Piece::default();
        while piece.rows.len() < ROWS && piece.bytes < BYTES as u64 {
            let Some(range) = self.record().await? else { break };
            piece.bytes += range.len() as u64 + 1;
            if let Some(row) = self.row(&range)? {
                self.hash.update(row.as_bytes());
                piece.rows.push(row);
            }
        }
        Ok((piece.bytes > 0).then_some(piece))
    }

    /// The row of a line; nothing for a blank one and for the names of the columns.
    fn row(&mut self, range: &Range<usize>) -> Result<Option<String>> {
        let bytes = self.buffer.get(range.clone()).unwrap_or_default();
        match &mut self.lines {
            Lines::Json => {
                // RFC 7464 puts a separator before each document.
                let text = bytes.trim_ascii().strip_prefix(b"\x1e").unwrap_or(bytes.trim_ascii());
                if text.is_empty() {
                    return Ok(None);
                }
                let text = std::str::from_utf8(text).map_err(|_| texts::wrong_letters("UTF-8"))?;
                let document: &RawValue = serde_json::from_str(text).map_err(|error| {
                    if error.is_eof() { cut_short(SERVICE) } else { texts::no_json_line(self.line - 1) }
                })?;
                Ok(Some(find::row(document)))
            }
            Lines::Csv { .. } if is_blank(bytes) => Ok(None),
            Lines::Csv { delimiter, header } => {
                let line = self.encoding.decode(bytes);
                match header {
                    Some(header) => Ok(Some(header.row(&line, *delimiter))),
                    None => {
                        *header = Some(Header::read(&line, *delimiter));
                        Ok(None)
                    }
                }
            }
        }
    }

    /// Where the next record is in the buffer, its line break left out; `None` at the end.
    async fn record(&mut self) -> Result<Option<Range<usize>>> {
        self.make_room();
        let mut scan = match &self.lines {
            Lines::Csv { delimiter, .. } => Some(Scan::new(*delimiter)),
            Lines::Json => None,
        };
        // How much of the record was looked at, and how far no line ends.
        let (mut looked, mut searched) = (0, 0);
        loop {
            let (from, search) = (self.start + looked, self.start + searched);
            match memchr(b'\n', self.buffer.get(search..).unwrap_or_default()) {
                Some(end) => {
                    let end = search + end;
                    self.line += 1;
                    looked = end + 1 - self.start;
                    searched = looked;
                    let is_open = scan.as_mut().is_some_and(|scan| {
                        scan.go(self.buffer.get(from..end + 1).unwrap_or_default());
                        scan.open
                    });
                    if !is_open {
                        return Ok(Some(self.take(end, end + 1)));
                    }
                }
                None if self.is_ended => {
                    let end = self.buffer.len();
                    if end <= self.start {
                        return Ok(None);
                    }
                    if let Some(scan) = &mut scan {
                        scan.go(self.buffer.get(from..).unwrap_or_default());
                        if scan.open {
                            return Err(texts::open_quote());
                        }
                    }
                    self.line += 1;
                    return Ok(Some(self.take(end, end)));
                }
                None => {
                    searched = self.buffer.len().saturating_sub(self.start);
                    self.is_ended = !self.answer.more(&mut self.buffer).await?;
                }
            }
            // More is asked for only when no line ends in what is there: all of it is one row.
            if self.buffer.len() > self.start + LONGEST {
                return Err(texts::row_too_long(self.line));
            }
        }
    }

    fn take(&mut self, end: usize, next: usize) -> Range<usize> {
        let begin = std::mem::replace(&mut self.start, next);
        let is_return = end > begin && self.buffer.get(end - 1) == Some(&b'\r');
        begin..if is_return { end - 1 } else { end }
    }

    /// Lets go of the lines that were read.
    fn make_room(&mut self) {
        if self.start >= BYTES {
            self.buffer.drain(..self.start.min(self.buffer.len()));
            self.start = 0;
        }
    }
}
