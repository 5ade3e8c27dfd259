//! The pages of a tab: rows by number, checked against people who insert, delete and sort meanwhile.

use std::sync::Arc;

use model::Record;

use super::api::Api;
use super::identity::{Identities, text};
use super::layout::Tab;
use super::refusal::{OUTSIDE, SERVICE};
use super::rows::{RawRow, Wanted, hash_of_nothing};
use super::texts;
use super::wire::ValueRange;

use crate::common::listing::{Listed, Pages};
use crate::http::Failure;

/// Rows of the first page; each page is twice as large as the one before.
const FIRST: usize = 200;
/// Cells of a page at most: an answer has some megabytes then.
const CELLS: usize = 100_000;
/// Rows of a page at most, where there is something in them.
const ROWS: usize = 5_000;
/// Rows asked for at once where nothing was found before: what is empty costs nothing.
const EMPTY_ROWS: usize = 100_000;

/// The row before the place where a reading stands is no longer the one it was.
const MOVED: &str = "rows_moved";

/// Where a reading stands: the next row, and the hash of the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    row: usize,
    before: Option<u64>,
}

/// The pages of one tab.
pub(super) struct TabPages {
    api: Arc<Api>,
    tab: Arc<Tab>,
    /// The columns read, by their place in the tab's.
    columns: Vec<usize>,
    /// Who is who up to this row.
    known: Option<(usize, Identities)>,
    size: usize,
}

impl TabPages {
    pub(super) fn new(api: &Arc<Api>, tab: &Arc<Tab>, columns: Vec<usize>) -> TabPages {
        TabPages { api: Arc::clone(api), tab: Arc::clone(tab), columns, known: None, size: FIRST }
    }

    /// The rows from a place on, and where the reading stands then; `None` at the end of the tab.
    async fn rows(
        &self,
        header_row: usize,
        place: Place,
        size: usize,
    ) -> Result<(Vec<RawRow>, Option<Place>), Failure> {
        let end = place.row + size;
        let is_last = end >= self.tab.rows;
        let first = place.row - usize::from(place.before.is_some());
        // Rows that somebody has inserted since the tab was described have moved others down.
        let asked = if is_last { self.tab.rows_from(first) } else { self.tab.rows(first..end) };
        let ranges = [self.tab.rows(header_row..header_row + 1), asked];
        let wanted = Wanted { tab: &self.tab, columns: &self.columns };
        let read = self.api.values(&ranges, |answer| wanted.rows(first, &answer)).await;
        let mut rows = match read {
            Ok(Ok(rows)) => rows,
            Ok(Err(gone)) => return Err(texts::column_gone(&self.tab.title, &gone).into()),
            // The tab has become shorter than where the reading stands.
            Err(failure) if failure.code == OUTSIDE && place.row > header_row + 1 => {
                return Err(moved(failure));
            }
            Err(failure) => return Err(failure),
        };
        let last = match rows.len() == end - first {
            true => rows.last().map_or_else(hash_of_nothing, |row| row.hash),
            // Empty rows at the end are left out.
            false => hash_of_nothing(),
        };
        if let Some(before) = place.before {
            let now = if rows.is_empty() { hash_of_nothing() } else { rows.remove(0).hash };
            if now != before {
                return Err(moved(texts::rows_moved().into()));
            }
        }
        let next = (!is_last).then_some(Place { row: end, before: Some(last) });
        Ok((rows, next))
    }

    /// Who is who in the rows before a place.
    async fn identities(&self, header_row: usize, row: usize) -> Result<Identities, Failure> {
        let Some(first_column) = self.tab.columns.first().map(|column| column.index) else {
            return Ok(Identities::default());
        };
        let begins = header_row + 1;
        if self.tab.id_column.is_none() && row <= begins || begins >= self.tab.rows {
            return Ok(Identities::default());
        }
        let column = |index: usize| self.tab.columns_from(begins, index..index + 1);
        let texts = |range: &ValueRange<'_>| -> Vec<String> {
            range.values.iter().map(|row| text(row.first())).collect()
        };
        let first = column(first_column);
        let (given, first) = match self.tab.id_column {
            Some(id_column) => {
                let read = |[given, first]: [ValueRange<'_>; 2]| (texts(&given), texts(&first));
                self.api.values(&[column(id_column), first], read).await?
            }
            None => self.api.values(&[first], |[first]| (Vec::new(), texts(&first))).await?,
        };
        let mut identities = Identities::new(&given);
        let at = |texts: &[String], place: usize| texts.get(place).cloned().unwrap_or_default();
        for place in 0..row.saturating_sub(begins) {
            identities.of(begins + place, &at(&given, place), &at(&first, place));
        }
        Ok(identities)
    }

    fn record(&self, id: String, row: RawRow) -> Record {
        let columns = self.columns.iter().filter_map(|place| self.tab.columns.get(*place));
        let fields = columns.map(|column| Arc::clone(&column.id)).zip(row.values).collect();
        Record { id, modified_at: None, fields }
    }

    /// How many rows the next page has: at most what fits into an answer.
    fn grown(&self, was_empty: bool) -> usize {
        let most = (CELLS / self.tab.columns.len().max(1)).clamp(1, ROWS);
        if was_empty { (self.size * 4).min(EMPTY_ROWS) } else { (self.size * 2).min(most) }
    }
}

impl Pages for TabPages {
    type Record = Record;
    const SERVICE: &'static str = SERVICE;

    async fn page(&mut self, token: Option<&str>) -> Result<Listed<Record>, Failure> {
        let nothing = || Listed { records: Vec::new(), next: None, restarted: false };
        let Some(header_row) = self.tab.header_row else { return Ok(nothing()) };
        let mut place = match token {
            None => Place { row: header_row + 1, before: None },
            Some(token) => Place::read(token).ok_or_else(|| moved(texts::rows_moved().into()))?,
        };
        if place.row >= self.tab.rows {
            return Ok(nothing());
        }
        let mut identities = match self.known.take() {
            Some((row, known)) if row == place.row => known,
            _ => {
                self.size = FIRST;
                self.identities(header_row, place.row).await?
            }
        };
        // Empty stretches make no pages.
        loop {
            let (rows, next) = self.rows(header_row, place, self.size).await?;
            let mut records = Vec::with_capacity(rows.len());
            for (index, row) in (place.row..).zip(rows) {
                let id = identities.of(index, &row.given, &row.first).into_text();
                if row.is_filled {
                    records.push(self.record(id, row));
                }
            }
            self.size = self.grown(records.is_empty());
            let Some(after) = next else { return Ok(Listed { records, ..nothing() }) };
            if !records.is_empty() {
                self.known = Some((after.row, identities));
                return Ok(Listed { records, next: Some(after.token()), restarted: false });
            }
            place = after;
        }
    }

    fn has_expired(failure: &Failure) -> bool {
        failure.code == MOVED
    }
}

impl Place {
    fn token(self) -> String {
        match self.before {
            Some(hash) => format!("{}:{hash:016x}", self.row),
            None => self.row.to_string(),
        }
    }

    fn read(token: &str) -> Option<Place> {
        let (row, hash) = token.split_once(':')?;
        Some(Place { row: row.parse().ok()?, before: Some(u64::from_str_radix(hash, 16).ok()?) })
    }
}

fn moved(failure: Failure) -> Failure {
    Failure { code: MOVED.to_owned(), ..failure }
}

/// How many rows of a tab somebody has filled in, counting until there are more than `limit`.
pub(super) async fn count(api: &Api, tab: &Tab, limit: u64) -> Result<u64, Failure> {
    let Some(header_row) = tab.header_row else { return Ok(0) };
    let wanted = Wanted { tab, columns: &[] };
    let (mut row, mut count) = (header_row + 1, 0);
    let mut size = usize::try_from(limit).unwrap_or(ROWS).saturating_add(1).min(ROWS);
    while row < tab.rows && count <= limit {
        let end = (row + size).min(tab.rows);
        let ranges = [tab.rows(header_row..header_row + 1), tab.rows(row..end)];
        let rows = api.values(&ranges, |answer| wanted.rows(row, &answer)).await?.unwrap_or_default();
        let filled = rows.iter().filter(|row| row.is_filled).count() as u64;
        size = if filled == 0 { EMPTY_ROWS } else { ROWS };
        (row, count) = (end, count + filled);
    }
    Ok(count)
}
