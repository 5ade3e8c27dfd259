//! Which row is which, although rows have no ids.
//!
//! A row that this connector has added carries an id in the column [`super::header::ID_COLUMN`]; people may
//! fill that column in too. Any other row is known by the text of its first cell, with a number where that
//! text comes again: so it stays the same row when the tab is sorted or rows are inserted. A row whose first
//! cell is empty has nothing but its number.
//!
//! Reading and writing must number alike: the number of a text counts all rows that begin with it, in order,
//! whether they have an id or not.

use std::collections::{HashMap, HashSet};

use xxhash_rust::xxh3::xxh3_64;

use crate::common::cell::Cell;

/// Longer texts are cut, and told apart by a hash.
const LONGEST: usize = 120;

/// What a row is known by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum RowId {
    /// The id in its own column.
    Given(String),
    /// The text of its first cell.
    Named(String),
    /// Its number, which says nothing.
    Numbered(String),
}

/// Gives ids to rows, which come in order. Of each it remembers a few bytes.
#[derive(Default)]
pub(super) struct Identities {
    /// Every id of the tab's column of ids, and those given here: no two rows are called alike.
    used: HashSet<u64>,
    /// Ids met so far in the column: a row that somebody copied has its original's.
    met: HashSet<u64>,
    /// How often a text has been met.
    counts: HashMap<u64, usize>,
}

impl Identities {
    /// `given` are all the ids that stand in the tab's column of ids.
    pub(super) fn new<'a>(given: impl IntoIterator<Item = &'a String>) -> Identities {
        let used = given.into_iter().filter(|id| !id.is_empty()).map(|id| xxh3_64(id.as_bytes())).collect();
        Identities { used, ..Identities::default() }
    }

    /// The id of the next row. `row` is its index from 0.
    pub(super) fn of(&mut self, row: usize, given: &str, first: &str) -> RowId {
        let mut number = 1;
        if !first.is_empty() {
            let count = self.counts.entry(xxh3_64(first.as_bytes())).or_default();
            *count += 1;
            number = *count;
        }
        if !given.is_empty() && self.met.insert(xxh3_64(given.as_bytes())) {
            return RowId::Given(given.to_owned());
        }
        let name = if first.is_empty() { format!("#{}", row + 1) } else { shortened(first) };
        let mut id = numbered(&name, number);
        while !self.used.insert(xxh3_64(id.as_bytes())) {
            number += 1;
            id = numbered(&name, number);
        }
        if first.is_empty() { RowId::Numbered(id) } else { RowId::Named(id) }
    }
}

impl RowId {
    pub(super) fn into_text(self) -> String {
        match self {
            RowId::Given(id) | RowId::Named(id) | RowId::Numbered(id) => id,
        }
    }
}

/// Whether an id is but a row's number: which row it was cannot be known later.
pub(super) fn is_number(id: &str) -> bool {
    id.strip_prefix('#').is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

fn numbered(name: &str, number: usize) -> String {
    if number < 2 { name.to_owned() } else { format!("{name} ({number})") }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…{:016x}", text.split_at(end).0, xxh3_64(text.as_bytes())),
    }
}

/// A cell as the text it is known by.
pub(super) fn text(cell: Option<&Cell>) -> String {
    match cell {
        Some(Cell::Text(text)) => text.trim().to_owned(),
        Some(Cell::Number(number)) => number.to_string(),
        Some(Cell::Bool(yes)) => yes.to_string(),
        Some(Cell::Null | Cell::List(_) | Cell::Object(_)) | None => String::new(),
    }
}
