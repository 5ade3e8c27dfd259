//! What a row is known again by.
//!
//! A row has no id of a service. Where the file has a column for one (`Task ID`), that is it. Elsewhere the row
//! is its client, its day and its amount, and a number that tells it from the rows that have the same: the same file
//! twice changes nothing, whatever the order of its rows, and a status, a sector or notes that changed are changes of
//! the same deal. Another amount or day is another deal: a row must never be written over the wrong one.

use std::collections::HashMap;

use model::deal::FieldValue;
use model::{DealField, DealValues};
use store::deals::client_key;

use super::crowds::Crowds;
use super::traits::Traits;
use crate::digest::half_sha256;

/// The ids of rows that share client, day and amount with another, as `like` finds them.
pub(super) const NUMBERED: &str = "row:%-%";

/// Hands out the keys of a file's rows. It remembers 20 bytes of each that has an id of its own.
pub(super) struct Keys {
    met: HashMap<u128, u32>,
    crowds: Crowds,
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
    /// For a file whose rows are crowded like that.
    pub(super) fn new(crowds: Crowds) -> Keys {
        Keys { met: HashMap::new(), crowds }
    }

    /// The key of the next row. `own`: what its own column says.
    pub(super) fn of(&mut self, own: Option<&str>, values: &DealValues) -> Key {
        if let Some(own) = own {
            let hash = half_sha256(&format!("id\n{own}"));
            let met = self.met.entry(hash).or_default();
            *met += 1;
            return Key { id: id("id", hash, *met), is_taken: *met > 1 };
        }
        let group = Group::of(values);
        let number = self.crowds.take(group.short(), || Traits::of(values)).unwrap_or(1);
        Key { id: group.id(number), is_taken: false }
    }
}

/// What rows have in common that only their number tells apart: client, day and amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Group(u128);

impl Group {
    /// The group of a row.
    pub(super) fn of(values: &DealValues) -> Group {
        let client = client_key(values.text(DealField::Client).unwrap_or_default());
        let text = |field| values.get(field).value().map(FieldValue::to_text).unwrap_or_default();
        let (day, amount) = (text(DealField::DateEcheance), text(DealField::MontantBrut));
        Group(half_sha256(&format!("row\n{day}\n{amount}\n{client}")))
    }

    /// The group and the number of a row's id; none for another id.
    pub(super) fn of_id(id: &str) -> Option<(Group, u32)> {
        let (hash, number) = match id.strip_prefix("row:")?.split_once('-') {
            Some((hash, number)) => (hash, number.parse().ok()?),
            None => (id.strip_prefix("row:")?, 1),
        };
        Some((Group(u128::from_str_radix(hash, 16).ok()?), number))
    }

    /// The id of a row of the group, as links keep it.
    pub(super) fn id(self, number: u32) -> String {
        id("row", self.0, number)
    }

    /// Half of it tells the groups of one file apart.
    pub(super) fn short(self) -> u64 {
        (self.0 >> 64) as u64
    }
}

fn id(kind: &str, hash: u128, number: u32) -> String {
    let nth = if number == 1 { String::new() } else { format!("-{number}") };
    format!("{kind}:{hash:032x}{nth}")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use model::{Money, Slot, Status};
    use proptest::prelude::*;
    use proptest::sample::Index;

    use super::*;
    use crate::deals_csv::crowds::Held;

    fn deal(client: &str, cents: i64) -> DealValues {
        let mut values = DealValues::default();
        values.set(DealField::Client, Slot::Set(FieldValue::Text(client.to_owned())));
        values.set(DealField::MontantBrut, Slot::Set(FieldValue::Money(Money::from_cents(cents))));
        values
    }

    fn with(mut deal: DealValues, status: Status, notes: &str) -> DealValues {
        deal.set(DealField::Statut, Slot::Set(FieldValue::Status(status)));
        let notes =
            if notes.is_empty() { Slot::Empty } else { Slot::Set(FieldValue::Text(notes.to_owned())) };
        deal.set(DealField::Notes, notes);
        deal
    }

    #[test]
    fn a_rows_own_id_goes_first_and_may_come_once() {
        let mut keys = Keys::new(Crowds::default());
        let first = keys.of(Some("86c1"), &deal("a", 1));
        let again = keys.of(Some("86c1"), &deal("b", 2));
        assert!(!first.is_taken && again.is_taken && first.id != again.id);
        assert_eq!(Keys::new(Crowds::default()).of(Some("86c1"), &deal("renamed", 3)), first);
        assert!(keys.of(None, &deal("a", 1)).id.starts_with("row:"));
    }

    #[test]
    fn a_rows_id_tells_its_group_and_number() {
        let group = Group::of(&deal("Élan", 100));
        for number in [1, 2, 40] {
            assert_eq!(Group::of_id(&group.id(number)), Some((group, number)));
        }
        assert_eq!(group.id(1), Keys::new(Crowds::default()).of(None, &deal(" ÉLAN", 100)).id);
        for other in ["id:86c1", "row:x", "row:1-x", "line:3", ""] {
            assert_eq!(Group::of_id(other), None, "{other}");
        }
    }

    /// What links keep, by the ids of rows.
    type Links = BTreeMap<String, DealValues>;

    /// Imports a file: how many rows were new, and how many changed a deal.
    fn import(links: &mut Links, rows: &[DealValues]) -> (usize, usize) {
        let held = links.iter().filter_map(|(id, values)| {
            let (group, number) = Group::of_id(id)?;
            Some(Held { group: group.short(), traits: Traits::of(values), number })
        });
        let crowd = rows.iter().map(|row| (Group::of(row).short(), Traits::of(row)));
        let mut keys = Keys::new(Crowds::new(crowd, held.collect()));
        let mut imported = Links::new();
        for row in rows {
            assert_eq!(imported.insert(keys.of(None, row).id, row.clone()), None, "a key is given once");
        }
        let new = imported.keys().filter(|id| !links.contains_key(*id)).count();
        let changed = imported.iter().filter(|(id, row)| links.get(*id).is_some_and(|kept| kept != *row));
        let counts = (new, changed.count());
        links.extend(imported);
        counts
    }

    fn rows() -> impl Strategy<Value = Vec<DealValues>> {
        let status = prop::sample::select(vec![Status::Prospect, Status::Won, Status::Lost]);
        let row = ("[ab]", 1_i64..3, status, "[xy]?");
        prop::collection::vec(
            row.prop_map(|(client, cents, status, notes)| with(deal(&client, cents), status, &notes)),
            1..14,
        )
    }

    proptest! {
        /// In whatever order rows stand, the same file changes nothing.
        #[test]
        fn the_order_of_rows_does_not_matter(
            (rows, shuffled) in rows().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
        ) {
            let mut links = Links::new();
            prop_assert_eq!(import(&mut links, &rows), (rows.len(), 0));
            prop_assert_eq!(import(&mut links, &shuffled), (0, 0));
        }

        /// One row that says something else changes one deal, wherever it stands.
        #[test]
        fn one_row_that_changed_changes_one_deal(
            (rows, mut later) in rows().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
            which: Index,
        ) {
            let mut links = Links::new();
            import(&mut links, &rows);
            let place = which.index(later.len());
            later[place].set(DealField::Notes, Slot::Set(FieldValue::Text("changé".to_owned())));
            prop_assert_eq!(import(&mut links, &later), (0, 1));
            prop_assert_eq!(import(&mut links, &rows), (0, 1), "and back");
        }

        /// A row that goes takes none of the others' deals with it.
        #[test]
        fn a_row_that_is_gone_leaves_the_others_alone(rows in rows(), which: Index) {
            let mut links = Links::new();
            import(&mut links, &rows);
            let mut fewer = rows.clone();
            fewer.remove(which.index(rows.len()));
            prop_assert_eq!(import(&mut links, &fewer), (0, 0));
            prop_assert_eq!(import(&mut links, &rows), (0, 0));
        }
    }

    #[test]
    fn rows_that_all_have_changed_stay_with_what_is_most_alike() {
        let row = |status, notes| with(deal("a", 1), status, notes);
        let mut links = Links::new();
        import(&mut links, &[row(Status::Prospect, "un"), row(Status::Prospect, "deux")]);
        let before = links.clone();
        import(&mut links, &[row(Status::Lost, "deux"), row(Status::Won, "un")]);
        for (id, values) in before {
            assert_eq!(links[&id].text(DealField::Notes), values.text(DealField::Notes));
        }
    }
}
