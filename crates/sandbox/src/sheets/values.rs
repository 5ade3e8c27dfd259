//! Values read by range.

use serde_json::{Value, json};

use super::a1;
use super::range::GridRange;
use super::refusal::Refusal;
use super::render::Shown;
use super::request::{self, BatchGetByDataFilter, DataFilter, Params};
use super::world::{Spreadsheet, World};
use crate::faults::play::Paging;
use crate::service::Job;

/// How ranges are to be answered.
struct Way<'a> {
    shown: Shown<'a>,
    by_columns: bool,
    /// As if nothing were there.
    is_empty: bool,
}

pub(super) fn get(found: &Spreadsheet, range: &str, job: &Job<'_, World>) -> Result<Value, Refusal> {
    let way = way(found, job)?;
    answered(found, &by_a1(found, range)?, &way)
}

pub(super) fn batch_get(found: &Spreadsheet, id: &str, job: &Job<'_, World>) -> Result<Value, Refusal> {
    let way = way(found, job)?;
    let params =
        Params::read(job.asked, &["ranges", "majorDimension", "valueRenderOption", "dateTimeRenderOption"])?;
    let ranges: Result<Vec<Value>, Refusal> =
        params.all("ranges").map(|range| answered(found, &by_a1(found, range)?, &way)).collect();
    Ok(json!({"spreadsheetId": id, "valueRanges": ranges?}))
}

pub(super) fn batch_get_by_data_filter(
    found: &Spreadsheet,
    id: &str,
    job: &Job<'_, World>,
) -> Result<Value, Refusal> {
    let body: BatchGetByDataFilter = request::body(job.asked)?;
    let way = Way {
        shown: Shown {
            rendering: request::rendering(body.value_render_option.as_deref())?,
            dates_as_text: request::dates_as_text(body.date_time_render_option.as_deref())?,
            locale: &found.locale,
        },
        by_columns: request::by_columns(body.major_dimension.as_deref())?,
        is_empty: job.paging != Paging::Straight,
    };
    if body.data_filters.is_empty() {
        return Err(Refusal::invalid("Must specify at least one request."));
    }
    let mut ranges = Vec::with_capacity(body.data_filters.len());
    for (place, filter) in body.data_filters.iter().enumerate() {
        let range = filtered(found, filter, place)?;
        let value = answered(found, &range, &way)?;
        ranges.push(json!({"valueRange": value, "dataFilters": [{"gridRange": range}]}));
    }
    Ok(json!({"spreadsheetId": id, "valueRanges": ranges}))
}

/// The range of a data filter.
pub(super) fn filtered(found: &Spreadsheet, filter: &DataFilter, place: usize) -> Result<GridRange, Refusal> {
    match (&filter.a1, &filter.grid_range) {
        (Some(text), None) => by_a1(found, text),
        (None, Some(range)) if found.of(range).is_some() => Ok(*range),
        (None, Some(range)) => Err(Refusal::invalid(format!(
            "Invalid dataFilters[{place}]: No grid with id: {}",
            range.sheet_id
        ))),
        _ => Err(Refusal::invalid(format!("Invalid dataFilters[{place}]: must set exactly one filter."))),
    }
}

/// The range of a text.
pub(super) fn by_a1(found: &Spreadsheet, text: &str) -> Result<GridRange, Refusal> {
    a1::parse(text, &found.sheets).ok_or_else(|| Refusal::unparsable(text))
}

fn way<'a>(found: &'a Spreadsheet, job: &Job<'_, World>) -> Result<Way<'a>, Refusal> {
    let pairs = job.asked.pairs();
    let get = |name: &str| pairs.iter().find(|(held, _)| held == name).map(|(_, value)| value.as_str());
    Ok(Way {
        shown: Shown {
            rendering: request::rendering(get("valueRenderOption"))?,
            dates_as_text: request::dates_as_text(get("dateTimeRenderOption"))?,
            locale: &found.locale,
        },
        by_columns: request::by_columns(get("majorDimension"))?,
        is_empty: job.paging != Paging::Straight,
    })
}

/// A range as an answer has it: clipped to the grid, without empty rows and cells at the ends, and without
/// `values` where nothing is left.
fn answered(found: &Spreadsheet, range: &GridRange, way: &Way<'_>) -> Result<Value, Refusal> {
    let sheet = found.of(range).ok_or_else(Refusal::not_found)?;
    let Some(area) = range.within(sheet.rows, sheet.columns) else {
        let asked = range.within(usize::MAX, usize::MAX).unwrap_or_else(|| sheet.whole());
        let asked = super::range::Area {
            bottom: asked.bottom.min(10_000_000),
            right: asked.right.min(18_278),
            ..asked
        };
        return Err(Refusal::outside(&a1::write(&sheet.title, &asked), sheet.rows, sheet.columns));
    };
    let line = |cells: &mut dyn Iterator<Item = (usize, usize)>| {
        let mut values: Vec<Value> =
            cells.map(|(row, column)| way.shown.value(sheet.cell(row, column))).collect();
        trim(&mut values, |value| value == "");
        values
    };
    let mut lines: Vec<Vec<Value>> = if way.is_empty {
        Vec::new()
    } else if way.by_columns {
        let column = |column| line(&mut (area.top..area.bottom).map(|row| (row, column)));
        (area.left..area.right).map(column).collect()
    } else {
        // Beyond the last filled row there is nothing to look at.
        let bottom = area.bottom.min(sheet.filled_rows().max(area.top));
        (area.top..bottom).map(|row| line(&mut (area.left..area.right).map(|column| (row, column)))).collect()
    };
    trim(&mut lines, Vec::is_empty);
    let dimension = if way.by_columns { "COLUMNS" } else { "ROWS" };
    let mut answer = json!({"range": a1::write(&sheet.title, &area), "majorDimension": dimension});
    if !lines.is_empty() {
        answer["values"] = json!(lines);
    }
    Ok(answer)
}

fn trim<T>(list: &mut Vec<T>, is_empty: impl Fn(&T) -> bool) {
    while list.last().is_some_and(&is_empty) {
        list.pop();
    }
}
