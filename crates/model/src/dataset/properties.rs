//! What holds of the types of columns, whatever the values.

#![cfg(test)]

use std::borrow::Cow;

use proptest::prelude::*;

use super::evidence::Evidence;
use super::{Cell, ColumnType, Shape, cells, value};

/// A value as JSON: of every kind, near every edge.
fn json() -> impl Strategy<Value = String> {
    let texts = prop_oneof![
        any::<i64>().prop_map(|number| number.to_string()),
        "[0-9]{1,20}",
        "-?[0-9]{1,4}[.,][0-9]{1,4}",
        "20[0-9]{2}-[01][0-9]-[0-3][0-9]",
        "[0-3][0-9]/[01][0-9]/20[0-9]{2}",
        "20[0-9]{2}-0[1-9]-1[0-9]T[0-2][0-9]:[0-5][0-9]:00(Z|\\+0100|)",
        "(oui|no|TRUE|faux)",
        "[a-z ]{0,4}",
    ];
    prop_oneof![
        Just("null".to_owned()),
        any::<bool>().prop_map(|yes| yes.to_string()),
        any::<i64>().prop_map(|number| number.to_string()),
        (-100_i64..100).prop_map(|number| number.to_string()),
        "-?[1-9][0-9]{0,25}",
        any::<f64>()
            .prop_filter("JSON has no infinity", |number| number.is_finite())
            .prop_map(|n| n.to_string()),
        "[1-9]\\.[0-9]{1,25}(e-?[0-9]{1,3})?",
        Just("[1]".to_owned()),
        texts.prop_map(|text| serde_json::json!(text).to_string()),
    ]
}

fn shape(values: &[String], are_texts: bool) -> Shape {
    let mut shape = Shape::default();
    for value in values {
        let row = format!("{{\"c\": {value}}}");
        shape.take(&cells(&row).unwrap_or_default(), are_texts);
    }
    shape
}

/// How much a type holds: a wider one never becomes a narrower one.
fn width(kind: ColumnType) -> u8 {
    match kind {
        ColumnType::Boolean
        | ColumnType::Integer
        | ColumnType::Date
        | ColumnType::DateTime
        | ColumnType::Json => 0,
        ColumnType::Number => 1,
        ColumnType::Text => 2,
    }
}

proptest! {
    #[test]
    fn every_value_reads_in_the_type_of_its_column(
        values in prop::collection::vec(json(), 1..12), are_texts: bool
    ) {
        let columns = shape(&values, are_texts).columns();
        let mut filled = 0;
        for text in &values {
            let row = format!("{{\"c\": {text}}}");
            for (_, cell) in cells(&row).unwrap_or_default().iter() {
                filled += u64::from(!cell.is_empty());
                let read = value(&columns[0], cell);
                prop_assert!(cell.is_empty() || read.is_some(), "{} in {:?}", text, columns[0]);
            }
        }
        prop_assert_eq!(columns[0].filled, filled);
    }

    #[test]
    fn the_order_of_rows_does_not_matter(
        values in prop::collection::vec(json(), 1..12), are_texts: bool
    ) {
        let backwards: Vec<String> = values.iter().rev().cloned().collect();
        let (one, other) = (shape(&values, are_texts).columns(), shape(&backwards, are_texts).columns());
        prop_assert_eq!((one[0].kind, one[0].comma, one[0].filled), (other[0].kind, other[0].comma, other[0].filled));
    }

    #[test]
    fn more_rows_never_narrow_a_type(values in prop::collection::vec(json(), 2..12), are_texts: bool) {
        let mut widest = None;
        for count in 1..=values.len() {
            let column = shape(&values[..count], are_texts).columns().remove(0);
            if column.filled == 0 {
                continue;
            }
            if let Some(before) = widest {
                let same = column.kind == before;
                prop_assert!(same || width(column.kind) > width(before), "{:?} then {:?}", before, column.kind);
            }
            widest = Some(column.kind);
        }
    }

    #[test]
    fn evidence_of_parts_is_that_of_the_whole(one in ".{0,12}", other in ".{0,12}", are_texts: bool) {
        let of = |text: &str| Evidence::of(&Cell::Text(Cow::Owned(text.to_owned())), are_texts);
        let (mut ab, mut ba) = (of(&one), of(&other));
        ab.add(of(&other));
        ba.add(of(&one));
        prop_assert_eq!(ab, ba);
        let mut again = ab;
        again.add(ab);
        prop_assert_eq!(again, ab);
    }
}
