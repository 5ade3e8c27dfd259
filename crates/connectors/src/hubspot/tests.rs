//! Labels, values there and back.

mod hints;

use chrono::{DateTime, NaiveDate};
use chrono_tz::Europe;
use model::Value;
use proptest::prelude::*;

use super::decode::decode;
use super::encode::encode;
use super::holds::holds;
use super::labels::Labels;
use super::moment;
use super::schema::{Column, Holds};
use crate::common::cell::Cell;

fn column(holds: Holds) -> Column {
    let (key, name, native) = ("p".into(), "P".to_owned(), "t".to_owned());
    Column { key, name, native, holds, writable: true }
}

fn labels(pairs: &[(&str, &str)]) -> Labels {
    Labels::new(pairs.iter().map(|(value, label)| ((*value).to_owned(), (*label).to_owned())))
}

fn read(holds: Holds, text: &str) -> Value {
    decode(&column(holds), &Cell::Text(text.into()), Europe::Paris)
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

#[test]
fn texts_mean_what_their_type_says() {
    let wines = labels(&[("r", "Rouge"), ("b", "Blanc")]);
    let day = NaiveDate::from_ymd_opt(2024, 5, 1).expect("a day");
    let instant = DateTime::parse_from_rfc3339("2024-05-01T12:00:00.123+02:00").expect("an instant");
    for (holds, held, value) in [
        (Holds::Text, " a ", text(" a ")),
        (Holds::Text, "", Value::Empty),
        (Holds::Number, "12.50", Value::Number(12.5)),
        (Holds::Number, "NaN", Value::Unreadable("NaN".to_owned())),
        (Holds::Bool, "true", Value::Bool(true)),
        (Holds::Bool, "oui", Value::Unreadable("oui".to_owned())),
        (Holds::Date, "2024-05-01", Value::Date(day)),
        (Holds::Date, "1714521600000", Value::Date(day)),
        (Holds::DateTime, "2024-05-01T10:00:00.123Z", Value::DateTime(instant)),
        (Holds::DateTime, "1714557600123", Value::DateTime(instant)),
        (Holds::DateTime, "demain", Value::Unreadable("demain".to_owned())),
        (Holds::Choice(wines.clone()), "r", text("Rouge")),
        (Holds::Choice(wines.clone()), "x", text("x")),
        (Holds::Choices(wines.clone()), "b;;r", Value::List(vec![text("Blanc"), text("Rouge")])),
        (Holds::Unknown, "{}", Value::Unreadable("{}".to_owned())),
    ] {
        assert_eq!(read(holds.clone(), held), value, "{holds:?} {held}");
    }
    assert_eq!(decode(&column(Holds::Number), &Cell::Null, Europe::Paris), Value::Empty);
    assert!(matches!(
        decode(&column(Holds::Number), &Cell::Number(1.0), Europe::Paris),
        Value::Unreadable(_)
    ));
}

#[test]
fn values_that_do_not_fit_are_not_sent() {
    let wines = labels(&[("r", "Rouge")]);
    for (holds, value) in [
        (Holds::Number, text("12")),
        (Holds::Number, Value::Number(f64::NAN)),
        (Holds::Bool, text("true")),
        (Holds::Date, Value::Number(1.0)),
        (Holds::Text, Value::List(vec![text("a")])),
        (Holds::Choice(wines.clone()), text("Bleu")),
        (Holds::Choice(wines.clone()), Value::List(vec![text("Rouge")])),
        (Holds::Choices(wines), Value::List(vec![Value::Number(1.0)])),
        (Holds::Unknown, text("a")),
    ] {
        assert!(encode(&column(holds.clone()), &value, Europe::Paris).is_err(), "{holds:?} {value:?}");
    }
}

#[test]
fn a_label_is_found_as_written_before_it_is_found_in_another_case() {
    let both = labels(&[("1", "Bio"), ("2", "AOC"), ("3", "aoc")]);
    for (label, value) in [
        ("Bio", Some("1")),
        (" bio ", Some("1")),
        ("AOC (2)", Some("2")),
        ("aoc (3)", Some("3")),
        ("AOC", None),
        ("", None),
    ] {
        assert_eq!(both.value(label), value, "{label}");
    }
    assert_eq!(both.all(), ["Bio", "AOC (2)", "aoc (3)"]);
}

#[test]
fn a_day_begins_where_the_account_is() {
    let start = |day: &str, zone| moment::write(&moment::start_of_day(day.parse().expect("a day"), zone));
    assert_eq!(start("2026-07-14", Europe::Paris), "2026-07-13T22:00:00.000Z");
    assert_eq!(start("2026-12-25", chrono_tz::America::New_York), "2026-12-25T05:00:00.000Z");
    // Clocks in Beirut jump from midnight to one.
    assert_eq!(start("2025-03-30", chrono_tz::Asia::Beirut), "2025-03-29T22:00:00.000Z");
}

#[test]
fn what_comes_back_otherwise_is_still_the_same() {
    let cell = |text: &'static str| Cell::Text(text.into());
    for (kind, sent, read, same) in [
        (Holds::Number, "12.5", cell("12.50"), true),
        (Holds::Number, "12.5", cell("12.51"), false),
        (Holds::DateTime, "2024-05-01T10:00:00.000Z", cell("2024-05-01T10:00:00Z"), true),
        (Holds::Choices(Labels::default()), "a;b", cell("b;a"), true),
        (Holds::Choices(Labels::default()), "a;b", cell("a"), false),
        (Holds::Text, " A@example.com", cell("a@example.com"), true),
        (Holds::Text, "a", cell("b"), false),
        (Holds::Bool, "", Cell::Null, true),
        (Holds::Bool, "true", Cell::Null, false),
    ] {
        assert_eq!(holds(Some(&column(kind.clone())), sent, Some(&read)), same, "{kind:?} {sent} {read:?}");
    }
    assert!(holds(None, "default", Some(&cell("default"))) && !holds(None, "default", None));
}

proptest! {
    /// What was sent reads as what it was.
    #[test]
    fn values_come_back(number in -1e12_f64..1e12, days in 0_i32..60_000, millis in 0_i64..4_000_000_000_000) {
        let instant = DateTime::from_timestamp_millis(millis).expect("an instant");
        for (holds, value) in [
            (Holds::Number, Value::Number((number * 100.0).round() / 100.0)),
            (Holds::Date, Value::Date(NaiveDate::from_num_days_from_ce_opt(days + 700_000).expect("a day"))),
            (Holds::DateTime, Value::DateTime(instant.fixed_offset())),
        ] {
            let sent = encode(&column(holds.clone()), &value, Europe::Paris).expect("it fits");
            prop_assert_eq!(read(holds, &sent[0].1), value);
        }
    }

    /// A day that is written into an instant is that day where the account is.
    #[test]
    fn days_stay_days(days in 700_000_i32..760_000) {
        let day = NaiveDate::from_num_days_from_ce_opt(days).expect("a day");
        for zone in [Europe::Paris, chrono_tz::America::Los_Angeles, chrono_tz::Pacific::Auckland] {
            prop_assert_eq!(moment::start_of_day(day, zone).with_timezone(&zone).date_naive(), day);
        }
    }
}
