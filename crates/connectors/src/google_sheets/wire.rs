//! Answers of the service, as far as they are read. Zeros and empty lists are left out of them.

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use crate::common::cell::Cell;

/// A spreadsheet described.
#[derive(Deserialize)]
pub(super) struct Book {
    #[serde(default)]
    pub(super) properties: BookProperties,
    #[serde(default)]
    pub(super) sheets: Vec<Sheet>,
}

impl Book {
    /// The tabs that have cells.
    pub(super) fn tabs(&self) -> impl Iterator<Item = &Sheet> {
        self.sheets.iter().filter(|sheet| matches!(sheet.properties.sheet_type.as_str(), "GRID" | ""))
    }

    /// Their titles.
    pub(super) fn titles(&self) -> Vec<String> {
        self.tabs().map(|sheet| sheet.properties.title.clone()).collect()
    }
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct BookProperties {
    pub(super) title: String,
    pub(super) locale: String,
    pub(super) time_zone: String,
}

#[derive(Deserialize)]
pub(super) struct Sheet {
    #[serde(default)]
    pub(super) properties: SheetProperties,
    #[serde(default)]
    pub(super) merges: Vec<GridRange>,
    #[serde(default)]
    pub(super) data: Vec<GridData>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct SheetProperties {
    pub(super) sheet_id: i64,
    pub(super) title: String,
    /// `GRID`, or a chart or a foreign database, which have no cells.
    pub(super) sheet_type: String,
    pub(super) grid_properties: GridProperties,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct GridProperties {
    pub(super) row_count: usize,
    pub(super) column_count: usize,
}

/// A rectangle: indices from 0, ends exclusive; what is left out reaches to the edge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct GridRange {
    pub(super) sheet_id: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) start_row_index: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) end_row_index: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) start_column_index: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) end_column_index: Option<usize>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct GridData {
    pub(super) row_data: Vec<RowData>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct RowData {
    pub(super) values: Vec<CellData>,
}

/// A cell with its format.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct CellData {
    pub(super) user_entered_value: Option<ExtendedValue>,
    pub(super) effective_value: Option<ExtendedValue>,
    pub(super) effective_format: CellFormat,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct CellFormat {
    pub(super) number_format: Option<NumberFormat>,
}

/// How a number is shown.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(super) struct NumberFormat {
    pub(super) r#type: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) pattern: String,
}

/// A value with its type.
#[derive(Deserialize)]
pub(super) enum ExtendedValue {
    #[serde(rename = "numberValue")]
    Number(f64),
    #[serde(rename = "stringValue")]
    Text(String),
    #[serde(rename = "boolValue")]
    Bool(bool),
    #[serde(rename = "formulaValue")]
    Formula(IgnoredAny),
    #[serde(rename = "errorValue")]
    Error(IgnoredAny),
}

/// Values of several ranges, in the order they were asked for.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ValueRanges<'a> {
    #[serde(borrow)]
    pub(super) value_ranges: Vec<MatchedRange<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct MatchedRange<'a> {
    #[serde(borrow)]
    pub(super) value_range: ValueRange<'a>,
}

/// Rows of a range, as far as they hold something.
#[derive(Default, Deserialize)]
pub(super) struct ValueRange<'a> {
    #[serde(borrow, default)]
    pub(super) values: Vec<Vec<Cell<'a>>>,
}

/// The answer to changes.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Changed {
    #[serde(rename = "spreadsheetId")]
    _spreadsheet_id: IgnoredAny,
}
