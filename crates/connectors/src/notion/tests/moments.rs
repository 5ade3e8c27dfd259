//! A new day in a date that is a range or has a time.

use model::Value;
use serde_json::{Value as Json, json};

use super::{day, instant};
use crate::common::cell::Cells;
use crate::notion::dates::Span;

fn merged(old: &Json, new: &Value) -> Json {
    let old = old.to_string();
    let old = Span::read(&serde_json::from_str::<Cells>(&old).expect("an object")).expect("a date");
    old.beginning(&Span::of(new).expect("a moment")).json()
}

#[test]
fn an_end_and_a_time_survive_a_new_day() {
    let date = |start: &str, end: Option<&str>, zone: Option<&str>| json!({"start": start, "end": end, "time_zone": zone});
    for (old, new, expected) in [
        // A day stays a day.
        (date("2024-05-01", None, None), day("2024-05-03"), date("2024-05-03", None, None)),
        // The end stays, and moves along when it would come first.
        (
            date("2024-05-01", Some("2024-05-09"), None),
            day("2024-05-03"),
            date("2024-05-03", Some("2024-05-09"), None),
        ),
        (
            date("2024-05-01", Some("2024-05-09"), None),
            day("2024-06-01"),
            date("2024-06-01", Some("2024-06-09"), None),
        ),
        // The time stays, in whatever way its zone is told.
        (
            date("2024-05-01T09:30:00.000+02:00", None, None),
            day("2024-05-03"),
            date("2024-05-03T09:30:00.000+02:00", None, None),
        ),
        (
            date("2024-01-10T09:30:00.000+01:00", None, Some("Europe/Paris")),
            day("2024-07-10"),
            date("2024-07-10T09:30:00.000", None, Some("Europe/Paris")),
        ),
        (
            date("2024-05-01T09:30:00.000+02:00", Some("2024-05-01T10:30:00.000+02:00"), None),
            day("2024-05-03"),
            date("2024-05-03T09:30:00.000+02:00", Some("2024-05-03T10:30:00.000+02:00"), None),
        ),
        // The same day changes nothing, also where it is another one elsewhere.
        (
            date("2024-05-01T00:30:00.000+02:00", None, None),
            day("2024-05-01"),
            date("2024-05-01T00:30:00.000+02:00", None, None),
        ),
        // An instant replaces a lone day; a range of days stays one.
        (
            date("2024-05-01", None, None),
            instant("2024-05-03T09:30:00+02:00"),
            date("2024-05-03T09:30:00.000+02:00", None, None),
        ),
        (
            date("2024-05-01", Some("2024-05-09"), None),
            instant("2024-05-03T09:30:00+02:00"),
            date("2024-05-03", Some("2024-05-09"), None),
        ),
        // A time the clock jumps over is an hour later.
        (
            date("2026-03-28T02:30:00.000+01:00", None, Some("Europe/Paris")),
            day("2026-03-29"),
            date("2026-03-29T03:30:00.000", None, Some("Europe/Paris")),
        ),
    ] {
        assert_eq!(merged(&old, &new), expected, "{old} and {new:?}");
    }
}
