//! Rows out of an answer, before it is known which is which.

use model::Value;
use xxhash_rust::xxh3::Xxh3;

use super::decode::decode;
use super::header::Header;
use super::identity::text;
use super::layout::Tab;
use super::wire::ValueRange;
use crate::common::cell::Cell;

/// A row as it came.
pub(super) struct RawRow {
    /// The id in its own column; empty where there is none.
    pub(super) given: String,
    /// The text of its first cell.
    pub(super) first: String,
    /// Of all its cells.
    pub(super) hash: u64,
    /// Somebody has put something into it.
    pub(super) is_filled: bool,
    /// The columns asked for, in that order.
    pub(super) values: Vec<Value>,
}

/// Which columns of a tab are read.
pub(super) struct Wanted<'a> {
    pub(super) tab: &'a Tab,
    /// By their place in the tab's columns.
    pub(super) columns: &'a [usize],
}

/// Where everything is by now.
struct Positions {
    /// Of each of the tab's columns; `None` for one that is no longer there.
    columns: Vec<Option<usize>>,
    id: Option<usize>,
}

impl Wanted<'_> {
    /// The rows of an answer to two questions: the header's row, and rows from `first` on.
    ///
    /// # Errors
    /// The name of a column asked for that is no longer there.
    pub(super) fn rows(&self, first: usize, answer: &[ValueRange<'_>; 2]) -> Result<Vec<RawRow>, String> {
        let [header, rows] = answer;
        let cells: Vec<String> = header
            .values
            .first()
            .map(|row| row.iter().map(|cell| text(Some(cell))).collect())
            .unwrap_or_default();
        let header = Header::read(&cells, |_| false, 0, self.tab.is_french);
        let known = self.tab.columns.iter();
        let columns: Vec<Option<usize>> =
            known.map(|column| header.position(&column.id, column.index)).collect();
        let is_gone = |place: &&usize| columns.get(**place).is_none_or(Option::is_none);
        if let Some(gone) = self.columns.iter().find(is_gone) {
            let name = self.tab.columns.get(*gone).map(|column| column.name.clone());
            return Err(name.unwrap_or_default());
        }
        let positions = Positions { columns, id: header.id_column };
        let rows = rows.values.iter().zip(first..);
        Ok(rows.map(|(cells, row)| self.row(row, cells, &positions)).collect())
    }

    fn row(&self, row: usize, cells: &[Cell], positions: &Positions) -> RawRow {
        let at = |place: usize| positions.columns.get(place).copied().flatten();
        let cell = |place: usize| cells.get(at(place)?);
        let values = self.columns.iter().filter_map(|place| {
            let column = self.tab.columns.get(*place)?;
            let hidden = at(*place).and_then(|index| self.tab.hidden_by(row, index));
            Some(match hidden {
                Some(merge) => Value::Unreadable(merge.name()),
                None => decode(column.kind, self.tab.zone, cell(*place)),
            })
        });
        let is_filled = self.tab.columns.iter().enumerate().any(|(place, column)| {
            // Formulas and unticked boxes are often prepared down to the end of a tab.
            let is_bare = matches!(cell(place), None | Some(Cell::Null | Cell::Bool(false)));
            let is_blank = matches!(cell(place), Some(Cell::Text(text)) if text.trim().is_empty());
            !column.is_computed && !is_bare && !is_blank
        });
        RawRow {
            given: positions.id.map(|id| text(cells.get(id))).unwrap_or_default(),
            first: text(cell(0)),
            hash: hash(cells),
            is_filled,
            values: values.collect(),
        }
    }
}

/// A hash of all cells of a row, by which it is seen to have moved or changed.
fn hash(cells: &[Cell]) -> u64 {
    let mut hash = Xxh3::new();
    for cell in cells {
        match cell {
            Cell::Text(text) => {
                hash.update(b"t");
                hash.update(text.as_bytes());
            }
            Cell::Number(number) => {
                hash.update(b"n");
                hash.update(&number.to_bits().to_le_bytes());
            }
            Cell::Bool(yes) => hash.update(&[b'b', u8::from(*yes)]),
            Cell::Null | Cell::List(_) | Cell::Object(_) => {}
        }
        hash.update(&[0]);
    }
    hash.digest()
}

/// The hash of a row without cells.
pub(super) fn hash_of_nothing() -> u64 {
    hash(&[])
}
