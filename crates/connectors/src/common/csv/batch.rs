//! What a file is read into, piece by piece.

use model::canonical::Refused;
use model::decimal::Mark;
use model::table::TextRows;

use super::fault::Fault;

/// A piece of a file.
pub(crate) enum Piece {
    /// The first row.
    Header { columns: Vec<String>, mark: Option<Mark> },
    /// Some rows, and what is none.
    Rows(TextRows, Vec<Refused>),
}

/// Where pieces go; it answers whether more are wanted.
pub(crate) type Sink<'a> = &'a mut dyn FnMut(Piece) -> bool;

/// How many rows go together.
#[derive(Clone, Copy)]
pub(crate) struct Size {
    pub(crate) rows: usize,
}

/// The most text that goes together, in bytes.
const TEXT: usize = 4 << 20;

/// Gathers rows until there are enough of them.
pub(crate) struct Gather<'a> {
    size: Size,
    sink: Sink<'a>,
    pub(crate) rows: TextRows,
    pub(crate) refused: Vec<Refused>,
}

impl<'a> Gather<'a> {
    pub(crate) fn new(size: Size, sink: Sink<'a>) -> Gather<'a> {
        Gather { size, sink, rows: TextRows::default(), refused: Vec::new() }
    }

    pub(crate) fn header(&mut self, columns: Vec<String>, mark: Option<Mark>) -> Result<(), Fault> {
        self.send(Piece::Header { columns, mark })
    }

    /// Hands over what there is if it is enough.
    pub(crate) fn full(&mut self) -> Result<(), Fault> {
        let enough = self.rows.len() >= self.size.rows
            || self.rows.bytes() >= TEXT
            || self.refused.len() >= self.size.rows;
        if enough { self.flush() } else { Ok(()) }
    }

    /// Hands over what there is.
    pub(crate) fn flush(&mut self) -> Result<(), Fault> {
        if self.rows.is_empty() && self.refused.is_empty() {
            return Ok(());
        }
        let piece = Piece::Rows(std::mem::take(&mut self.rows), std::mem::take(&mut self.refused));
        self.send(piece)
    }

    fn send(&mut self, piece: Piece) -> Result<(), Fault> {
        if (self.sink)(piece) { Ok(()) } else { Err(Fault::NotWanted) }
    }
}
