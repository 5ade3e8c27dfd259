//! Three-way merge of one deal: what the source holds, what the target holds, and what both held
//! when they were last seen together.
//!
//! Pure. It does not know which side is the CRM.

use chrono::{DateTime, Utc};
use model::plan::FieldChange;
use model::{DealField, DealValues, Slot};

/// The three versions of a deal.
pub(crate) struct Versions<'a> {
    /// What comes in.
    pub source: &'a DealValues,
    /// What is there.
    pub target: &'a DealValues,
    /// What both held last; `None` when they meet for the first time.
    pub base: Option<&'a DealValues>,
    /// When the source was last modified, where known.
    pub source_at: Option<DateTime<Utc>>,
    /// When the target was last modified, where known.
    pub target_at: Option<DateTime<Utc>>,
}

/// What the merge decided.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Merged {
    /// The fields to write on the target, and those where a conflict was decided against the source
    /// (before and after are equal then).
    pub fields: Vec<FieldChange>,
}

impl Merged {
    /// Whether anything is to be written.
    pub(crate) fn writes(&self) -> bool {
        self.fields.iter().any(|f| f.before != f.after)
    }

    /// Whether both sides had changed somewhere.
    pub(crate) fn conflict(&self) -> bool {
        self.fields.iter().any(|f| f.lost.is_some())
    }
}

/// The target's values after these changes.
pub(crate) fn apply(fields: &[FieldChange], target: &DealValues) -> DealValues {
    let mut values = target.clone();
    for change in fields {
        values.set(change.field, Slot::known(change.after.clone()));
    }
    values
}

/// Decides field by field.
///
/// - Absent on either side: nothing is known, nothing is written.
/// - Changed on one side only: that side is right.
/// - Changed on both: the later modification is right; when a time is unknown, the source is, since
///   a person asked for this direction. The other value is kept as `lost`.
/// - First meeting: the source is right, but its empty fields erase nothing.
pub(crate) fn merge(versions: &Versions<'_>) -> Merged {
    let mut merged = Merged::default();
    for field in DealField::ALL {
        let (source, target) = (versions.source.get(field), versions.target.get(field));
        if source.is_absent() || target.is_absent() || source == target {
            continue;
        }
        let base = versions.base.map(|b| b.get(field)).filter(|b| !b.is_absent());
        let (before, incoming) = (target.value().cloned(), source.value().cloned());
        let take = FieldChange { field, before: before.clone(), after: incoming.clone(), lost: None };
        match base {
            None if incoming.is_none() => {}
            None => merged.fields.push(take),
            Some(base) if source == base => {}
            Some(base) if target == base => merged.fields.push(take),
            Some(_) if target_is_later(versions) => {
                let after = before.clone();
                merged.fields.push(FieldChange { field, before, after, lost: incoming });
            }
            Some(_) => merged.fields.push(FieldChange { lost: before, ..take }),
        }
    }
    merged
}

fn target_is_later(versions: &Versions<'_>) -> bool {
    matches!((versions.source_at, versions.target_at), (Some(source), Some(target)) if target > source)
}

/// What both sides are taken to have held together, once the merge is carried out on `target`.
///
/// Where they still differ, it is what the source holds: the target then counts as the side that
/// changed, and what it holds is right for the next run, whichever way that one goes. A field in which
/// they differ after meeting for the first time stays out of it: nobody has changed it since, on either
/// side, so a later run must not take the difference for a change.
pub(crate) fn common(base: Option<&DealValues>, source: &DealValues, target: &DealValues) -> DealValues {
    let mut values = base.cloned().unwrap_or_default();
    for (field, slot) in source.known() {
        let there = target.get(field);
        if slot == there || !there.is_absent() && !values.get(field).is_absent() {
            values.set(field, slot.clone());
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use model::deal::FieldValue;

    use super::*;

    const FIELD: DealField = DealField::Secteur;

    fn values(slot: &str) -> DealValues {
        let mut values = DealValues::default();
        values.set(
            FIELD,
            match slot {
                "-" => Slot::Absent,
                "" => Slot::Empty,
                text => Slot::Set(FieldValue::Text(text.to_owned())),
            },
        );
        values
    }

    fn at(seconds: i64) -> Option<DateTime<Utc>> {
        DateTime::from_timestamp(seconds, 0)
    }

    /// base, source, target, source time, target time → value of the target afterwards, lost value
    #[test]
    fn every_case_of_the_rule() {
        let cases = [
            ("a", "a", "a", at(1), at(1), "a", None),
            ("a", "b", "a", at(1), at(1), "b", None),
            ("a", "a", "b", at(1), at(1), "b", None),
            ("a", "b", "b", at(1), at(1), "b", None),
            ("a", "b", "c", at(2), at(1), "b", Some("c")),
            ("a", "b", "c", at(1), at(2), "c", Some("b")),
            ("a", "b", "c", None, at(2), "b", Some("c")),
            ("a", "b", "c", at(1), None, "b", Some("c")),
            ("a", "", "a", at(1), at(1), "", None),
            ("a", "-", "a", at(1), at(1), "a", None),
            ("a", "b", "-", at(1), at(1), "-", None),
            ("", "b", "", at(1), at(1), "b", None),
            // Meeting for the first time.
            ("-", "b", "a", None, None, "b", None),
            ("-", "", "a", None, None, "a", None),
            ("-", "b", "", None, None, "b", None),
        ];
        for (base, source, target, source_at, target_at, after, lost) in cases {
            let case = format!("{base} {source} {target} {source_at:?} {target_at:?}");
            let (base, source, target) = (values(base), values(source), values(target));
            let versions =
                Versions { source: &source, target: &target, base: Some(&base), source_at, target_at };
            let merged = merge(&versions);
            assert_eq!(apply(&merged.fields, &target), values(after), "{case}");
            let found = merged.fields.iter().find_map(|f| f.lost.clone());
            assert_eq!(found, lost.map(|l| FieldValue::Text(l.to_owned())), "{case}");
        }
    }
}
