//! Reads amounts and dates as people type them, in French and in English.
//!
//! What can be understood in two ways is refused, never guessed.

use chrono::{DateTime, NaiveDate};

use crate::decimal;
use crate::money::Money;
use crate::text::{Lang, Text};

/// Reads `1 234,56 €`, `1,234.56`, `-12`, `1.234.567,8`.
///
/// # Errors
/// A sentence saying why the text is not an amount. `1,234` and `1.234` are refused: one reader
/// means a thousand and more, the other one and a bit.
pub fn amount(text: &str) -> Result<Money, Text> {
    let number = decimal::read(text, None).map_err(|fault| fault.text(text))?;
    number.money().ok_or_else(|| too_large(text))
}

fn too_large(text: &str) -> Text {
    let (shown, max) = (shorten(text), Money::MAX);
    Text::new(
        format!("« {shown} » dépasse la limite de {}.", max.display(Lang::Fr)),
        format!("“{shown}” is beyond the limit of {}.", max.display(Lang::En)),
    )
}

/// Reads `2026-11-21`, an ISO instant (its own day is kept), `21/11/2026`, `21.11.2026`,
/// `21-11-2026`, `21 nov. 2026`.
///
/// # Errors
/// A sentence saying that the text is no date. Days come before months.
pub fn date(text: &str) -> Result<NaiveDate, Text> {
    let trimmed = text.trim();
    if let Some(date) = plain_date(trimmed) {
        return Ok(date);
    }
    if let Ok(instant) = DateTime::parse_from_rfc3339(trimmed) {
        return Ok(instant.date_naive());
    }
    let parts: Vec<&str> = trimmed
        .split(|c: char| c == '/' || c == '.' || c == '-' || c.is_whitespace())
        .filter(|p| !p.is_empty())
        .collect();
    let day_month_year = match parts.as_slice() {
        [day, month, year] if year.len() == 4 => month_number(month)
            .and_then(|m| NaiveDate::from_ymd_opt(year.parse().ok()?, m, day.parse().ok()?)),
        _ => None,
    };
    day_month_year.ok_or_else(|| {
        let shown = shorten(text);
        Text::new(
            format!("« {shown} » n'est pas une date (attendu : 21/11/2026 ou 2026-11-21)"),
            format!("“{shown}” is not a date (expected: 21/11/2026 or 2026-11-21)"),
        )
    })
}

/// `21/11/2026`, `21-11-2026`, `21.11.2026` and `2026-11-21`, each alone or before a space and a time:
/// what nearly every cell of a long file holds, read without keeping anything on the side.
fn plain_date(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes();
    let (day, rest) = bytes.split_at_checked(10)?;
    let time_follows = matches!(rest, [b' ', b'0'..=b'9', ..]) && rest.contains(&b':');
    if !rest.is_empty() && !time_follows {
        return None;
    }
    let number = |range: std::ops::Range<usize>| {
        day[range].iter().try_fold(0_u32, |sum, b| b.is_ascii_digit().then(|| sum * 10 + u32::from(b - b'0')))
    };
    let (year, month, day) = match (day[2], day[4], day[5], day[7]) {
        (a, _, b, _) if a == b && matches!(a, b'/' | b'-' | b'.') => {
            (number(6..10), number(3..5), number(0..2))
        }
        (_, b'-', _, b'-') => (number(0..4), number(5..7), number(8..10)),
        _ => return None,
    };
    NaiveDate::from_ymd_opt(i32::try_from(year?).ok()?, month?, day?)
}

/// 1 to 12, from digits or from the French name of a month and its usual abbreviations.
fn month_number(text: &str) -> Option<u32> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let name = text.to_lowercase().replace('é', "e").replace('û', "u");
    let starts = ["janv", "fev", "mars", "avr", "mai", "juin", "juil", "aou", "sep", "oct", "nov", "dec"];
    starts.iter().position(|start| name.starts_with(start)).map(|i| i as u32 + 1)
}

/// Enough of a text to recognise it in a message.
pub fn shorten(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Whatever is typed is an amount, a date, or refused with a sentence.
        #[test]
        fn anything_is_read_or_refused(text in ".{0,40}", near in "[-+ €$.,0-9\u{a0}\u{202f}/a-zé]{0,24}") {
            for text in [text, near] {
                let _ = amount(&text);
                let _ = date(&text);
                prop_assert!(shorten(&text).chars().count() <= 61);
            }
        }

        #[test]
        fn an_amount_comes_back_in_both_notations(cents in -1_000_000_000_000_i64..1_000_000_000_000) {
            let (sign, whole, rest) = (if cents < 0 { "-" } else { "" }, (cents / 100).abs(), (cents % 100).abs());
            for mark in [",", "."] {
                let text = format!("{sign}{whole}{mark}{rest:02} €");
                prop_assert_eq!(amount(&text).ok().map(Money::cents), Some(cents), "{}", text);
            }
        }

        #[test]
        fn a_date_comes_back_in_every_form(days in -150_000_i64..150_000) {
            let day = NaiveDate::default() + chrono::TimeDelta::days(days);
            for form in ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y"] {
                let text = day.format(form).to_string();
                prop_assert_eq!(date(&text).ok(), Some(day), "{}", text);
            }
        }
    }

    #[test]
    fn amounts_in_both_notations() {
        for (text, cents) in [
            ("1 234,56 €", Some(123_456)),
            ("1\u{202f}234,5\u{a0}€", Some(123_450)),
            ("1,234.56", Some(123_456)),
            ("1.234.567,8", Some(123_456_780)),
            ("1,234,567", Some(123_456_700)),
            ("12000", Some(1_200_000)),
            ("12000 EUR", Some(1_200_000)),
            ("€1,200.00", Some(120_000)),
            ("0,125", Some(13)),
            ("-3,5", Some(-350)),
            ("12.5", Some(1_250)),
            ("1234.567", Some(123_457)),
            ("1,234", None),
            ("1.234", None),
            ("12,34,56", None),
            ("1.23.456,7", None),
            ("douze mille", None),
            ("12k", None),
            ("", None),
            (",", None),
            ("--1", None),
            ("1e9", None),
        ] {
            assert_eq!(amount(text).ok().map(Money::cents), cents, "{text}");
        }
    }

    #[test]
    fn dates_day_first() {
        let expected = NaiveDate::from_ymd_opt(2026, 11, 21);
        for text in [
            "2026-11-21",
            "2026-11-21T23:30:00+02:00",
            "21/11/2026",
            "21.11.2026",
            "21-11-2026",
            "21/11/2026 14:05",
            "2026-11-21 14:05:33",
            " 21 nov. 2026 ",
            "21 novembre 2026",
        ] {
            assert_eq!(date(text).ok(), expected, "{text}");
        }
        for text in ["11/21/2026", "29/02/2026", "21/11/26", "21/11/2026 x", "demain", "", "2026-13-01"] {
            assert!(date(text).is_err(), "{text}");
        }
        assert_eq!(date("14 août 2026").ok(), NaiveDate::from_ymd_opt(2026, 8, 14));
    }
}
