//! Some records by their ids, as many at once as the service takes.

use std::collections::HashSet;

/// Ids to ask for, each once.
pub(crate) struct ByIds {
    ids: Vec<String>,
    at_once: usize,
}

impl ByIds {
    /// `at_once` is at least one.
    pub(crate) fn new(ids: &[String], at_once: usize) -> ByIds {
        let mut seen = HashSet::new();
        ByIds { ids: ids.iter().filter(|id| seen.insert(*id)).cloned().collect(), at_once }
    }

    /// The ids that a token leads to (without one, the first), and the token of the next.
    pub(crate) fn piece(&self, token: Option<&str>) -> (&[String], Option<String>) {
        let start = token.and_then(|token| token.parse().ok()).unwrap_or(0);
        let rest = self.ids.get(start..).unwrap_or_default();
        let piece = rest.get(..self.at_once).unwrap_or(rest);
        let next = (piece.len() < rest.len()).then(|| (start + piece.len()).to_string());
        (piece, next)
    }
}

#[cfg(test)]
mod tests {
    use super::ByIds;

    #[test]
    fn pieces_hold_every_id_once_and_in_order() {
        for (ids, pieces) in [
            (vec![], vec![vec![]]),
            (vec!["a"], vec![vec!["a"]]),
            (vec!["b", "a"], vec![vec!["b", "a"]]),
            (vec!["b", "a", "b", "c"], vec![vec!["b", "a"], vec!["c"]]),
            (vec!["a", "b", "c", "d", "a"], vec![vec!["a", "b"], vec!["c", "d"]]),
        ] {
            let ids: Vec<String> = ids.into_iter().map(str::to_owned).collect();
            let by_ids = ByIds::new(&ids, 2);
            let mut given: Vec<Vec<String>> = Vec::new();
            let mut token = None;
            loop {
                let (piece, next) = by_ids.piece(token.as_deref());
                given.push(piece.to_vec());
                token = next;
                if token.is_none() {
                    break;
                }
            }
            assert_eq!(given, pieces);
        }
    }
}
