//! The requests of a `batchUpdate`, as JSON.

use std::ops::Range;

use serde_json::{Map, Value as Json, json};

use super::encode::Content;
use super::header::ID_COLUMN;
use super::layout::Tab;
use super::place::{IdColumn, Places};
use super::wire::NumberFormat;

/// Values of neighbouring cells; their formats stay.
pub(super) fn cells(tab: &Tab, row: usize, column: usize, contents: &[&Content]) -> Json {
    rows(tab, row, column, vec![values(contents.iter().map(|content| cell(content)).collect())])
}

/// A row of cells.
pub(super) fn values(cells: Vec<Json>) -> Json {
    with(json!({}), "values", cells)
}

/// Whole rows of values.
pub(super) fn rows(tab: &Tab, row: usize, column: usize, rows: Vec<Json>) -> Json {
    let changed = json!({
        "start": { "sheetId": tab.id, "rowIndex": row, "columnIndex": column },
        "fields": "userEnteredValue",
    });
    Json::Object(Map::from_iter([("updateCells".to_owned(), with(changed, "rows", rows))]))
}

/// An object with one more member. The list is taken over as it is: `json!` would copy all its cells.
pub(super) fn with(mut object: Json, member: &str, list: Vec<Json>) -> Json {
    object[member] = Json::Array(list);
    object
}

/// A cell's value with its type.
pub(super) fn cell(content: &Content) -> Json {
    match content {
        Content::Empty => json!({}),
        Content::Text(text) => json!({ "userEnteredValue": { "stringValue": text } }),
        Content::Number(number) | Content::Moment(number, _) => {
            json!({ "userEnteredValue": { "numberValue": number } })
        }
        Content::Bool(yes) => json!({ "userEnteredValue": { "boolValue": yes } }),
    }
}

/// Shows the numbers of a column's cells as moments.
pub(super) fn format(tab: &Tab, rows: Range<usize>, column: usize, format: &NumberFormat) -> Json {
    json!({ "repeatCell": {
        "range": {
            "sheetId": tab.id, "startRowIndex": rows.start, "endRowIndex": rows.end,
            "startColumnIndex": column, "endColumnIndex": column + 1,
        },
        "cell": { "userEnteredFormat": { "numberFormat": format } },
        "fields": "userEnteredFormat.numberFormat",
    }})
}

/// Puts empty rows before a row; what is there moves down.
pub(super) fn insert(tab: &Tab, rows: Range<usize>, like_before: bool) -> Json {
    json!({ "insertDimension": {
        "range": { "sheetId": tab.id, "dimension": "ROWS", "startIndex": rows.start, "endIndex": rows.end },
        "inheritFromBefore": like_before,
    }})
}

/// Makes the column for ids where there is none.
pub(super) fn id_column(tab: &Tab, places: &Places) -> Vec<Json> {
    let IdColumn::New { index, at_edge } = places.id_column else { return Vec::new() };
    let wider = json!({ "appendDimension": { "sheetId": tab.id, "dimension": "COLUMNS", "length": 1 } });
    let header = cells(tab, places.header_row, index, &[&Content::Text(ID_COLUMN.to_owned())]);
    at_edge.then_some(wider).into_iter().chain([header]).collect()
}

impl IdColumn {
    pub(super) fn index(self) -> usize {
        match self {
            IdColumn::There(index) | IdColumn::New { index, .. } => index,
        }
    }
}
