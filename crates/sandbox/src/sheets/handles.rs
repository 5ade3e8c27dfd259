//! A tab seen from the inside: what people do in the interface while a client works.

use std::sync::Arc;

use serde_json::Value;

use super::cell::{Cell, Content};
use super::grid::Sheet;
use super::range::Area;
use super::render::{Rendering, Shown};
use super::world::World;
use crate::service::Service;

/// A tab of a running simulator. Clones are the same tab; rows and columns are counted from 0. Once the tab
/// is deleted, nothing happens any more.
#[derive(Clone)]
pub struct Tab {
    service: Arc<Service<World>>,
    spreadsheet: String,
    id: i64,
}

impl Tab {
    pub(super) fn new(service: Arc<Service<World>>, spreadsheet: &str, id: i64) -> Self {
        Self { service, spreadsheet: spreadsheet.to_owned(), id }
    }

    /// Its numeric id.
    #[must_use]
    pub fn id(&self) -> i64 {
        self.id
    }

    /// Puts a cell somewhere; the grid grows if need be.
    pub fn set(&self, row: usize, column: usize, cell: Cell) {
        self.change(|sheet| {
            sheet.rows = sheet.rows.max(row + 1);
            sheet.columns = sheet.columns.max(column + 1);
            *sheet.cell_mut(row, column) = cell;
        });
    }

    /// Adds rows below the last that holds something.
    pub fn add(&self, rows: impl IntoIterator<Item = Vec<Cell>>) {
        self.change(|sheet| {
            for (at, row) in (sheet.filled_rows()..).zip(rows) {
                sheet.rows = sheet.rows.max(at + 1);
                sheet.columns = sheet.columns.max(row.len());
                for (column, cell) in row.into_iter().enumerate() {
                    *sheet.cell_mut(at, column) = cell;
                }
            }
        });
    }

    /// The values down to the last row that holds something, unformatted, as answers would give them.
    #[must_use]
    pub fn rows(&self) -> Vec<Vec<Value>> {
        let shown = Shown { rendering: Rendering::Unformatted, ..Shown::default() };
        let row = |sheet: &Sheet, row| {
            let mut values: Vec<Value> =
                (0..sheet.columns).map(|column| shown.value(sheet.cell(row, column))).collect();
            while values.last().is_some_and(|value| value == "") {
                values.pop();
            }
            values
        };
        self.look(|sheet| (0..sheet.filled_rows()).map(|at| row(sheet, at)).collect()).unwrap_or_default()
    }

    /// A cell.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> Cell {
        self.look(|sheet| sheet.cell(row, column).cloned().unwrap_or_default()).unwrap_or_default()
    }

    /// How many rows and columns the grid has.
    #[must_use]
    pub fn size(&self) -> (usize, usize) {
        self.look(|sheet| (sheet.rows, sheet.columns)).unwrap_or_default()
    }

    /// Sets the size of the grid; what lies beyond is lost.
    pub fn resize(&self, rows: usize, columns: usize) {
        self.change(|sheet| {
            (sheet.rows, sheet.columns) = (rows, columns);
            sheet.trim();
        });
    }

    /// Puts empty rows before a row.
    pub fn insert_rows(&self, at: usize, count: usize) {
        self.change(|sheet| sheet.insert_rows(at, count, false));
    }

    /// Deletes a row; those below move up.
    pub fn delete_row(&self, row: usize) {
        self.change(|sheet| sheet.delete_rows(row, row + 1));
    }

    /// Puts an empty column before a column.
    pub fn insert_column(&self, at: usize) {
        self.change(|sheet| sheet.insert_columns(at, 1));
    }

    /// Deletes a column.
    pub fn delete_column(&self, column: usize) {
        self.change(|sheet| sheet.delete_columns(column, column + 1));
    }

    /// Sorts all rows from one on by a column, as *Sort range* does: the cells move, not the rows.
    pub fn sort(&self, first_row: usize, column: usize, descending: bool) {
        self.change(|sheet| {
            let area = Area { top: first_row, bottom: sheet.filled_rows(), left: 0, right: sheet.columns };
            sheet.sort(&area, column, descending);
        });
    }

    /// Merges cells; those that are covered lose their content.
    pub fn merge(&self, top: usize, bottom: usize, left: usize, right: usize) {
        self.change(|sheet| sheet.merge(Area { top, bottom, left, right }));
    }

    /// Lets nobody change these cells.
    pub fn protect(&self, top: usize, bottom: usize, left: usize, right: usize) {
        self.change(|sheet| sheet.protected.push(Area { top, bottom, left, right }));
    }

    /// Gives the tab another name.
    pub fn rename(&self, title: &str) {
        self.change(|sheet| title.clone_into(&mut sheet.title));
    }

    /// Deletes the tab.
    pub fn delete(&self) {
        if let Some(found) = self.service.world().spreadsheets.get_mut(&self.spreadsheet) {
            found.sheets.retain(|sheet| sheet.id != self.id);
        }
    }

    fn look<T>(&self, look: impl FnOnce(&Sheet) -> T) -> Option<T> {
        let world = self.service.world();
        world.spreadsheets.get(&self.spreadsheet)?.sheet(self.id).map(look)
    }

    fn change(&self, change: impl FnOnce(&mut Sheet)) {
        let mut world = self.service.world();
        if let Some(sheet) =
            world.spreadsheets.get_mut(&self.spreadsheet).and_then(|found| found.sheet_mut(self.id))
        {
            change(sheet);
        }
    }
}

impl Cell {
    /// Its value as an unformatted answer gives it; an empty text when there is none.
    #[must_use]
    pub fn value(&self) -> Value {
        Shown { rendering: Rendering::Unformatted, ..Shown::default() }.value(Some(self))
    }

    /// The kind of format its number is shown in, such as `DATE`.
    #[must_use]
    pub fn format_kind(&self) -> Option<&str> {
        self.format.as_ref().map(|format| format.kind.as_str())
    }

    /// Its formula.
    #[must_use]
    pub fn formula_text(&self) -> Option<&str> {
        self.formula.as_deref()
    }

    /// Whether it holds a text.
    #[must_use]
    pub fn is_text(&self) -> bool {
        matches!(self.content, Content::Text(_))
    }
}
