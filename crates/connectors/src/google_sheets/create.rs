//! New rows: inserted below the last one and filled in one call. Each carries an id made beforehand, so that
//! after an unclear answer it is known whether it is there.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::change;
use super::encode::Content;
use super::layout::Tab;
use super::place::Places;
use super::wire::NumberFormat;
use crate::error::Result;
use crate::http::Failure;
use crate::http::oauth2::random_word;

/// A row to add.
pub(super) struct NewRow {
    /// Its place in the batch.
    pub(super) place: usize,
    pub(super) id: String,
    /// By the column's place among the tab's.
    pub(super) cells: BTreeMap<usize, Content>,
}

/// An id for a new row, which nobody has used before.
pub(super) fn new_id() -> Result<String> {
    let word: String = random_word()?.chars().filter(char::is_ascii_alphanumeric).take(16).collect();
    Ok(format!("psr{word}"))
}

/// The requests that add these rows.
///
/// # Errors
/// A column that they fill is not there.
pub(super) fn requests(
    tab: &Tab,
    places: &Places,
    rows: &[&NewRow],
) -> std::result::Result<Vec<Json>, Failure> {
    let start = places.end;
    let id_column = places.id_column.index();
    // Below the header a new row would look like it.
    let like_before = start > places.header_row + 1 || start >= tab.rows;
    let mut requests = change::id_column(tab, places);
    requests.push(change::insert(tab, start..start + rows.len(), like_before));
    let mut formats: BTreeMap<usize, &NumberFormat> = BTreeMap::new();
    let mut filled = Vec::with_capacity(rows.len());
    for row in rows {
        let mut cells: BTreeMap<usize, Json> = BTreeMap::new();
        for (place, content) in &row.cells {
            let column = places.column(tab, *place)?;
            cells.insert(column, change::cell(content));
            if let Content::Moment(_, format) = content {
                formats.insert(column, format);
            }
        }
        cells.insert(id_column, change::cell(&Content::Text(row.id.clone())));
        let last = cells.keys().max().copied().unwrap_or(0);
        let values: Vec<Json> =
            (0..=last).map(|column| cells.remove(&column).unwrap_or_else(|| json!({}))).collect();
        filled.push(change::values(values));
    }
    requests.push(change::rows(tab, start, 0, filled));
    let rows = start..start + rows.len();
    requests.extend(
        formats.into_iter().map(|(column, format)| change::format(tab, rows.clone(), column, format)),
    );
    Ok(requests)
}
