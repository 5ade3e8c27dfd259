//! The parts that ask nobody: numbers and moments, headers, names of rows, refusals.

use std::collections::HashSet;

use chrono::{NaiveDate, TimeDelta};
use chrono_tz::Europe::Paris;
use model::Value;
use proptest::prelude::*;

use super::decode::decode;
use super::header::{Header, letters};
use super::identity::{Identities, RowId};
use super::kind::CellKind;
use super::refusal::refused_request;
use super::serial;
use crate::common::cell::Cell;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day")
}

#[test]
fn days_as_numbers() {
    for (number, expected) in [
        (0.0, Some(day(1899, 12, 30))),
        (1.0, Some(day(1899, 12, 31))),
        (60.0, Some(day(1900, 2, 28))),
        (45_413.0, Some(day(2024, 5, 1))),
        (45_413.999, Some(day(2024, 5, 1))),
        (-1.0, Some(day(1899, 12, 29))),
        (-0.5, Some(day(1899, 12, 29))),
        (2_958_465.0, Some(day(9999, 12, 31))),
        (1e9, None),
        (f64::NAN, None),
        (f64::INFINITY, None),
    ] {
        assert_eq!(serial::day(number), expected, "{number}");
    }
}

#[test]
fn moments_are_in_the_spreadsheets_zone() {
    for (number, expected) in [
        (45_413.5, "2024-05-01T12:00:00+02:00"),
        (45_292.25, "2024-01-01T06:00:00+01:00"),
        // Where the clock jumps over a time, an hour later; where it shows one twice, the first.
        (45_382.104_166_666_664, "2024-03-31T03:30:00+02:00"),
        (45_592.104_166_666_664, "2024-10-27T02:30:00+02:00"),
    ] {
        let moment = serial::instant(number, Paris).expect("a moment");
        assert_eq!(moment.to_rfc3339(), expected, "{number}");
    }
}

proptest! {
    #[test]
    fn a_moment_comes_back_to_the_millisecond(days in 0_i64..80_000, milliseconds in 0_i64..86_400_000) {
        let noon = day(1970, 1, 1).and_hms_opt(0, 0, 0).expect("midnight");
        let moment = (noon + TimeDelta::days(days) + TimeDelta::milliseconds(milliseconds)).and_utc();
        let moment = moment.with_timezone(&chrono_tz::UTC).fixed_offset();
        let number = serial::of_instant(&moment, chrono_tz::UTC);
        prop_assert_eq!(serial::instant(number, chrono_tz::UTC), Some(moment));
    }

    #[test]
    fn no_two_rows_have_one_id(rows in proptest::collection::vec(("[ab]?( \\([23]\\))?", "[ab]?( \\(2\\))?"), 0..40)) {
        let mut identities = Identities::new(rows.iter().map(|(given, _)| given));
        let mut met = HashSet::new();
        for (row, (given, first)) in rows.iter().enumerate() {
            prop_assert!(met.insert(identities.of(row, given, first).into_text()));
        }
    }

    #[test]
    fn names_do_not_depend_on_other_rows(names in proptest::collection::hash_set("[a-z]{1,8}", 1..20)) {
        let rows: Vec<String> = names.into_iter().collect();
        let mut identities = Identities::default();
        for (row, name) in rows.iter().rev().enumerate() {
            prop_assert_eq!(identities.of(row, "", name), RowId::Named(name.clone()));
        }
    }
}

#[test]
fn a_long_name_is_cut_and_still_its_own() {
    let mut identities = Identities::default();
    let long = |end: &str| format!("{}{end}", "é".repeat(500));
    let one = identities.of(0, "", &long("a")).into_text();
    let other = identities.of(1, "", &long("b")).into_text();
    assert!(one != other && one.chars().count() < 200, "{one}");
}

#[test]
fn headers_are_followed_when_they_move() {
    let cells = |names: &[&str]| -> Vec<String> { names.iter().map(|name| (*name).to_owned()).collect() };
    let before = Header::read(&cells(&["Nom", "", "PASSERELLE ID", "Nom"]), |column| column == 1, 5, false);
    let names: Vec<(&str, &str, usize)> =
        before.columns.iter().map(|column| (&*column.id, column.name.as_str(), column.index)).collect();
    assert_eq!(names, [("Nom", "Nom", 0), ("column:B", "Column B", 1), ("Nom (2)", "Nom (2)", 3)]);
    assert_eq!(before.id_column, Some(2));
    let after = Header::read(&cells(&["Nouveau", "", "Nom", "Nom"]), |_| false, 0, false);
    for (id, was, now) in
        [("Nom", 0, Some(2)), ("Nom (2)", 3, Some(3)), ("column:B", 1, Some(1)), ("Prix", 2, None)]
    {
        assert_eq!(after.position(id, was), now, "{id}");
    }
    let named = Header::read(&cells(&["Nom", "Ville"]), |_| false, 0, false);
    assert_eq!(named.position("column:B", 1), None, "somebody has named it since");
}

#[test]
fn columns_have_letters() {
    for (index, expected) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")] {
        assert_eq!(letters(index), expected);
    }
}

#[test]
fn cells_by_the_kind_of_their_column() {
    use CellKind::{Bool, Date, Number, Text, Time};
    let text = |text: &'static str| Cell::Text(text.into());
    let unreadable = |text: &str| Value::Unreadable(text.to_owned());
    for (kind, cell, expected) in [
        (Text, text("x"), Value::Text("x".to_owned())),
        (Text, text(" "), Value::Text(" ".to_owned())),
        (Text, text("#N/A"), unreadable("#N/A")),
        (Text, text("#1 des ventes"), Value::Text("#1 des ventes".to_owned())),
        (Text, Cell::Number(1234.5), Value::Text("1234.5".to_owned())),
        (Text, Cell::Bool(true), Value::Text("oui".to_owned())),
        (Number, Cell::Number(-0.5), Value::Number(-0.5)),
        (Number, text("12 €"), unreadable("12 €")),
        (Number, text("  "), Value::Empty),
        (Number, Cell::Bool(true), unreadable("true")),
        (Bool, Cell::Bool(false), Value::Bool(false)),
        (Bool, Cell::Number(1.0), unreadable("1")),
        (Date, Cell::Number(45_413.0), Value::Date(day(2024, 5, 1))),
        (Date, Cell::Number(1e12), unreadable("1000000000000")),
        (Time, Cell::Number(0.75), Value::Text("18:00:00".to_owned())),
        (Date, Cell::Null, Value::Empty),
        (Date, text(""), Value::Empty),
    ] {
        assert_eq!(decode(kind, Paris, Some(&cell)), expected, "{kind:?} {cell:?}");
    }
    assert_eq!(decode(Number, Paris, None), Value::Empty);
}

#[test]
fn a_refusal_names_its_request() {
    for (said, place) in [
        ("Invalid requests[17].updateCells: You are trying to edit a protected cell", Some(17)),
        ("Invalid requests[0].repeatCell: x", Some(0)),
        ("Invalid requests[x]: y", None),
        ("Range exceeds grid limits", None),
    ] {
        assert_eq!(refused_request(said), place, "{said}");
    }
}
