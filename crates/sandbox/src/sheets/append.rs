//! `values:append`: finds the last table that touches a range, and writes below it.
//!
//! As with the real one, the new rows begin in the column in which the table's last row begins.

use serde_json::{Value, json};

use super::a1;
use super::api::begun;
use super::grid::Sheet;
use super::range::{Area, GridRange};
use super::refusal::Refusal;
use super::request::{self, Params, ValueRange};
use super::values::by_a1;
use super::world::{Spreadsheet, World};
use super::write;
use crate::service::Job;

pub(super) fn append(
    found: &mut Spreadsheet,
    id: &str,
    range: &str,
    job: &Job<'_, World>,
) -> Result<Value, Refusal> {
    let known = [
        "valueInputOption",
        "insertDataOption",
        "includeValuesInResponse",
        "responseValueRenderOption",
        "responseDateTimeRenderOption",
    ];
    let params = Params::read(job.asked, &known)?;
    let how = request::entering(params.get("valueInputOption"))?;
    let body: ValueRange = request::body(job.asked)?;
    let grid_range = by_a1(found, range)?;
    let sheet = found.sheet_mut(grid_range.sheet_id).ok_or_else(Refusal::not_found)?;
    let table = table(sheet, &grid_range);
    let start = Area {
        top: table.map_or(grid_range.start_row_index.unwrap_or(0), |table| table.bottom),
        bottom: 0,
        left: table.map_or(grid_range.start_column_index.unwrap_or(0), |table| table.left),
        right: 0,
    };
    let rows = body.values.len();
    if params.get("insertDataOption") == Some("INSERT_ROWS") && start.top < sheet.filled_rows() {
        sheet.insert_rows(start.top, rows, true);
    }
    sheet.rows = sheet.rows.max(start.top + rows);
    let widest = body.values.iter().map(Vec::len).max().unwrap_or(0);
    sheet.columns = sheet.columns.max(start.left + widest);
    let title = sheet.title.clone();
    let place = Area { bottom: start.top + rows.max(1), right: start.left + widest.max(1), ..start };
    let updates = write::rows_at(found, id, &a1::write(&title, &place), body.values, how)?;
    let mut answer = begun(id);
    if let Some(table) = table {
        answer["tableRange"] = json!(a1::write(&title, &table));
    }
    answer["updates"] = updates;
    Ok(answer)
}

/// The last block of filled rows that touches a range, as wide as its last row. An empty range touches the block
/// that ends right above it.
fn table(sheet: &Sheet, range: &GridRange) -> Option<Area> {
    let filled = sheet.filled_rows();
    let is_filled = |row: usize, column: usize| sheet.cell(row, column).is_some_and(|cell| !cell.is_empty());
    let has_row = |row: &usize| (0..sheet.columns).any(|column| is_filled(*row, column));
    let start = range.start_row_index.unwrap_or(0);
    let end = range.end_row_index.unwrap_or(filled).min(filled);
    let within = (start..end).rfind(has_row);
    let touched = within.or_else(|| start.checked_sub(1).filter(has_row))?;
    let last = match within {
        Some(within) => (within..filled).take_while(has_row).last()?,
        None => touched,
    };
    let left = (0..sheet.columns).find(|column| is_filled(last, *column))?;
    let right = (0..sheet.columns).rfind(|column| is_filled(last, *column))? + 1;
    let top =
        (0..=last).rev().take_while(|row| (left..right).any(|column| is_filled(*row, column))).last()?;
    Some(Area { top, bottom: last + 1, left, right })
}
