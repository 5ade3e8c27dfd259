//! The directory and reports: everything in one answer.

use std::collections::HashMap;

use model::StreamField;
use serde_json::value::RawValue;

use super::answers::{Head, Whole};
use super::columns::{self, Columns};
use crate::common::cell::Cells;
use crate::common::readable::readable;
use crate::common::seen::{Mark, Seen};
use crate::connector::{Checkpoint, Page};

/// How many rows are handed over at once.
const ROWS: u64 = 200;

/// What an answer tells of itself: its title, and its columns.
pub(super) fn described(body: &[u8]) -> serde_json::Result<(Option<String>, Vec<StreamField>)> {
    let whole: Whole<'_> = serde_json::from_slice(body)?;
    let field = |head: &Head| columns::field(head.key(), head.name.clone(), head.field_type.as_deref());
    let fields = whole.fields.iter().map(field).filter(|field| !field.id.is_empty()).collect();
    Ok((whole.title.map(String::from), columns::distinct(fields)))
}

/// The rows of an answer, in pages, without those that were dealt with before. Where these are no longer the first
/// ones, everything comes again and the first page says so.
pub(super) fn pages(body: &[u8], columns: &Columns, before: Option<Mark>) -> serde_json::Result<Vec<Page>> {
    let whole: Whole<'_> = serde_json::from_slice(body)?;
    let known = before.filter(|before| before.rows > 0);
    let skip = known.filter(|before| begins_with(&whole.employees, *before)).map_or(0, |before| before.rows);
    let mut restarted = known.is_some() && skip == 0;
    let (mut seen, mut ids) = (Seen::default(), Ids::default());
    let (mut pages, mut records) = (Vec::new(), Vec::new());
    for raw in &whole.employees {
        let row: Cells<'_> = serde_json::from_str(raw.get())?;
        if records.len() as u64 == ROWS {
            let (records, next) = (std::mem::take(&mut records), Some(Checkpoint(seen.mark().write())));
            pages.push(Page { records, next, restarted: std::mem::take(&mut restarted) });
        }
        seen.add(raw.get().as_bytes());
        let id = ids.of(row.get("id").and_then(readable), seen.rows());
        if seen.rows() > skip {
            records.push(columns.record(id, &row));
        }
    }
    pages.push(Page { records, next: None, restarted });
    Ok(pages)
}

fn begins_with(rows: &[&RawValue], before: Mark) -> bool {
    let mut seen = Seen::default();
    let count = usize::try_from(before.rows).unwrap_or(usize::MAX);
    rows.iter().take(count).for_each(|row| seen.add(row.get().as_bytes()));
    seen.mark() == before
}

/// Tells the rows of a report apart: one employee may have several.
#[derive(Default)]
struct Ids(HashMap<String, u32>);

impl Ids {
    /// The id of the next row. A row without an employee's id is known by its place, from 1.
    fn of(&mut self, employee: Option<String>, place: u64) -> String {
        let id = employee.unwrap_or_else(|| format!("n{place}"));
        let times = self.0.entry(id.clone()).or_default();
        *times += 1;
        if *times == 1 { id } else { format!("{id}#{times}") }
    }
}
