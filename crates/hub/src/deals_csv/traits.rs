//! What tells apart rows that have client, day and amount in common, in twenty bytes.

use model::deal::FieldValue;
use model::{DealField, DealValues, Slot};

use crate::digest::half_sha256;

/// The fields that such rows may differ in. The same client may be written in several ways.
const FIELDS: [DealField; 5] =
    [DealField::Client, DealField::Statut, DealField::Secteur, DealField::Assignee, DealField::Notes];

/// What a field counts as that nothing is known of.
const UNKNOWN: u32 = 0;

/// A digest of each of these fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Traits([u32; FIELDS.len()]);

impl Traits {
    /// The most that two can be unlike.
    pub(super) const MOST_UNLIKE: usize = FIELDS.len() * (FIELDS.len() + 1);

    /// Those of a row, or of what a link keeps of one.
    pub(super) fn of(values: &DealValues) -> Traits {
        Traits(FIELDS.map(|field| short(values.get(field))))
    }

    /// How unlike two are: above all by how many fields differ, then by how many only one of them knows. A link knows
    /// less than its row where the deal held something else when they met.
    pub(super) fn unlike(self, other: Traits) -> usize {
        let pairs = || self.0.into_iter().zip(other.0).filter(|(mine, theirs)| mine != theirs);
        let half_known = pairs().filter(|(mine, theirs)| *mine == UNKNOWN || *theirs == UNKNOWN).count();
        (pairs().count() - half_known) * (FIELDS.len() + 1) + half_known
    }
}

fn short(slot: &Slot<FieldValue>) -> u32 {
    let text = match slot {
        Slot::Absent => return UNKNOWN,
        Slot::Empty => "-".to_owned(),
        Slot::Set(value) => format!("={}", value.to_text()),
    };
    ((half_sha256(&text) >> 96) as u32).max(1)
}
