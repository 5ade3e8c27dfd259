//! Rows of text cells, many at a time, as a file or a service gives them.
//!
//! All text of a batch stands in one string and a cell is a place in it: a million rows cost a few
//! hundred allocations, not twenty million.

/// Some rows, in the order they were read. An empty cell is an empty text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextRows {
    text: String,
    /// Where each cell ends in `text`.
    ends: Vec<u32>,
    /// Where each row ends in `ends`, and where the row came from.
    rows: Vec<(u32, u64)>,
}

/// One row of a batch.
#[derive(Clone, Copy, Debug)]
pub struct TextRow<'a> {
    rows: &'a TextRows,
    first: usize,
    last: usize,
    /// Where it came from: the line of a file (from 1), or the number of a record.
    pub origin: u64,
}

impl TextRows {
    /// Adds a cell to the row that is being written.
    pub fn cell(&mut self, text: &str) {
        self.part(text);
        self.end_cell();
    }

    /// Adds a piece of a cell, which [`TextRows::end_cell`] ends.
    pub fn part(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Ends the cell that is being written.
    pub fn end_cell(&mut self) {
        self.ends.push(place(self.text.len()));
    }

    /// How many cells the row that is being written has so far.
    pub fn width(&self) -> usize {
        self.ends.len() - self.rows.last().map_or(0, |(end, _)| *end as usize)
    }

    /// Adds a whole line whose cells are parted by `delimiter`, an ASCII character.
    pub fn split(&mut self, line: &str, delimiter: u8) {
        for cell in line.split(char::from(delimiter)) {
            self.cell(cell);
        }
    }

    /// Ends the row that is being written and says where it came from.
    pub fn end_row(&mut self, origin: u64) {
        self.rows.push((place(self.ends.len()), origin));
    }

    /// Takes back the cells of the row that is being written.
    pub fn drop_row(&mut self) {
        let cells = self.rows.last().map_or(0, |(end, _)| *end as usize);
        self.ends.truncate(cells);
        self.text.truncate(self.ends.last().map_or(0, |end| *end as usize));
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The bytes of text held.
    pub fn bytes(&self) -> usize {
        self.text.len()
    }

    /// The rows.
    pub fn iter(&self) -> impl Iterator<Item = TextRow<'_>> {
        (0..self.rows.len()).filter_map(|i| self.get(i))
    }

    /// The row of that place, from 0.
    pub fn get(&self, index: usize) -> Option<TextRow<'_>> {
        let (last, origin) = *self.rows.get(index)?;
        let first = index.checked_sub(1).and_then(|i| self.rows.get(i)).map_or(0, |(end, _)| *end as usize);
        Some(TextRow { rows: self, first, last: last as usize, origin })
    }
}

impl<'a> TextRow<'a> {
    /// How many cells it has.
    pub fn len(&self) -> usize {
        self.last - self.first
    }

    /// Whether it has no cell at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The cell of that column, from 0; `None` past the last.
    pub fn cell(&self, column: usize) -> Option<&'a str> {
        let index = self.first + column;
        if index >= self.last {
            return None;
        }
        let end = self.rows.ends[index] as usize;
        let start = index.checked_sub(1).map_or(0, |i| self.rows.ends[i] as usize);
        self.rows.text.get(start..end)
    }

    /// Whether it has a cell for each of so many columns, and nothing beyond them: a row that is shorter was
    /// cut off, one that is longer has its values in the wrong columns.
    pub fn fits(&self, columns: usize) -> bool {
        let is_blank = |place: usize| self.cell(place).is_none_or(|cell| cell.trim().is_empty());
        self.len() >= columns && (columns..self.len()).all(is_blank)
    }

    /// The cells.
    pub fn cells(self) -> impl Iterator<Item = &'a str> {
        (0..self.len()).filter_map(move |i| self.cell(i))
    }
}

/// A place within a batch, which is far smaller than 4 GB.
fn place(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_as_they_went_in() {
        let mut rows = TextRows::default();
        rows.split("é;;c", b';');
        rows.end_row(2);
        rows.cell("left out");
        rows.drop_row();
        rows.end_row(3);
        rows.cell("x");
        rows.end_row(7);
        let told: Vec<(u64, Vec<&str>)> = rows.iter().map(|r| (r.origin, r.cells().collect())).collect();
        assert_eq!(told, [(2, vec!["é", "", "c"]), (3, vec![]), (7, vec!["x"])]);
        assert_eq!(rows.get(0).and_then(|r| r.cell(3)), None);
        let fitting: Vec<bool> = rows.iter().map(|row| row.fits(1)).collect();
        assert_eq!(fitting, [false, false, true]);
    }
}
