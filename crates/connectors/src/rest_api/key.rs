//! Which column tells a row from the others.

use std::collections::HashSet;

use serde_json::value::RawValue;

use super::find::{self, Members};
use super::path::{Path, Step};

/// The names that ids usually have.
const USUAL: [&str; 5] = ["id", "_id", "uuid", "key", "ID"];

/// The column of the ids.
#[derive(Clone, Debug)]
pub(super) enum Key {
    /// It is looked for among the first rows that come.
    Unknown,
    /// This one.
    Column(Path),
    /// There is none.
    None,
}

impl Key {
    /// The column somebody named, or one to look for.
    pub(super) fn new(named: Option<&Path>) -> Key {
        named.map_or(Key::Unknown, |path| Key::Column(path.clone()))
    }

    /// Looks for the column: the first of the usual names that all of these rows have, each with a value of
    /// its own.
    pub(super) fn settle(&mut self, rows: &[String]) {
        if !matches!(self, Key::Unknown) || rows.is_empty() {
            return;
        }
        let is_key = |path: &Path| {
            let mut seen = HashSet::new();
            rows.iter().all(|row| value(&members(row), path).is_some_and(|id| seen.insert(id)))
        };
        let mut usual = USUAL.into_iter().map(|name| Path(vec![Step::Key(name.to_owned())]));
        *self = usual.find(is_key).map_or(Key::None, Key::Column);
    }

    /// The id of a row.
    pub(super) fn of(&self, members: &Members) -> Option<String> {
        match self {
            Key::Column(path) => value(members, path),
            Key::Unknown | Key::None => None,
        }
    }
}

/// The members of a row.
pub(super) fn members(row: &str) -> Members<'_> {
    serde_json::from_str(row).unwrap_or_default()
}

/// The raw value at the end of a way into a row.
pub(super) fn raw<'a>(members: &Members<'a>, path: &Path) -> Option<&'a RawValue> {
    let (first, rest) = path.0.split_first()?;
    let Step::Key(name) = first else { return None };
    let (_, value) = members.0.iter().find(|(held, _)| held == name)?;
    if rest.is_empty() { Some(value) } else { find::at(value, &Path(rest.to_vec())).ok() }
}

fn value(members: &Members, path: &Path) -> Option<String> {
    raw(members, path).and_then(find::plain)
}
