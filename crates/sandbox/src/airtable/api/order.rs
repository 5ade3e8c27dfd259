//! The order of a sorted listing.

use std::cmp::Ordering;

use crate::airtable::FieldType;
use crate::airtable::formula::{Cells, Val};
use crate::airtable::scope::Scope;

/// What a record is sorted by in one column. Empty cells come first.
#[derive(Debug, PartialEq, PartialOrd)]
pub(super) enum Key {
    Empty,
    Number(f64),
    Text(String),
}

/// The key of a record in a column.
pub(super) fn key(scope: &Scope<'_>, slot: usize) -> Key {
    let choices = scope.table.column(slot).and_then(|column| match &column.kind {
        FieldType::SingleSelect { choices } => Some(choices),
        _ => None,
    });
    if let Some(choices) = choices {
        // Options sort as they are listed, not by name.
        let stored = scope.record.cell(slot).as_str().unwrap_or_default();
        let place = choices.iter().position(|choice| choice.id == *stored);
        return place.map_or(Key::Empty, |place| Key::Number(place as f64));
    }
    match scope.cell(slot) {
        Val::Blank | Val::Error => Key::Empty,
        Val::Number(number) => Key::Number(number),
        Val::Bool(bool) => Key::Number(f64::from(u8::from(bool))),
        #[allow(clippy::cast_precision_loss, reason = "milliseconds fit")]
        Val::Moment(moment) => Key::Number(moment.timestamp_millis() as f64),
        value => {
            let text = value.to_text().to_lowercase();
            if text.is_empty() { Key::Empty } else { Key::Text(text) }
        }
    }
}

/// Compares two records' keys; `sort` says which columns descend.
pub(super) fn compare(left: &[Key], right: &[Key], sort: &[(usize, bool)]) -> Ordering {
    let columns = left.iter().zip(right).zip(sort);
    let orders = columns.map(|((left, right), (_, descends))| {
        let order = left.partial_cmp(right).unwrap_or(Ordering::Equal);
        if *descends { order.reverse() } else { order }
    });
    orders.fold(Ordering::Equal, Ordering::then)
}
