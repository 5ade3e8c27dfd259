//! What is said of a value that cannot be read, the same in bodies and in queries.

use chrono::NaiveDate;
use model::parse::shorten;
use model::{Lang, Text};

/// A day in the one form programs use.
pub(crate) fn iso_date(text: &str) -> Option<NaiveDate> {
    // chrono alone would take `2026-1-2` and years of six digits.
    (text.len() == 10).then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())?
}

pub(crate) fn not_a_date(key: &str, text: &str) -> Text {
    let shown = shorten(text);
    Text::new(
        format!("« {key} » : « {shown} » n'est pas une date (attendu : 2026-11-21)."),
        format!("“{key}”: “{shown}” is not a date (expected: 2026-11-21)."),
    )
}

pub(crate) fn not_an_instant(key: &str, text: &str) -> Text {
    let shown = shorten(text);
    Text::new(
        format!("« {key} » : « {shown} » n'est pas un instant (attendu : 2026-11-21T08:30:00.000Z)."),
        format!("“{key}”: “{shown}” is not an instant (expected: 2026-11-21T08:30:00.000Z)."),
    )
}

pub(crate) fn not_a_choice(key: &str, value: &str, accepted: &[&str]) -> Text {
    let (shown, list) = (shorten(value), accepted.join(", "));
    Text::new(
        format!("« {key} » : « {shown} » est inconnu. Valeurs acceptées : {list}."),
        format!("“{key}”: “{shown}” is unknown. Accepted values: {list}."),
    )
}

/// Sentences one after the other, in both languages.
pub(crate) fn joined(faults: &[Text]) -> Text {
    let join = |lang| faults.iter().map(|fault| fault.get(lang)).collect::<Vec<_>>().join(" ");
    Text::new(join(Lang::Fr), join(Lang::En))
}
