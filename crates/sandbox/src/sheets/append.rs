//! `values:append`: finds the last table that touches a range, and writes below it.
//!
//! As with the real one, the new rows begin in the column in which the table's last row begins.

use serde_json::{Value, json};

use super::a1;
use super::api::begun;
use super::grid::Sheet;
use super::range::Area;
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
    let table = table(sheet);
    let start = Area {
        top: table.map_or(0, |table| table.bottom),
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

/// The block of rows that ends with the last filled one, as wide as that row.
fn table(sheet: &Sheet) -> Option<Area> {
    let bottom = sheet.filled_rows();
    let is_filled = |row: usize, column: usize| sheet.cell(row, column).is_some_and(|cell| !cell.is_empty());
    let last = bottom.checked_sub(1)?;
    let left = (0..sheet.columns).find(|column| is_filled(last, *column))?;
    let right = (0..sheet.columns).rfind(|column| is_filled(last, *column))? + 1;
    let top =
        (0..bottom).rev().take_while(|row| (left..right).any(|column| is_filled(*row, column))).last()?;
    Some(Area { top, bottom, left, right })
}
