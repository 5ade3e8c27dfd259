//! A spreadsheet described: its properties, its tabs and, where asked for, their cells.

use serde_json::{Value, json};

use super::cell::{Cell, Content, Format};
use super::fields::Mask;
use super::grid::Sheet;
use super::range::{Area, GridRange};
use super::refusal::Refusal;
use super::render::{formatted, number};
use super::request::{self, GetByDataFilter, Params};
use super::values::{by_a1, filtered};
use super::world::{Spreadsheet, World};
use crate::service::Job;

pub(super) fn get(
    found: &Spreadsheet,
    id: &str,
    job: &Job<'_, World>,
    mask: &Mask,
) -> Result<Value, Refusal> {
    let params = Params::read(job.asked, &["ranges", "includeGridData", "excludeTablesInBandedRanges"])?;
    let ranges: Result<Vec<GridRange>, Refusal> =
        params.all("ranges").map(|range| by_a1(found, range)).collect();
    Ok(described(found, id, &ranges?, mask.wants_grid(params.is_on("includeGridData"))))
}

pub(super) fn get_by_data_filter(
    found: &Spreadsheet,
    id: &str,
    job: &Job<'_, World>,
    mask: &Mask,
) -> Result<Value, Refusal> {
    let body: GetByDataFilter = request::body(job.asked)?;
    let filters = body.data_filters.iter().enumerate();
    let ranges: Result<Vec<GridRange>, Refusal> =
        filters.map(|(place, filter)| filtered(found, filter, place)).collect();
    Ok(described(found, id, &ranges?, mask.wants_grid(body.include_grid_data)))
}

/// Everything, or only the tabs of these ranges.
pub(super) fn described(found: &Spreadsheet, id: &str, ranges: &[GridRange], with_cells: bool) -> Value {
    let is_asked_for =
        |sheet: &Sheet| ranges.is_empty() || ranges.iter().any(|range| range.sheet_id == sheet.id);
    let sheets: Vec<Value> = found
        .sheets
        .iter()
        .enumerate()
        .filter(|(_, sheet)| is_asked_for(sheet))
        .map(|(index, sheet)| tab(found, sheet, index, ranges, with_cells))
        .collect();
    json!({
        "spreadsheetId": id,
        "properties": {
            "title": found.title, "locale": found.locale, "autoRecalc": "ON_CHANGE", "timeZone": found.time_zone,
        },
        "sheets": sheets,
        "spreadsheetUrl": format!("https://docs.google.com/spreadsheets/d/{id}/edit"),
    })
}

/// A tab's properties.
pub(super) fn properties(sheet: &Sheet, index: usize) -> Value {
    let mut grid = json!({"rowCount": sheet.rows, "columnCount": sheet.columns});
    if sheet.frozen_rows > 0 {
        grid["frozenRowCount"] = json!(sheet.frozen_rows);
    }
    json!({"sheetId": sheet.id, "title": sheet.title, "index": index, "sheetType": "GRID", "gridProperties": grid})
}

fn tab(found: &Spreadsheet, sheet: &Sheet, index: usize, ranges: &[GridRange], with_cells: bool) -> Value {
    let mut tab = json!({"properties": properties(sheet, index)});
    if !sheet.merges.is_empty() {
        let merges: Vec<GridRange> = sheet.merges.iter().map(|area| area.grid_range(sheet.id)).collect();
        tab["merges"] = json!(merges);
    }
    if with_cells {
        let whole = [GridRange { sheet_id: sheet.id, ..GridRange::default() }];
        let asked = if ranges.is_empty() { &whole[..] } else { ranges };
        let data: Vec<Value> = asked
            .iter()
            .filter(|range| range.sheet_id == sheet.id)
            .filter_map(|range| range.within(sheet.rows, sheet.columns))
            .map(|area| data(found, sheet, &area))
            .collect();
        tab["data"] = json!(data);
    }
    tab
}

fn data(found: &Spreadsheet, sheet: &Sheet, area: &Area) -> Value {
    let row = |row: usize| {
        let mut cells: Vec<Value> = (area.left..area.right)
            .map(|column| {
                sheet.cell(row, column).map_or_else(|| json!({}), |cell| described_cell(cell, &found.locale))
            })
            .collect();
        while cells.last().is_some_and(|cell| cell == &json!({})) {
            cells.pop();
        }
        if cells.is_empty() { json!({}) } else { json!({"values": cells}) }
    };
    let bottom = area.bottom.min(sheet.touched_rows().max(area.top));
    let rows: Vec<Value> = (area.top..bottom).map(row).collect();
    let mut data = json!({"rowData": rows});
    // Zeros are left out, as protocol buffers do.
    if area.top > 0 {
        data["startRow"] = json!(area.top);
    }
    if area.left > 0 {
        data["startColumn"] = json!(area.left);
    }
    data
}

fn described_cell(cell: &Cell, locale: &str) -> Value {
    let mut described = json!({});
    let value = match &cell.content {
        Content::Empty => None,
        Content::Number(value) => Some(json!({"numberValue": number(*value)})),
        Content::Text(text) => Some(json!({"stringValue": text})),
        Content::Bool(yes) => Some(json!({"boolValue": yes})),
        Content::Error(error) => Some(json!({"errorValue": {"type": error_type(error), "message": error}})),
    };
    if let Some(value) = value {
        if let Some(formula) = &cell.formula {
            described["userEnteredValue"] = json!({"formulaValue": formula});
        } else if !cell.is_spilled {
            described["userEnteredValue"] = value.clone();
        }
        described["effectiveValue"] = value;
        described["formattedValue"] = json!(formatted(cell, locale));
    }
    if let Some(format) = &cell.format {
        described["userEnteredFormat"] = number_format(format);
        described["effectiveFormat"] = number_format(format);
    }
    described
}

fn number_format(format: &Format) -> Value {
    let mut told = json!({"type": format.kind});
    if !format.pattern.is_empty() {
        told["pattern"] = json!(format.pattern);
    }
    json!({"numberFormat": told})
}

fn error_type(error: &str) -> &'static str {
    match error {
        "#NULL!" => "NULL_VALUE",
        "#DIV/0!" => "DIVIDE_BY_ZERO",
        "#VALUE!" => "VALUE",
        "#REF!" => "REF",
        "#NAME?" => "NAME",
        "#NUM!" => "NUM",
        "#N/A" => "N_A",
        "Loading..." => "LOADING",
        _ => "ERROR",
    }
}
