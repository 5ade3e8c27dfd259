//! What is no longer as it was about the columns of a source.

use model::quality::ColumnKind;
use store::KnownColumn;

/// The columns that are new, and those whose values look otherwise, since the last load or in it.
pub(super) fn changes(
    seen: &[(String, Option<ColumnKind>)],
    known: &[KnownColumn],
) -> (Vec<String>, Vec<(String, ColumnKind, ColumnKind)>) {
    if known.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let find = |name: &str| known.iter().find(|column| column.name == name);
    let is_new = |name: &str| find(name).is_none_or(|column| column.is_new);
    let new = seen.iter().filter(|(name, _)| is_new(name)).map(|(name, _)| name.clone()).collect();
    let retyped = |(name, now): &(String, Option<ColumnKind>)| {
        let (column, now) = (find(name)?, (*now)?);
        // Since the last load, else in it.
        let before = column.kind.filter(|kind| *kind != now).or(column.kind_before)?;
        (before != now).then(|| (name.clone(), before, now))
    };
    (new, seen.iter().filter_map(retyped).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changed_is_told_since_the_last_load_and_of_it() {
        use ColumnKind::{Number, Text};
        let known = |name: &str, kind, kind_before, is_new| KnownColumn {
            name: name.to_owned(),
            kind: Some(kind),
            kind_before,
            is_new,
            is_gone: false,
        };
        let seen = |name: &str, kind| (name.to_owned(), Some(kind));
        let before = [
            known("a", Number, None, false),
            known("b", Text, Some(Number), false),
            known("c", Text, None, true),
        ];
        let (new, retyped) =
            changes(&[seen("a", Text), seen("b", Text), seen("c", Text), seen("d", Text)], &before);
        assert_eq!(new, ["c", "d"]);
        assert_eq!(retyped, [("a".to_owned(), Number, Text), ("b".to_owned(), Number, Text)]);
        assert_eq!(changes(&[seen("a", Text)], &[]), (vec![], vec![]));
    }
}
