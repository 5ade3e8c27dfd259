//! What is written into a field of a service and read back is what it was.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use model::crossing::{from_service, to_service};
use model::deal::FieldValue;
use model::{DealField, Money, Slot, Status, StatusWords, StreamField, Value, ValueKind};
use proptest::prelude::*;

/// A text as a deal keeps it: something in it, and no blanks around it.
fn text() -> impl Strategy<Value = String> {
    "\\PC{1,40}".prop_map(|text| text.trim().to_owned()).prop_filter("not blank", |text| !text.is_empty())
}

fn value(field: DealField) -> BoxedStrategy<FieldValue> {
    match field {
        DealField::Statut => prop::sample::select(Status::ALL.to_vec()).prop_map(FieldValue::Status).boxed(),
        DealField::MontantBrut => {
            (1..=99_999_999_999_999_i64).prop_map(|cents| FieldValue::Money(Money::from_cents(cents))).boxed()
        }
        DealField::DateEcheance => (0..200_000_u64)
            .prop_map(|days| {
                FieldValue::Date(NaiveDate::default().checked_add_days(Days::new(days)).unwrap())
            })
            .boxed(),
        _ => text().prop_map(FieldValue::Text).boxed(),
    }
}

/// The kinds of field that both connectors have and that can hold this field of a deal.
fn kinds(field: DealField) -> &'static [ValueKind] {
    match field {
        DealField::Statut => &[ValueKind::Text, ValueKind::Choice, ValueKind::List],
        DealField::MontantBrut => &[ValueKind::Number, ValueKind::Text],
        DealField::DateEcheance => &[ValueKind::Date, ValueKind::DateTime, ValueKind::Text],
        _ => &[ValueKind::Text, ValueKind::Choice],
    }
}

fn crossing() -> impl Strategy<Value = (DealField, ValueKind, FieldValue)> {
    prop::sample::select(DealField::ALL.to_vec())
        .prop_flat_map(|field| (Just(field), prop::sample::select(kinds(field).to_vec()), value(field)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn written_and_read_back_it_is_the_same((field, kind, value) in crossing()) {
        let words = StatusWords::default();
        let options = match &value {
            FieldValue::Status(_) => ["Lead", "Qualified", "Negotiation", "Won", "In progress", "Lost"].map(str::to_owned).into(),
            other => vec![other.to_text()],
        };
        let name = field.key().to_owned();
        let target = StreamField {
            id: name.clone(), name, kind, native_type: String::new(), writable: true, options, makes_options: false, stands_for: BTreeMap::new(),
        };
        let written = to_service(Some(&value), &target, &words).unwrap();
        prop_assert_eq!(from_service(field, &written, &words).unwrap(), Slot::Set(value));
        if !field.required() && field != DealField::Statut {
            let cleared = to_service(None, &target, &words).unwrap();
            prop_assert_eq!(&cleared, &Value::Empty);
            prop_assert_eq!(from_service(field, &cleared, &words).unwrap(), Slot::Empty);
        }
    }
}
