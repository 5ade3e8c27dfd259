//! Where the rows and columns of a tab are right now, looked up before every write.

use std::collections::HashMap;

use super::api::Api;
use super::header::Header;
use super::identity::{Identities, RowId, text};
use super::layout::Tab;
use super::texts;
use super::wire::ValueRange;
use crate::http::Failure;

/// A row that an id leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) row: usize,
    pub(super) how: Known,
}

/// How a row is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Known {
    /// By the id it carries.
    ById,
    /// By its first cell.
    ByName,
    /// By its first cell, as other rows without an id are.
    Ambiguous,
    /// By its number only.
    Numbered,
}

/// The column for ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum IdColumn {
    There(usize),
    /// To be made there; one more column is needed where that is the grid's edge.
    New {
        index: usize,
        at_edge: bool,
    },
}

/// Where the columns that say which row is which were last seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    /// That of the ids.
    given: Option<usize>,
    /// The first one.
    first: usize,
}

impl Seen {
    /// As they were when the tab was described.
    pub(super) fn of(tab: &Tab) -> Seen {
        Seen { given: tab.id_column, first: tab.columns.first().map_or(0, |column| column.index) }
    }
}

/// A tab's rows and columns.
pub(super) struct Places {
    pub(super) header_row: usize,
    rows: HashMap<String, Spot>,
    /// Where each of the tab's columns is.
    columns: Vec<Option<usize>>,
    pub(super) id_column: IdColumn,
    /// Where new rows go: below the last that has a name or an id.
    pub(super) end: usize,
}

/// The columns that say which row is which, as they came.
struct Answer {
    header: Vec<String>,
    given: Vec<String>,
    first: Vec<String>,
    /// The first column beyond the header that holds nothing.
    free: usize,
}

impl Answer {
    /// Out of the header's row, the columns of ids and of names, and all that lie beyond the known ones.
    fn read(
        tab: &Tab,
        header: &ValueRange<'_>,
        first: &ValueRange<'_>,
        given: &ValueRange<'_>,
        beyond: &ValueRange<'_>,
    ) -> Answer {
        // The header's own cell comes first.
        let texts =
            |range: &ValueRange<'_>| range.values.iter().skip(1).map(|row| text(row.first())).collect();
        let header = header.values.first().map(|row| row.iter().map(|cell| text(Some(cell))).collect());
        let used = beyond.values.iter().map(Vec::len).max().unwrap_or(0);
        Answer {
            header: header.unwrap_or_default(),
            given: texts(given),
            first: texts(first),
            free: tab.used_width() + used,
        }
    }
}

impl Places {
    /// Looks them up in one request, or in two where the columns have been moved since they were seen.
    pub(super) async fn find(api: &Api, tab: &Tab, seen: &mut Seen) -> Result<Places, Failure> {
        let header_row = tab.header_row.ok_or_else(|| texts::no_header(&tab.title))?;
        loop {
            let answer = Self::ask(api, tab, header_row, *seen).await?;
            let header = Header::read(&answer.header, |_| false, 0, tab.is_french);
            let first = match tab.columns.first() {
                Some(column) => header.position(&column.id, column.index),
                None => Some(0),
            };
            let Some(first) = first else {
                let name = tab.columns.first().map(|column| column.name.clone()).unwrap_or_default();
                return Err(texts::column_gone(&tab.title, &name).into());
            };
            let now = Seen { given: header.id_column, first };
            if now == *seen {
                return Ok(Self::of(tab, header_row, &header, &answer));
            }
            *seen = now;
        }
    }

    async fn ask(api: &Api, tab: &Tab, header_row: usize, seen: Seen) -> Result<Answer, Failure> {
        let Seen { given, first } = seen;
        let column = |index: usize| tab.columns_from(header_row, index..index + 1);
        let (header, first) = (tab.rows(header_row..header_row + 1), column(first));
        let nothing = ValueRange::default();
        match given {
            Some(given) => {
                let read = |[header, first, given]: [ValueRange<'_>; 3]| {
                    Answer::read(tab, &header, &first, &given, &nothing)
                };
                api.values(&[header, first, column(given)], read).await
            }
            // Whether a column is free is seen by looking at all that lie beyond the known ones.
            None if tab.used_width() < tab.width => {
                let beyond = tab.columns_from(header_row, tab.used_width()..tab.width);
                let read = |[header, first, beyond]: [ValueRange<'_>; 3]| {
                    Answer::read(tab, &header, &first, &nothing, &beyond)
                };
                api.values(&[header, first, beyond], read).await
            }
            None => {
                let read = |[header, first]: [ValueRange<'_>; 2]| {
                    Answer::read(tab, &header, &first, &nothing, &nothing)
                };
                api.values(&[header, first], read).await
            }
        }
    }

    fn of(tab: &Tab, header_row: usize, header: &Header, answer: &Answer) -> Places {
        let mut identities = Identities::new(&answer.given);
        let mut unnamed: HashMap<&str, usize> = HashMap::new();
        let at = |texts: &'_ [String], place: usize| texts.get(place).cloned().unwrap_or_default();
        let count = answer.given.len().max(answer.first.len());
        let mut found = Vec::with_capacity(count);
        for place in 0..count {
            let row = header_row + 1 + place;
            let id = identities.of(row, &at(&answer.given, place), &at(&answer.first, place));
            if let (RowId::Named(_), Some(first)) = (&id, answer.first.get(place)) {
                *unnamed.entry(first).or_default() += 1;
            }
            found.push((row, place, id));
        }
        let mut rows = HashMap::with_capacity(count);
        for (row, place, id) in found {
            let is_alone = answer.first.get(place).and_then(|first| unnamed.get(first.as_str())) == Some(&1);
            let (id, how) = match id {
                RowId::Given(id) => (id, Known::ById),
                RowId::Named(id) if is_alone => (id, Known::ByName),
                RowId::Named(id) => (id, Known::Ambiguous),
                RowId::Numbered(id) => (id, Known::Numbered),
            };
            rows.insert(id, Spot { row, how });
        }
        let is_kept =
            |place: &usize| !at(&answer.given, *place).is_empty() || !at(&answer.first, *place).is_empty();
        let id_column = match header.id_column {
            Some(index) => IdColumn::There(index),
            None => IdColumn::New { index: answer.free, at_edge: answer.free >= tab.width },
        };
        Places {
            header_row,
            rows,
            columns: tab.columns.iter().map(|column| header.position(&column.id, column.index)).collect(),
            id_column,
            end: header_row + 1 + (0..count).rev().find(is_kept).map_or(0, |last| last + 1),
        }
    }

    /// The row of that id.
    pub(super) fn row(&self, id: &str) -> Option<&Spot> {
        self.rows.get(id)
    }

    /// Where one of the tab's columns is.
    ///
    /// # Errors
    /// It is no longer there: what belongs into it cannot be written, and nobody may be told that it was.
    pub(super) fn column(&self, tab: &Tab, place: usize) -> Result<usize, Failure> {
        self.columns.get(place).copied().flatten().ok_or_else(|| {
            let name = tab.columns.get(place).map(|column| column.name.as_str()).unwrap_or_default();
            texts::column_gone(&tab.title, name).into()
        })
    }
}
