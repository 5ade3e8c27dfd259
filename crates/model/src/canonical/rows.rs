//! Rows read as an entity: typed, with their hashes, many at a time.

use std::sync::Arc;

use super::{Entity, Field};

/// One value. What it means is told by its [`super::FieldType`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell {
    /// The source holds nothing there.
    Empty,
    /// Text, a day or a word: a place in the text of its batch.
    Text(u32, u32),
    /// Cents, a year, 1 for yes and 0 for no.
    Int(i64),
    /// A number with decimals.
    Real(f64),
}

/// Some rows of one entity. All have the same fields: those their source has. What it does not have is
/// absent from the batch, and so not written.
#[derive(Clone, Debug)]
pub struct RowBatch {
    /// The entity.
    pub entity: Entity,
    /// The fields of every row, in order; the first is the stable key.
    pub fields: Arc<[&'static Field]>,
    pub(super) text: String,
    pub(super) cells: Vec<Cell>,
    pub(super) hashes: Vec<i64>,
    pub(super) origins: Vec<u64>,
}

impl RowBatch {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// The cells of a row, one for each of `fields`.
    pub fn row(&self, index: usize) -> &[Cell] {
        let width = self.fields.len();
        self.cells.get(index * width..(index + 1) * width).unwrap_or_default()
    }

    /// The text of a cell; `None` when it holds none.
    pub fn text(&self, cell: Cell) -> Option<&str> {
        match cell {
            Cell::Text(start, end) => self.text.get(start as usize..end as usize),
            Cell::Empty | Cell::Int(_) | Cell::Real(_) => None,
        }
    }

    /// The stable key of a row.
    pub fn key(&self, index: usize) -> &str {
        self.row(index).first().and_then(|cell| self.text(*cell)).unwrap_or_default()
    }

    /// A hash of a row's fields and values: the same for the same content, however it was written.
    pub fn hash(&self, index: usize) -> i64 {
        self.hashes.get(index).copied().unwrap_or_default()
    }

    /// Where a row came from: the line of a file, or the number of a record.
    pub fn origin(&self, index: usize) -> u64 {
        self.origins.get(index).copied().unwrap_or_default()
    }
}
