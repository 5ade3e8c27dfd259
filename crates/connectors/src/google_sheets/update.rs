//! Changes to rows that are there: cell by cell, where the row is right now.

use std::collections::BTreeMap;

use model::Text;
use serde_json::Value as Json;

use super::change;
use super::encode::Content;
use super::identity::is_number;
use super::layout::Tab;
use super::place::{Known, Places, Spot};
use super::texts;
use crate::http::Failure;

/// Cells to change in a row.
pub(super) struct ChangedRow {
    /// Its place in the batch.
    pub(super) place: usize,
    pub(super) id: String,
    /// By the column's place among the tab's.
    pub(super) cells: BTreeMap<usize, Content>,
}

/// Why a row is not changed.
pub(super) enum Not {
    /// It is not there.
    Gone,
    /// It cannot be, for this reason.
    Rejected(Text),
    /// No row of the batch can be: a column that it fills is not there.
    NoColumn(Failure),
}

/// The requests that change a row.
///
/// # Errors
/// Why there are none.
pub(super) fn requests(tab: &Tab, places: &Places, row: &ChangedRow) -> Result<Vec<Json>, Not> {
    let missing = || if is_number(&row.id) { Not::Rejected(texts::NAMELESS) } else { Not::Gone };
    let spot = places.row(&row.id).ok_or_else(missing)?;
    match spot.how {
        Known::ById | Known::ByName => {}
        Known::Ambiguous => return Err(Not::Rejected(texts::ambiguous(&row.id))),
        Known::Numbered => return Err(Not::Rejected(texts::NAMELESS)),
    }
    let mut cells: BTreeMap<usize, &Content> = BTreeMap::new();
    for (place, content) in &row.cells {
        let column = places.column(tab, *place).map_err(Not::NoColumn)?;
        if let Some(merge) = tab.merge(spot.row, column) {
            return Err(Not::Rejected(texts::merged(&merge.name())));
        }
        cells.insert(column, content);
    }
    let id = Content::Text(row.id.clone());
    if loses_its_name(row, spot) {
        cells.insert(places.id_column.index(), &id);
    }
    let mut requests = Vec::new();
    let mut run: Option<(usize, Vec<&Content>)> = None;
    for (column, content) in &cells {
        match &mut run {
            Some((start, contents)) if *start + contents.len() == *column => contents.push(content),
            _ => {
                requests.extend(
                    run.take().map(|(start, contents)| change::cells(tab, spot.row, start, &contents)),
                );
                run = Some((*column, vec![content]));
            }
        }
    }
    requests.extend(run.map(|(start, contents)| change::cells(tab, spot.row, start, &contents)));
    for (column, content) in &cells {
        if let Content::Moment(_, format) = content {
            requests.push(change::format(tab, spot.row..spot.row + 1, *column, format));
        }
    }
    Ok(requests)
}

/// Whether a row known by its first cell gets another one there: what it was known by is then kept as its id.
pub(super) fn needs_id(places: &Places, row: &ChangedRow) -> bool {
    places.row(&row.id).is_some_and(|spot| loses_its_name(row, spot))
}

fn loses_its_name(row: &ChangedRow, spot: &Spot) -> bool {
    spot.how == Known::ByName && row.cells.contains_key(&0)
}
