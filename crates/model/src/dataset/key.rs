//! What tells the rows of a dataset apart.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::cells::{Cell, Cells};

/// The names a row's id usually has, the surest first.
const USUAL: [&str; 7] = ["id", "_id", "uuid", "guid", "key", "identifiant", "code"];

/// What tells the rows of a dataset apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", content = "column", rename_all = "snake_case")]
pub enum KeyBy {
    /// The id the service gives with each row.
    Service,
    /// The value of a column.
    Column(String),
    /// The row's place in the answer: nothing else tells them apart.
    Position,
}

impl KeyBy {
    /// The key of a row, from 1 the `position`-th of its reading; `None` when it has none.
    pub fn of(&self, id: Option<&str>, cells: &Cells<'_>, position: u64) -> Option<String> {
        match self {
            KeyBy::Service => id.map(str::to_owned),
            KeyBy::Position => Some(format!("#{position}")),
            KeyBy::Column(column) => cells.get(column).and_then(key_text).map(str::to_owned),
        }
    }
}

/// What tells the rows of a first page apart: the service's ids, else the first column with a usual name
/// whose values are all there and all different, else the position.
pub fn detect(rows: &[(Option<&str>, &Cells<'_>)]) -> KeyBy {
    if !rows.is_empty() && rows.iter().all(|(id, _)| id.is_some()) {
        return KeyBy::Service;
    }
    let Some((_, first)) = rows.first() else { return KeyBy::Position };
    let candidates = USUAL.iter().flat_map(|usual| {
        first.iter().map(|(name, _)| name).filter(move |name| name.eq_ignore_ascii_case(usual))
    });
    let tells_apart = |column: &&str| {
        let mut met = HashSet::new();
        rows.iter().all(|(_, cells)| cells.get(column).and_then(key_text).is_some_and(|key| met.insert(key)))
    };
    candidates.into_iter().find(tells_apart).map_or(KeyBy::Position, |name| KeyBy::Column(name.to_owned()))
}

fn key_text<'r>(cell: &'r Cell<'_>) -> Option<&'r str> {
    match cell {
        Cell::Number(_) | Cell::Text(_) => Some(cell.as_text()),
        Cell::Empty | Cell::Boolean(_) | Cell::Json(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::cells;
    use super::*;

    fn detected(ids: &[Option<&str>], contents: &[&str]) -> KeyBy {
        let seen: Vec<_> = contents.iter().map(|content| cells(content).unwrap_or_default()).collect();
        let rows: Vec<_> = ids.iter().zip(&seen).map(|(id, cells)| (*id, cells)).collect();
        detect(&rows)
    }

    #[test]
    fn the_surest_first() {
        let column = |name: &str| KeyBy::Column(name.to_owned());
        for (contents, expected) in [
            (&[r#"{"key": 1, "ID": 7}"#, r#"{"key": 2, "ID": 8}"#][..], column("ID")),
            (&[r#"{"id": 1, "key": "a"}"#, r#"{"id": 1, "key": "b"}"#], column("key")),
            (&[r#"{"id": 1}"#, r#"{"id": null}"#], KeyBy::Position),
            (&[r#"{"id": [1]}"#], KeyBy::Position),
            (&[r#"{"name": "a"}"#], KeyBy::Position),
            (&[], KeyBy::Position),
        ] {
            assert_eq!(detected(&vec![None; contents.len()], contents), expected, "{contents:?}");
        }
        assert_eq!(detected(&[Some("a")], &["{\"id\": 1}"]), KeyBy::Service);
    }

    #[test]
    fn the_key_of_a_row() {
        let cells = cells(r#"{"ref": {"no": 12}, "x": null}"#).unwrap_or_default();
        let column = |name: &str| KeyBy::Column(name.to_owned());
        assert_eq!(column("ref.no").of(None, &cells, 1), Some("12".to_owned()));
        assert_eq!(column("x").of(Some("id"), &cells, 1), None);
        assert_eq!(KeyBy::Position.of(None, &cells, 3), Some("#3".to_owned()));
        assert_eq!(KeyBy::Service.of(Some("id"), &cells, 3), Some("id".to_owned()));
    }
}
