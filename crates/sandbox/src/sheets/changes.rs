//! The requests of a `batchUpdate`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::cell::{Cell, Content};
use super::entered::{self, LONGEST_TEXT};
use super::grid::Sheet;
use super::range::{Area, GridRange};
use super::refusal::Refusal;
use super::request::part;
use super::spreadsheet::properties;
use super::world::Spreadsheet;
use super::write::{PROTECTED, TOO_LONG};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Dimension {
    #[serde(default)]
    sheet_id: i64,
    dimension: String,
    #[serde(default)]
    start_index: usize,
    end_index: Option<usize>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct InsertDimension {
    range: Dimension,
    #[serde(default)]
    inherit_from_before: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DeleteDimension {
    range: Dimension,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct AppendDimension {
    #[serde(default)]
    sheet_id: i64,
    dimension: String,
    length: usize,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Start {
    #[serde(default)]
    sheet_id: i64,
    #[serde(default)]
    row_index: usize,
    #[serde(default)]
    column_index: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UpdateCells {
    start: Option<Start>,
    range: Option<GridRange>,
    #[serde(default)]
    rows: Vec<RowData>,
    fields: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RepeatCell {
    range: GridRange,
    cell: CellData,
    fields: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RowData {
    #[serde(default)]
    values: Vec<CellData>,
}

#[derive(Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct CellData {
    user_entered_value: Option<ExtendedValue>,
    user_entered_format: Option<CellFormat>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
enum ExtendedValue {
    #[serde(rename = "numberValue")]
    Number(f64),
    #[serde(rename = "stringValue")]
    Text(String),
    #[serde(rename = "boolValue")]
    Bool(bool),
    #[serde(rename = "formulaValue")]
    Formula(String),
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct CellFormat {
    number_format: Option<NumberFormat>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct NumberFormat {
    r#type: String,
    pattern: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct SortRange {
    range: GridRange,
    sort_specs: Vec<SortSpec>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct SortSpec {
    #[serde(default)]
    dimension_index: usize,
    sort_order: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct MergeCells {
    range: GridRange,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AddSheet {
    properties: SheetProperties,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UpdateSheetProperties {
    properties: SheetProperties,
    fields: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SheetProperties {
    sheet_id: Option<i64>,
    title: Option<String>,
    #[serde(default)]
    grid_properties: GridProperties,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct GridProperties {
    row_count: Option<usize>,
    column_count: Option<usize>,
    frozen_row_count: Option<usize>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct DeleteSheet {
    #[serde(default)]
    sheet_id: i64,
}

/// Applies one request; its reply.
pub(super) fn apply(
    found: &mut Spreadsheet,
    place: usize,
    kind: &str,
    details: &Value,
) -> Result<Value, Refusal> {
    let at = format!("requests[{place}].{kind}");
    let change = Change { found, place, kind };
    match kind {
        "updateCells" => change.update_cells(part(details, &at)?),
        "repeatCell" => change.repeat_cell(&part(details, &at)?),
        "insertDimension" => change.insert(&part(details, &at)?),
        "appendDimension" => change.append(&part(details, &at)?),
        "deleteDimension" => change.delete(&part(details, &at)?),
        "sortRange" => change.sort(&part(details, &at)?),
        "mergeCells" => change.merge(&part(details, &at)?),
        "addSheet" => change.add_sheet(part(details, &at)?),
        "updateSheetProperties" => change.update_sheet(part(details, &at)?),
        "deleteSheet" => change.delete_sheet(&part(details, &at)?),
        _ => Err(Refusal::body(
            &format!("requests[{place}]"),
            format!(
                "Invalid JSON payload received. Unknown name \"{kind}\" at 'requests[{place}]': Cannot find field."
            ),
        )),
    }
}

struct Change<'a> {
    found: &'a mut Spreadsheet,
    place: usize,
    kind: &'a str,
}

impl Change<'_> {
    fn refused(&self, why: &str) -> Refusal {
        Refusal::request(self.place, self.kind, why)
    }

    fn sheet(&mut self, id: i64) -> Result<&mut Sheet, Refusal> {
        let missing = Refusal::request(self.place, self.kind, &format!("No grid with id: {id}"));
        self.found.sheet_mut(id).ok_or(missing)
    }

    /// Cells may be added as long as the spreadsheet is not full.
    fn check_size(&self) -> Result<Value, Refusal> {
        let most = self.found.most_cells;
        if self.found.cells() <= most {
            return Ok(json!({}));
        }
        Err(self.refused(&format!(
            "This action would increase the number of cells in the workbook above the limit of {most} cells."
        )))
    }

    fn update_cells(mut self, request: UpdateCells) -> Result<Value, Refusal> {
        let (id, top, left, range) = match (&request.start, &request.range) {
            (Some(start), None) => (start.sheet_id, start.row_index, start.column_index, None),
            (None, Some(range)) => (
                range.sheet_id,
                range.start_row_index.unwrap_or(0),
                range.start_column_index.unwrap_or(0),
                Some(*range),
            ),
            _ => return Err(self.refused("Exactly one of start or range must be set.")),
        };
        let (place, kind) = (self.place, self.kind);
        let wanted = Wanted::parse(&request.fields).map_err(|why| self.refused(&why))?;
        let sheet = self.sheet(id)?;
        let widest = request.rows.iter().map(|row| row.values.len()).max().unwrap_or(0);
        let mut area = Area { top, bottom: top + request.rows.len(), left, right: left + widest };
        if area.bottom > sheet.rows || area.right > sheet.columns {
            let why = format!(
                "Attempting to write row: {}, beyond the last requested row of: {}",
                area.bottom.saturating_sub(1),
                sheet.rows.saturating_sub(1)
            );
            return Err(Refusal::request(place, kind, &why));
        }
        if let Some(whole) = range.and_then(|range| range.within(sheet.rows, sheet.columns)) {
            area = whole;
        }
        check_protection(sheet, &area).map_err(|why| Refusal::request(place, kind, why))?;
        let empty = CellData::default();
        for row in area.top..area.bottom {
            let given = request.rows.get(row - top);
            let right =
                if range.is_some() { area.right } else { left + given.map_or(0, |row| row.values.len()) };
            for column in left..right {
                let data = given.and_then(|row| row.values.get(column - left)).unwrap_or(&empty);
                wanted
                    .put(data, sheet.cell_mut(row, column))
                    .map_err(|why| Refusal::request(place, kind, why))?;
            }
        }
        Ok(json!({}))
    }

    fn repeat_cell(mut self, request: &RepeatCell) -> Result<Value, Refusal> {
        let (place, kind) = (self.place, self.kind);
        let wanted = Wanted::parse(&request.fields).map_err(|why| self.refused(&why))?;
        let sheet = self.sheet(request.range.sheet_id)?;
        let outside = || Refusal::request(place, kind, "range is outside the grid.");
        let area = request.range.within(sheet.rows, sheet.columns).ok_or_else(outside)?;
        check_protection(sheet, &area).map_err(|why| Refusal::request(place, kind, why))?;
        for row in area.top..area.bottom {
            for column in area.left..area.right {
                wanted
                    .put(&request.cell, sheet.cell_mut(row, column))
                    .map_err(|why| Refusal::request(place, kind, why))?;
            }
        }
        Ok(json!({}))
    }

    fn insert(mut self, request: &InsertDimension) -> Result<Value, Refusal> {
        let (place, kind) = (self.place, self.kind);
        let range = &request.range;
        let end = range.end_index.unwrap_or(range.start_index);
        let sheet = self.sheet(range.sheet_id)?;
        let size = if range.dimension == "ROWS" { sheet.rows } else { sheet.columns };
        let is_beyond =
            range.start_index > size || (range.start_index == size && !request.inherit_from_before);
        if end <= range.start_index || is_beyond {
            let start = range.start_index;
            let why = format!(
                "range.startIndex[{start}] must be less than the grid size ({size}) if inheritFromBefore is false."
            );
            return Err(Refusal::request(place, kind, &why));
        }
        let count = end - range.start_index;
        match range.dimension.as_str() {
            "ROWS" => sheet.insert_rows(range.start_index, count, request.inherit_from_before),
            _ => sheet.insert_columns(range.start_index, count),
        }
        self.check_size()
    }

    fn append(mut self, request: &AppendDimension) -> Result<Value, Refusal> {
        let sheet = self.sheet(request.sheet_id)?;
        match request.dimension.as_str() {
            "ROWS" => sheet.rows += request.length,
            _ => sheet.columns += request.length,
        }
        self.check_size()
    }

    fn delete(mut self, request: &DeleteDimension) -> Result<Value, Refusal> {
        let (place, kind) = (self.place, self.kind);
        let range = &request.range;
        let sheet = self.sheet(range.sheet_id)?;
        let size = if range.dimension == "ROWS" { sheet.rows } else { sheet.columns };
        let end = range.end_index.unwrap_or(size);
        if range.start_index >= end || end > size {
            let why = format!(
                "Cannot delete a row that doesn't exist. Tried to delete row index {} but there are only {size} rows.",
                range.start_index
            );
            return Err(Refusal::request(place, kind, &why));
        }
        if end - range.start_index == size {
            return Err(Refusal::request(place, kind, "You can't delete all the rows on the sheet."));
        }
        match range.dimension.as_str() {
            "ROWS" => sheet.delete_rows(range.start_index, end),
            _ => sheet.delete_columns(range.start_index, end),
        }
        Ok(json!({}))
    }

    fn sort(mut self, request: &SortRange) -> Result<Value, Refusal> {
        let no_order = self.refused("No sort specs.");
        let spec = request.sort_specs.first().ok_or(no_order)?;
        let sheet = self.sheet(request.range.sheet_id)?;
        if let Some(area) = request.range.within(sheet.rows, sheet.columns) {
            sheet.sort(&area, spec.dimension_index, spec.sort_order.as_deref() == Some("DESCENDING"));
        }
        Ok(json!({}))
    }

    fn merge(mut self, request: &MergeCells) -> Result<Value, Refusal> {
        let sheet = self.sheet(request.range.sheet_id)?;
        if let Some(area) = request.range.within(sheet.rows, sheet.columns) {
            sheet.merge(area);
        }
        Ok(json!({}))
    }

    fn add_sheet(self, request: AddSheet) -> Result<Value, Refusal> {
        let given = request.properties;
        let next = self.found.sheets.iter().map(|sheet| sheet.id).max().map_or(0, |last| last + 1);
        let id = given.sheet_id.unwrap_or(next);
        let title = given.title.unwrap_or_else(|| format!("Sheet{}", self.found.sheets.len() + 1));
        if self.found.sheets.iter().any(|sheet| sheet.title == title) {
            let why = format!("A sheet with the name \"{title}\" already exists. Please enter another name.");
            return Err(self.refused(&why));
        }
        let mut made = Sheet::new(id, &title);
        made.rows = given.grid_properties.row_count.unwrap_or(made.rows);
        made.columns = given.grid_properties.column_count.unwrap_or(made.columns);
        let told = properties(&made, self.found.sheets.len());
        self.found.sheets.push(made);
        self.check_size()?;
        Ok(json!({"addSheet": {"properties": told}}))
    }

    fn update_sheet(mut self, request: UpdateSheetProperties) -> Result<Value, Refusal> {
        let given = request.properties;
        // Masks are written with points or with slashes.
        let fields = request.fields.replace('/', ".");
        let names: Vec<&str> = fields.split(',').map(str::trim).collect();
        let has = |name: &str| {
            names
                .iter()
                .any(|field| *field == name || *field == "*" || name.starts_with(&format!("{field}.")))
        };
        if has("title")
            && let Some(title) = &given.title
            && self.found.sheets.iter().any(|sheet| sheet.title == *title && Some(sheet.id) != given.sheet_id)
        {
            let why = format!("A sheet with the name \"{title}\" already exists. Please enter another name.");
            return Err(self.refused(&why));
        }
        let sheet = self.sheet(given.sheet_id.unwrap_or(0))?;
        if let Some(title) = given.title.filter(|_| has("title")) {
            sheet.title = title;
        }
        let grid = given.grid_properties;
        if let Some(rows) = grid.row_count.filter(|_| has("gridProperties.rowCount")) {
            sheet.rows = rows;
        }
        if let Some(columns) = grid.column_count.filter(|_| has("gridProperties.columnCount")) {
            sheet.columns = columns;
        }
        if let Some(frozen) = grid.frozen_row_count.filter(|_| has("gridProperties.frozenRowCount")) {
            sheet.frozen_rows = frozen;
        }
        sheet.trim();
        self.check_size()
    }

    fn delete_sheet(mut self, request: &DeleteSheet) -> Result<Value, Refusal> {
        self.sheet(request.sheet_id)?;
        if self.found.sheets.len() == 1 {
            return Err(self.refused("You can't remove all the sheets in a document."));
        }
        self.found.sheets.retain(|sheet| sheet.id != request.sheet_id);
        Ok(json!({}))
    }
}

fn check_protection(sheet: &Sheet, area: &Area) -> Result<(), &'static str> {
    let is_protected = sheet.protected.iter().any(|protected| protected.meets(area));
    if is_protected { Err(PROTECTED) } else { Ok(()) }
}

/// Which parts of a cell a request replaces.
struct Wanted {
    value: bool,
    format: bool,
}

impl Wanted {
    fn parse(fields: &str) -> Result<Self, String> {
        let mut wanted = Self { value: false, format: false };
        for field in fields.split(',').map(str::trim) {
            match field {
                "*" => wanted = Self { value: true, format: true },
                "userEnteredValue" => wanted.value = true,
                _ if field.starts_with("userEnteredFormat") => wanted.format = true,
                other => return Err(format!("Invalid field: {other}")),
            }
        }
        Ok(wanted)
    }

    fn put(&self, data: &CellData, cell: &mut Cell) -> Result<(), &'static str> {
        if self.format {
            let given = data.user_entered_format.as_ref().and_then(|format| format.number_format.as_ref());
            cell.format = given.map(|format| entered::format(&format.r#type, format.pattern.as_deref()));
        }
        if !self.value {
            return Ok(());
        }
        let format = cell.format.take();
        let entered = match &data.user_entered_value {
            None => Cell::empty(),
            Some(ExtendedValue::Number(number)) => Cell::number(*number),
            Some(ExtendedValue::Bool(yes)) => Cell::yes(*yes),
            Some(ExtendedValue::Text(text)) if text.chars().count() > LONGEST_TEXT => {
                return Err(TOO_LONG);
            }
            Some(ExtendedValue::Text(text)) => Cell::text(text),
            Some(ExtendedValue::Formula(text)) if text.starts_with('=') => entered::formula(text),
            Some(ExtendedValue::Formula(text)) => {
                Cell { content: Content::Text(text.clone()), ..Cell::empty() }
            }
        };
        *cell = Cell { format, ..entered };
        Ok(())
    }
}
