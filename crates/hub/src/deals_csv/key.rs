//! What a row is known again by.
//!
//! A row has no id of a service. Where the file has a column for one (`Task ID`), that is it. Elsewhere the row
//! is its client, its day and its amount, and which of the rows that have the same it is: the same file twice
//! changes nothing, whatever the order of its rows, and a status, a sector or notes that changed are changes of
//! the same deal. Another amount or day is another deal: a row must never be written over the wrong one.

use std::collections::HashMap;

use model::deal::FieldValue;
use model::{DealField, DealValues};
use sha2::{Digest, Sha256};
use store::deals::client_key;

/// Hands out the keys of a file's rows. It remembers 20 bytes of each.
#[derive(Default)]
pub(super) struct Keys {
    met: HashMap<u128, u32>,
}

/// The key of a row.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Key {
    /// As links keep it.
    pub(super) id: String,
    /// An earlier row has the same id in the file's own column.
    pub(super) is_taken: bool,
}

impl Keys {
    /// The key of the next row. `own`: what its own column says.
    pub(super) fn of(&mut self, own: Option<&str>, values: &DealValues) -> Key {
        let own = own.map(str::trim).filter(|own| !own.is_empty());
        let text = own.map_or_else(|| content(values), |own| format!("id\n{own}"));
        let hash = Sha256::digest(text.as_bytes());
        let hash = hash.iter().take(16).fold(0_u128, |sum, byte| sum << 8 | u128::from(*byte));
        let met = self.met.entry(hash).or_default();
        *met += 1;
        let nth = if *met == 1 { String::new() } else { format!("-{met}") };
        let kind = if own.is_some() { "id" } else { "row" };
        Key { id: format!("{kind}:{hash:032x}{nth}"), is_taken: own.is_some() && *met > 1 }
    }
}

fn content(values: &DealValues) -> String {
    let client = client_key(values.text(DealField::Client).unwrap_or_default());
    let text = |field| values.get(field).value().map(FieldValue::to_text).unwrap_or_default();
    format!("row\n{}\n{}\n{client}", text(DealField::DateEcheance), text(DealField::MontantBrut))
}

#[cfg(test)]
mod tests {
    use model::{Money, Slot};
    use proptest::prelude::*;

    use super::*;

    fn deal(client: &str, cents: i64) -> DealValues {
        let mut values = DealValues::default();
        values.set(DealField::Client, Slot::Set(FieldValue::Text(client.to_owned())));
        values.set(DealField::MontantBrut, Slot::Set(FieldValue::Money(Money::from_cents(cents))));
        values
    }

    #[test]
    fn a_rows_own_id_goes_first_and_may_come_once() {
        let mut keys = Keys::default();
        let first = keys.of(Some(" 86c1 "), &deal("a", 1));
        let again = keys.of(Some("86c1"), &deal("b", 2));
        assert!(!first.is_taken && again.is_taken && first.id != again.id);
        assert_eq!(Keys::default().of(Some("86c1"), &deal("renamed", 3)), first);
        assert!(keys.of(Some("  "), &deal("a", 1)).id.starts_with("row:"));
    }

    proptest! {
        /// In whatever order rows stand, the file has the same keys, each once.
        #[test]
        fn keys_do_not_depend_on_the_order(rows in proptest::collection::vec(("[ab]", 1_i64..3), 0..12)) {
            let keys = |rows: &[(String, i64)]| {
                let mut keys = Keys::default();
                let mut ids: Vec<String> =
                    rows.iter().map(|(client, cents)| keys.of(None, &deal(client, *cents)).id).collect();
                ids.sort_unstable();
                ids
            };
            let there = keys(&rows);
            let reversed: Vec<(String, i64)> = rows.iter().rev().cloned().collect();
            prop_assert_eq!(&there, &keys(&reversed));
            let mut once = there.clone();
            once.dedup();
            prop_assert_eq!(there, once);
        }
    }
}
