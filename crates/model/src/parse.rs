//! Reads amounts and dates as people type them, in French and in English.
//!
//! What can be understood in two ways is refused, never guessed.

use chrono::{DateTime, NaiveDate};

use crate::money::Money;
use crate::text::Text;

/// Reads `1 234,56 €`, `1,234.56`, `-12`, `1.234.567,8`.
///
/// # Errors
/// A sentence saying why the text is not an amount. `1,234` and `1.234` are refused: one reader
/// means a thousand and more, the other one and a bit.
pub fn amount(text: &str) -> Result<Money, Text> {
    let plain: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '\u{2019}' && *c != '\'')
        .collect::<String>()
        .trim_matches('€')
        .trim_end_matches("EUR")
        .trim_end_matches("eur")
        .to_owned();
    let shown = shorten(text);
    let not_a_number =
        || Text::new(format!("« {shown} » n'est pas un nombre"), format!("“{shown}” is not a number"));
    let ambiguous = || {
        Text::new(
            format!("« {shown} » est ambigu : écrivez 1234 ou 1,23"),
            format!("“{shown}” is ambiguous: write 1234 or 1.23"),
        )
    };
    let decimal = match (plain.rfind(','), plain.rfind('.')) {
        (Some(comma), Some(point)) if comma > point => grouped(&plain, '.', ','),
        (Some(_), Some(_)) => grouped(&plain, ',', '.'),
        (Some(_), None) => single(&plain, ',').map_err(|()| ambiguous())?,
        (None, Some(_)) => single(&plain, '.').map_err(|()| ambiguous())?,
        (None, None) => Some(plain.clone()),
    };
    decimal.and_then(|d| Money::from_decimal(&d)).ok_or_else(not_a_number)
}

/// The number with its thousands separators removed; `None` when the groups are not of three.
fn grouped(text: &str, separator: char, point: char) -> Option<String> {
    let (whole, fraction) = text.split_once(point)?;
    let mut groups = whole.trim_start_matches('-').split(separator);
    let first = groups.next()?;
    let regular = (1..=3).contains(&first.len()) && groups.all(|g| g.len() == 3);
    (regular && !fraction.contains(separator)).then(|| format!("{}.{fraction}", whole.replace(separator, "")))
}

/// A number with one kind of mark only: a decimal mark when it stands once and not before exactly
/// three digits, a thousands separator when it stands several times. `Err` when both readings hold.
fn single(text: &str, mark: char) -> Result<Option<String>, ()> {
    let (whole, fraction) = text.split_once(mark).unwrap_or((text, ""));
    if fraction.contains(mark) {
        return Ok(grouped(&format!("{text}\0"), mark, '\0').map(|d| d.trim_end_matches('.').to_owned()));
    }
    let digits = whole.trim_start_matches('-').len();
    if fraction.len() == 3 && (1..=3).contains(&digits) && !whole.trim_start_matches('-').starts_with('0') {
        return Err(());
    }
    Ok(Some(format!("{whole}.{fraction}")))
}

/// Reads `2026-11-21`, an ISO instant (its own day is kept), `21/11/2026`, `21.11.2026`,
/// `21-11-2026`, `21 nov. 2026`.
///
/// # Errors
/// A sentence saying that the text is no date. Days come before months.
pub fn date(text: &str) -> Result<NaiveDate, Text> {
    let trimmed = text.trim();
    if let Ok(date) = NaiveDate::parse_from_str(trimmed, "%Y-%m-%d") {
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
    use super::*;

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
            " 21 nov. 2026 ",
            "21 novembre 2026",
        ] {
            assert_eq!(date(text).ok(), expected, "{text}");
        }
        for text in ["11/21/2026", "29/02/2026", "21/11/26", "demain", "", "2026-13-01"] {
            assert!(date(text).is_err(), "{text}");
        }
        assert_eq!(date("14 août 2026").ok(), NaiveDate::from_ymd_opt(2026, 8, 14));
    }
}
