//! How the columns of one version differ from those of the version before.

use serde::{Deserialize, Serialize};

use super::column::{Column, ColumnType};
use crate::text::Text;

/// A difference between two versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Drift {
    /// A column that was not there.
    New {
        /// The column.
        column: String,
        /// Its type.
        kind: ColumnType,
    },
    /// A column that no row has any more.
    Gone {
        /// The column.
        column: String,
    },
    /// A column whose values have something else in common now.
    Type {
        /// The column.
        column: String,
        /// Before.
        from: ColumnType,
        /// Now.
        to: ColumnType,
    },
}

impl Drift {
    /// As people are told.
    pub fn text(&self) -> Text {
        match self {
            Drift::New { column, kind } => {
                let Text { fr, en } = kind.label();
                Text::new(
                    format!("Nouvelle colonne « {column} » ({fr})."),
                    format!("New column “{column}” ({en})."),
                )
            }
            Drift::Gone { column } => Text::new(
                format!(
                    "La colonne « {column} » n'est plus dans aucune ligne ; les versions précédentes la gardent."
                ),
                format!("The column “{column}” is in no row any more; earlier versions keep it."),
            ),
            Drift::Type { column, from, to } => {
                let (from, to) = (from.label(), to.label());
                Text::new(
                    format!(
                        "La colonne « {column} » était « {} », elle est maintenant « {} ».",
                        from.fr, to.fr
                    ),
                    format!("The column “{column}” was “{}”, it is “{}” now.", from.en, to.en),
                )
            }
        }
    }
}

/// What changed in the columns. A column without values has no type yet, so it has not changed.
pub fn drift(before: &[Column], after: &[Column]) -> Vec<Drift> {
    let find = |columns: &[Column], name: &str| {
        columns.iter().position(|column| column.name == name).map(|place| columns[place].clone())
    };
    let gone = before
        .iter()
        .filter(|old| find(after, &old.name).is_none())
        .map(|old| Drift::Gone { column: old.name.clone() });
    let changed = after.iter().filter_map(|new| match find(before, &new.name) {
        None => Some(Drift::New { column: new.name.clone(), kind: new.kind }),
        Some(old) if old.kind != new.kind && old.filled > 0 && new.filled > 0 => {
            Some(Drift::Type { column: new.name.clone(), from: old.kind, to: new.kind })
        }
        Some(_) => None,
    });
    gone.chain(changed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told() {
        let column = |name: &str, kind, filled| Column {
            name: name.to_owned(),
            kind,
            filled,
            comma: false,
            examples: Vec::new(),
        };
        use ColumnType::{Integer, Number, Text};
        let before = [column("a", Integer, 1), column("b", Text, 0), column("c", Text, 1)];
        let after = [column("a", Number, 1), column("b", Integer, 1), column("d", Integer, 1)];
        let told: Vec<_> = drift(&before, &after).iter().map(|drift| drift.text().fr).collect();
        assert_eq!(
            told,
            [
                "La colonne « c » n'est plus dans aucune ligne ; les versions précédentes la gardent.",
                "La colonne « a » était « nombre entier », elle est maintenant « nombre ».",
                "Nouvelle colonne « d » (nombre entier).",
            ]
        );
        assert_eq!(drift(&after, &after), []);
    }
}
