//! A tab as it was found: its header, its columns, its merged cells.

use std::collections::BTreeMap;
use std::ops::Range;

use chrono_tz::{Europe, Tz};
use model::record::FieldKey;
use model::{StreamField, StreamSchema};

use super::header::{Header, letters};
use super::kind::{CellKind, Sampled};
use super::wire::{BookProperties, CellData, ExtendedValue, GridRange, NumberFormat, RowData, Sheet};

/// How many rows of a tab are looked at to find its header and the kinds of its columns.
pub(super) const SAMPLE: usize = 101;

/// A tab.
#[derive(Clone, Debug)]
pub(super) struct Tab {
    /// Its number, which stays when it is renamed.
    pub(super) id: i64,
    pub(super) title: String,
    /// The size of the grid.
    pub(super) rows: usize,
    pub(super) width: usize,
    /// Where its header is, from 0; `None` for an empty tab.
    pub(super) header_row: Option<usize>,
    pub(super) columns: Vec<Column>,
    pub(super) id_column: Option<usize>,
    pub(super) merges: Vec<Merge>,
    pub(super) zone: Tz,
    pub(super) is_french: bool,
}

/// A column of a tab.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Column {
    pub(super) id: FieldKey,
    pub(super) name: String,
    /// Where it was when the tab was described.
    pub(super) index: usize,
    pub(super) kind: CellKind,
    pub(super) format: Option<NumberFormat>,
    pub(super) is_computed: bool,
}

/// Merged cells: the first one holds the value of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Merge {
    pub(super) top: usize,
    pub(super) bottom: usize,
    pub(super) left: usize,
    pub(super) right: usize,
}

impl Tab {
    /// A tab with its first cells.
    pub(super) fn of(book: &BookProperties, sheet: &Sheet, sample: &[RowData]) -> Tab {
        let mut tab = Tab {
            id: sheet.properties.sheet_id,
            title: String::new(),
            rows: 0,
            width: 0,
            header_row: None,
            columns: Vec::new(),
            id_column: None,
            merges: Vec::new(),
            // The product's users are in France; Google names a zone for every spreadsheet.
            zone: book.time_zone.parse().unwrap_or(Europe::Paris),
            is_french: book.locale.starts_with("fr"),
        };
        tab.resize(sheet);
        tab.header_row = (0..sample.len()).find(|row| tab.is_header(*row, sample));
        let Some(header_row) = tab.header_row else { return tab };
        let below = sample.get(header_row + 1..).unwrap_or_default();
        let width = sample.iter().map(|row| row.values.len()).max().unwrap_or(0);
        let cells = |column: usize| below.iter().filter_map(move |row| row.values.get(column));
        let names: Vec<String> =
            sample.get(header_row).map(|row| row.values.iter().map(text).collect()).unwrap_or_default();
        let is_used = |column: usize| cells(column).any(|cell| cell.effective_value.is_some());
        let header = Header::read(&names, is_used, width, tab.is_french);
        tab.id_column = header.id_column;
        tab.columns = header
            .columns
            .into_iter()
            .map(|named| {
                let sampled = Sampled::of(&named.name, cells(named.index));
                Column {
                    id: named.id,
                    name: named.name,
                    index: named.index,
                    kind: sampled.kind,
                    format: sampled.format,
                    is_computed: sampled.is_computed,
                }
            })
            .collect();
        tab
    }

    /// The same tab, as its spreadsheet describes it now.
    pub(super) fn resize(&mut self, sheet: &Sheet) {
        let properties = &sheet.properties;
        self.title.clone_from(&properties.title);
        self.rows = properties.grid_properties.row_count;
        self.width = properties.grid_properties.column_count;
        self.merges = sheet.merges.iter().filter_map(Merge::of).collect();
    }

    /// Whether a row is the header: it holds something, and not just one merged title.
    fn is_header(&self, row: usize, sample: &[RowData]) -> bool {
        let cells = sample.get(row).map(|row| row.values.as_slice()).unwrap_or_default();
        let filled: Vec<usize> = cells
            .iter()
            .enumerate()
            .filter(|(_, cell)| cell.effective_value.is_some())
            .map(|(at, _)| at)
            .collect();
        let is_title = |column: usize| {
            self.merges.iter().any(|merge| merge.holds(row, column) && merge.right - merge.left > 1)
        };
        match filled[..] {
            [] => false,
            [only] => !is_title(only),
            _ => true,
        }
    }

    /// The tab as the product sees it. Ids of rows are no column.
    pub(super) fn stream(&self) -> StreamSchema {
        StreamSchema {
            id: self.id.to_string(),
            name: self.title.clone(),
            fields: self.columns.iter().map(Column::field).collect(),
        }
    }

    /// How many columns there are down to the last known one.
    pub(super) fn used_width(&self) -> usize {
        let last = self.columns.iter().map(|column| column.index).chain(self.id_column).max();
        last.map_or(0, |last| last + 1)
    }

    /// The merged cells that a cell is one of, where they span several rows or hide it.
    pub(super) fn merge(&self, row: usize, column: usize) -> Option<&Merge> {
        let merge = self.merges.iter().find(|merge| merge.holds(row, column))?;
        let is_first = (row, column) == (merge.top, merge.left);
        (!is_first || merge.bottom - merge.top > 1).then_some(merge)
    }

    /// The merged cells that hide a cell: their first one shows for all.
    pub(super) fn hidden_by(&self, row: usize, column: usize) -> Option<&Merge> {
        self.merges.iter().find(|merge| merge.holds(row, column) && (row, column) != (merge.top, merge.left))
    }

    /// Whole rows, from 0, the end exclusive.
    pub(super) fn rows(&self, rows: Range<usize>) -> GridRange {
        GridRange {
            sheet_id: self.id,
            start_row_index: Some(rows.start),
            end_row_index: Some(rows.end),
            ..GridRange::default()
        }
    }

    /// Whole rows from one on, to the end of the grid.
    pub(super) fn rows_from(&self, row: usize) -> GridRange {
        GridRange { sheet_id: self.id, start_row_index: Some(row), ..GridRange::default() }
    }

    /// Some columns from a row on, to the end of the grid.
    pub(super) fn columns_from(&self, row: usize, columns: Range<usize>) -> GridRange {
        GridRange {
            sheet_id: self.id,
            start_row_index: Some(row),
            start_column_index: Some(columns.start),
            end_column_index: Some(columns.end),
            ..GridRange::default()
        }
    }
}

impl Column {
    fn field(&self) -> StreamField {
        StreamField {
            id: self.id.to_string(),
            name: self.name.clone(),
            kind: self.kind.value_kind(),
            native_type: if self.is_computed { "formula" } else { self.kind.word() }.to_owned(),
            writable: !self.is_computed,
            options: Vec::new(),
            makes_options: false,
            stands_for: BTreeMap::new(),
        }
    }
}

impl Merge {
    fn of(range: &GridRange) -> Option<Merge> {
        Some(Merge {
            top: range.start_row_index.unwrap_or(0),
            bottom: range.end_row_index?,
            left: range.start_column_index.unwrap_or(0),
            right: range.end_column_index?,
        })
    }

    fn holds(&self, row: usize, column: usize) -> bool {
        (self.top..self.bottom).contains(&row) && (self.left..self.right).contains(&column)
    }

    /// The merged cells as people name them, such as `B2:B4`.
    pub(super) fn name(&self) -> String {
        let corner = |row: usize, column: usize| format!("{}{}", letters(column), row + 1);
        format!("{}:{}", corner(self.top, self.left), corner(self.bottom - 1, self.right - 1))
    }
}

/// A header's cell as text.
fn text(cell: &CellData) -> String {
    match &cell.effective_value {
        Some(ExtendedValue::Text(text)) => text.clone(),
        Some(ExtendedValue::Number(number)) => number.to_string(),
        Some(ExtendedValue::Bool(yes)) => if *yes { "TRUE" } else { "FALSE" }.to_owned(),
        Some(ExtendedValue::Error(_) | ExtendedValue::Formula(_)) | None => String::new(),
    }
}
