//! Which column tells the rows of a report from each other.

use std::collections::HashSet;

use crate::common::cell::Cells;
use crate::common::readable::readable;

/// The names such columns usually have, the surest first: business ids stay the same in another tenant, Workday's
/// own do not.
const USUAL: [&str; 9] = [
    "employee_id",
    "employeeid",
    "worker_id",
    "contingent_worker_id",
    "reference_id",
    "workday_id",
    "wid",
    "id",
    "position_id",
];

/// The column of the ids; the rows' places where there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key(Option<String>);

impl Key {
    /// The first usual column that all of these rows have, each with a value of its own.
    pub(super) fn among(rows: &[Cells<'_>]) -> Key {
        let Some(first) = rows.first() else { return Key(None) };
        let named = |usual: &&str| {
            let column = first.0.iter().map(|(name, _)| name).find(|name| name.eq_ignore_ascii_case(usual));
            column.map(ToString::to_string)
        };
        let tells_apart = |column: &String| {
            let mut met = HashSet::new();
            rows.iter().all(|row| row.get(column).and_then(readable).is_some_and(|id| met.insert(id)))
        };
        Key(USUAL.iter().filter_map(named).find(tells_apart))
    }

    /// The id of a row, by its place, from 1, where the column does not tell it.
    pub(super) fn of(&self, row: &Cells<'_>, place: u64) -> String {
        let id = self.0.as_deref().and_then(|column| row.get(column)).and_then(readable);
        id.unwrap_or_else(|| format!("n{place}"))
    }

    /// As it is kept.
    pub(super) fn write(&self) -> &str {
        self.0.as_deref().unwrap_or_default()
    }

    /// What was kept.
    pub(super) fn read(text: &str) -> Key {
        Key(Some(text.to_owned()).filter(|text| !text.is_empty()))
    }
}
