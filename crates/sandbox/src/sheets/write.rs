//! Values written by range, and cleared.

use serde_json::{Value, json};

use super::a1;
use super::api::begun;
use super::cell::Cell;
use super::entered::{self, Entering, LONGEST_TEXT};
use super::range::Area;
use super::refusal::Refusal;
use super::render::Shown;
use super::request::{self, BatchClear, BatchUpdateValues, Params, ValueRange};
use super::values::by_a1;
use super::world::{Spreadsheet, World};
use crate::service::Job;

/// The most that one answer says of what it changed.
struct Written {
    area: Area,
    title: String,
    rows: usize,
    columns: usize,
    cells: usize,
}

pub(super) fn update(
    found: &mut Spreadsheet,
    id: &str,
    range: &str,
    job: &Job<'_, World>,
) -> Result<Value, Refusal> {
    let known = [
        "valueInputOption",
        "includeValuesInResponse",
        "responseValueRenderOption",
        "responseDateTimeRenderOption",
    ];
    let params = Params::read(job.asked, &known)?;
    let how = request::entering(params.get("valueInputOption"))?;
    let body: ValueRange = request::body(job.asked)?;
    if body.range.as_ref().is_some_and(|named| named != range) {
        let named = body.range.unwrap_or_default();
        return Err(Refusal::invalid(format!(
            "Requested writing within range [{range}], but tried writing to [{named}]"
        )));
    }
    let written = put(found, range, &body, how)?;
    let mut answer = written.told(id);
    if params.is_on("includeValuesInResponse") {
        answer["updatedData"] = shown(found, &written);
    }
    Ok(answer)
}

pub(super) fn batch_update(
    found: &mut Spreadsheet,
    id: &str,
    job: &Job<'_, World>,
) -> Result<Value, Refusal> {
    let body: BatchUpdateValues = request::body(job.asked)?;
    let how = request::entering(body.value_input_option.as_deref())?;
    let (mut responses, mut rows, mut columns, mut cells) = (Vec::new(), 0, 0, 0);
    for data in &body.data {
        let range =
            data.range.as_deref().ok_or_else(|| Refusal::invalid("Invalid data[0]: No range specified."))?;
        let written = put(found, range, data, how)?;
        (rows, columns, cells) = (rows + written.rows, columns + written.columns, cells + written.cells);
        let mut answer = written.told(id);
        if body.include_values_in_response {
            answer["updatedData"] = shown(found, &written);
        }
        responses.push(answer);
    }
    Ok(json!({
        "spreadsheetId": id, "totalUpdatedRows": rows, "totalUpdatedColumns": columns,
        "totalUpdatedCells": cells, "totalUpdatedSheets": usize::from(!responses.is_empty()), "responses": responses,
    }))
}

pub(super) fn clear(found: &mut Spreadsheet, id: &str, range: &str) -> Result<Value, Refusal> {
    let cleared = empty(found, range)?;
    let mut answer = begun(id);
    answer["clearedRange"] = json!(cleared);
    Ok(answer)
}

pub(super) fn batch_clear(found: &mut Spreadsheet, id: &str, job: &Job<'_, World>) -> Result<Value, Refusal> {
    let body: BatchClear = request::body(job.asked)?;
    let cleared: Result<Vec<String>, Refusal> = body.ranges.iter().map(|range| empty(found, range)).collect();
    let mut answer = begun(id);
    answer["clearedRanges"] = json!(cleared?);
    Ok(answer)
}

/// Empties a range; the formats stay.
fn empty(found: &mut Spreadsheet, text: &str) -> Result<String, Refusal> {
    let range = by_a1(found, text)?;
    let sheet = found.sheet_mut(range.sheet_id).ok_or_else(Refusal::not_found)?;
    let area = range
        .within(sheet.rows, sheet.columns)
        .ok_or_else(|| Refusal::outside(text, sheet.rows, sheet.columns))?;
    check_protection(sheet, &area)?;
    for row in area.top..area.bottom.min(sheet.filled_rows()) {
        for column in area.left..area.right {
            let cell = sheet.cell_mut(row, column);
            *cell = Cell { format: cell.format.take(), ..Cell::default() };
        }
    }
    Ok(a1::write(&sheet.title, &area))
}

/// Writes values from the corner of a range on; `PUT` does not make the grid larger.
fn put(found: &mut Spreadsheet, text: &str, data: &ValueRange, how: Entering) -> Result<Written, Refusal> {
    let range = by_a1(found, text)?;
    let by_columns = request::by_columns(data.major_dimension.as_deref())?;
    let locale = found.locale.clone();
    let sheet = found.sheet_mut(range.sheet_id).ok_or_else(Refusal::not_found)?;
    let (top, left) = (range.start_row_index.unwrap_or(0), range.start_column_index.unwrap_or(0));
    let longest = data.values.iter().map(Vec::len).max().unwrap_or(0);
    let (rows, columns) =
        if by_columns { (longest, data.values.len()) } else { (data.values.len(), longest) };
    let area = Area { top, bottom: top + rows, left, right: left + columns };
    let named = a1::write(
        &sheet.title,
        &Area { bottom: area.bottom.max(top + 1), right: area.right.max(left + 1), ..area },
    );
    if area.bottom > sheet.rows || area.right > sheet.columns {
        return Err(Refusal::outside(&named, sheet.rows, sheet.columns));
    }
    if range.end_row_index.is_some_and(|end| area.bottom > end)
        || range.end_column_index.is_some_and(|end| area.right > end)
    {
        return Err(Refusal::invalid(format!(
            "Requested writing within range [{text}], but tried writing to [{named}]"
        )));
    }
    check_protection(sheet, &area)?;
    let mut cells = 0;
    for (line, values) in data.values.iter().enumerate() {
        for (place, value) in values.iter().enumerate() {
            let (row, column) =
                if by_columns { (top + place, left + line) } else { (top + line, left + place) };
            if value.as_str().is_some_and(|text| text.chars().count() > LONGEST_TEXT) {
                return Err(too_long());
            }
            let cell = sheet.cell_mut(row, column);
            match entered::enter(value, how, &locale, cell) {
                Ok(Some(entered)) => *cell = entered,
                Ok(None) => continue,
                Err(()) => {
                    let at = format!("data.values[{line}]");
                    return Err(Refusal::body(&at, format!("Invalid values[{line}][{place}]: {value}")));
                }
            }
            cells += 1;
        }
    }
    let title = sheet.title.clone();
    Ok(Written { area, title, rows, columns, cells })
}

/// A text that no cell holds.
pub(super) fn too_long() -> Refusal {
    Refusal::invalid(TOO_LONG)
}

/// The service's words for it.
pub(super) const TOO_LONG: &str =
    "Your input contains more than the maximum of 50000 characters in a single cell.";

/// The service's words for cells that may not be changed.
pub(super) const PROTECTED: &str = "You are trying to edit a protected cell or object. Please contact the spreadsheet \
                                    owner to remove protection if you need to edit.";

fn check_protection(sheet: &super::grid::Sheet, area: &Area) -> Result<(), Refusal> {
    let is_protected = sheet.protected.iter().any(|protected| protected.meets(area));
    if is_protected { Err(Refusal::invalid(PROTECTED)) } else { Ok(()) }
}

impl Written {
    fn told(&self, id: &str) -> Value {
        let mut answer = begun(id);
        let area = Area {
            bottom: self.area.bottom.max(self.area.top + 1),
            right: self.area.right.max(self.area.left + 1),
            ..self.area
        };
        answer["updatedRange"] = json!(a1::write(&self.title, &area));
        if self.cells > 0 {
            answer["updatedRows"] = json!(self.rows);
            answer["updatedColumns"] = json!(self.columns);
            answer["updatedCells"] = json!(self.cells);
        }
        answer
    }
}

fn shown(found: &Spreadsheet, written: &Written) -> Value {
    let shown = Shown { locale: &found.locale, ..Shown::default() };
    let sheet = found.sheets.iter().find(|sheet| sheet.title == written.title);
    let row = |row| {
        (written.area.left..written.area.right)
            .map(|column| shown.value(sheet.and_then(|sheet| sheet.cell(row, column))))
            .collect()
    };
    let rows: Vec<Vec<Value>> = (written.area.top..written.area.bottom).map(row).collect();
    json!({"range": a1::write(&written.title, &written.area), "majorDimension": "ROWS", "values": rows})
}

/// Writes rows at a place and says what was written: for `append`, which found the place.
pub(super) fn rows_at(
    found: &mut Spreadsheet,
    id: &str,
    range: &str,
    values: Vec<Vec<Value>>,
    how: Entering,
) -> Result<Value, Refusal> {
    Ok(put(found, range, &ValueRange { values, ..ValueRange::default() }, how)?.told(id))
}
