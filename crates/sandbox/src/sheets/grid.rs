//! A tab: its grid and what lies on it.

use std::cmp::Ordering;

use super::cell::Cell;
use super::range::Area;
use super::render::sort_key;

/// Cells of all tabs of a spreadsheet together.
pub(super) const MOST_CELLS: usize = 10_000_000;

/// A tab of a spreadsheet.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    pub(super) id: i64,
    pub(super) title: String,
    pub(super) rows: usize,
    pub(super) columns: usize,
    pub(super) frozen_rows: usize,
    /// The rows as far as they hold something; each as far as it does.
    cells: Vec<Vec<Cell>>,
    pub(super) merges: Vec<Area>,
    pub(super) protected: Vec<Area>,
}

impl Sheet {
    /// An empty tab of the size that the interface gives.
    pub(super) fn new(id: i64, title: &str) -> Self {
        let (merges, protected) = (Vec::new(), Vec::new());
        Self {
            id,
            title: title.to_owned(),
            rows: 1_000,
            columns: 26,
            frozen_rows: 0,
            cells: Vec::new(),
            merges,
            protected,
        }
    }

    pub(super) fn cell(&self, row: usize, column: usize) -> Option<&Cell> {
        self.cells.get(row)?.get(column)
    }

    /// A cell to change; the grid must hold its place.
    pub(super) fn cell_mut(&mut self, row: usize, column: usize) -> &mut Cell {
        if self.cells.len() <= row {
            self.cells.resize_with(row + 1, Vec::new);
        }
        let cells = &mut self.cells[row];
        if cells.len() <= column {
            cells.resize_with(column + 1, Cell::default);
        }
        &mut cells[column]
    }

    pub(super) fn whole(&self) -> Area {
        Area { top: 0, bottom: self.rows, left: 0, right: self.columns }
    }

    /// How many rows there are down to the last that holds something.
    pub(super) fn filled_rows(&self) -> usize {
        let is_filled = |row: &Vec<Cell>| row.iter().any(|cell| !cell.is_empty());
        self.cells.iter().rposition(is_filled).map_or(0, |last| last + 1)
    }

    /// How many rows there are down to the last that holds something or was given a format.
    pub(super) fn touched_rows(&self) -> usize {
        self.cells.len()
    }

    /// Puts empty rows before a row; what is there moves down.
    pub(super) fn insert_rows(&mut self, at: usize, count: usize, like_before: bool) {
        let formats: Vec<Cell> =
            match at.checked_sub(1).filter(|_| like_before).and_then(|row| self.cells.get(row)) {
                Some(row) => {
                    row.iter().map(|cell| Cell { format: cell.format.clone(), ..Cell::default() }).collect()
                }
                None => Vec::new(),
            };
        if at < self.cells.len() || !formats.is_empty() {
            self.cells.resize_with(self.cells.len().max(at), Vec::new);
            self.cells.splice(at..at, std::iter::repeat_n(formats, count));
        }
        self.rows += count;
        for area in self.merges.iter_mut().chain(&mut self.protected) {
            if area.top >= at {
                area.top += count;
            }
            if area.bottom > at {
                area.bottom += count;
            }
        }
    }

    pub(super) fn delete_rows(&mut self, from: usize, to: usize) {
        let end = to.min(self.cells.len());
        if from < end {
            self.cells.drain(from..end);
        }
        self.rows -= to - from;
        let moved = |row: usize| if row >= to { row - (to - from) } else { row.min(from) };
        for area in self.merges.iter_mut().chain(&mut self.protected) {
            (area.top, area.bottom) = (moved(area.top), moved(area.bottom));
        }
        self.merges.retain(|area| area.top < area.bottom);
        self.protected.retain(|area| area.top < area.bottom);
    }

    pub(super) fn insert_columns(&mut self, at: usize, count: usize) {
        for row in self.cells.iter_mut().filter(|row| row.len() > at) {
            row.splice(at..at, std::iter::repeat_n(Cell::default(), count));
        }
        self.columns += count;
    }

    pub(super) fn delete_columns(&mut self, from: usize, to: usize) {
        for row in &mut self.cells {
            let end = to.min(row.len());
            if from < end {
                row.drain(from..end);
            }
        }
        self.columns -= to - from;
    }

    /// Cuts off what lies beyond the grid's edge.
    pub(super) fn trim(&mut self) {
        self.cells.truncate(self.rows);
        for row in &mut self.cells {
            row.truncate(self.columns);
        }
    }

    /// Merges the cells of an area; those that are covered lose their content.
    pub(super) fn merge(&mut self, area: Area) {
        for row in area.top..area.bottom {
            for column in area.left..area.right {
                if (row, column) != (area.top, area.left) {
                    *self.cell_mut(row, column) = Cell::default();
                }
            }
        }
        self.merges.push(area);
    }

    /// Orders the rows of an area by one column, descending or not; the cells move, not the rows.
    pub(super) fn sort(&mut self, area: &Area, column: usize, descending: bool) {
        let mut rows: Vec<Vec<Cell>> = (area.top..area.bottom)
            .map(|row| (area.left..area.right).map(|at| std::mem::take(self.cell_mut(row, at))).collect())
            .collect();
        let key = |row: &Vec<Cell>| sort_key(row.get(column.saturating_sub(area.left)));
        rows.sort_by(|one, other| match (key(one), key(other)) {
            (Some(one), Some(other)) => {
                let order = one.partial_cmp(&other).unwrap_or(Ordering::Equal);
                if descending { order.reverse() } else { order }
            }
            // Empty cells stay last in both orders.
            (one, other) => one.is_none().cmp(&other.is_none()),
        });
        for (row, cells) in (area.top..area.bottom).zip(rows) {
            for (at, cell) in (area.left..area.right).zip(cells) {
                *self.cell_mut(row, at) = cell;
            }
        }
    }
}
