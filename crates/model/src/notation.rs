//! Numbers and days as people write them: in groups of three digits, with the decimal mark and the order of their
//! language.
//!
//! Pages, files and the JSON API all write them here, so that a figure reads the same everywhere. The
//! browser's own formatting would differ from the server's and break hydration.

use std::fmt::Display;

use crate::text::Lang;

/// `12 345` in French (narrow no-break space), `12,345` in English.
pub fn number(number: u64, lang: Lang) -> String {
    grouped(&number.to_string(), lang)
}

/// A number with at most that many decimals and no zeros at their end: `1 234,5`.
pub fn decimal(number: f64, places: usize, lang: Lang) -> String {
    let text = format!("{:.places$}", number.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let fraction = fraction.trim_end_matches('0');
    let is_zero = whole == "0" && fraction.is_empty();
    let mut written = String::from(if number < 0.0 && !is_zero { "-" } else { "" });
    written.push_str(&grouped(whole, lang));
    if !fraction.is_empty() {
        written.push(point(lang));
        written.push_str(fraction);
    }
    written
}

/// A share in per cent with at most one decimal: `12,5 %`.
pub fn percent(share: f64, lang: Lang) -> String {
    let number = decimal(share, 1, lang);
    match lang {
        Lang::Fr => format!("{number}\u{a0}%"),
        Lang::En => format!("{number}%"),
    }
}

/// The day of `2026-11-21`: `21/11/2026` in French, `21 Nov 2026` in English. Anything else is shown as it is.
pub fn day(iso: &str, lang: Lang) -> String {
    let mut parts = iso.splitn(3, '-');
    let (Some(year), Some(month), Some(day)) = (parts.next(), parts.next(), parts.next()) else {
        return iso.to_owned();
    };
    match lang {
        Lang::Fr => format!("{day}/{month}/{year}"),
        Lang::En => format!("{day} {} {year}", english_month(month)),
    }
}

/// A duration in days with at most one decimal: `12,5 jours`.
pub fn days(days: f64, lang: Lang) -> String {
    let number = decimal(days, 1, lang);
    // French counts from two on as several, English everything but one.
    let unit = match lang {
        Lang::Fr if days.abs() < 2.0 => "jour",
        Lang::En if number == "1" => "day",
        Lang::Fr => "jours",
        Lang::En => "days",
    };
    format!("{number}\u{a0}{unit}")
}

/// A number as one types it, without groups: `1234,5`.
pub fn typed(number: impl Display, lang: Lang) -> String {
    let plain = number.to_string();
    match lang {
        Lang::Fr => plain.replace('.', ","),
        Lang::En => plain,
    }
}

/// What stands before the decimals.
pub fn point(lang: Lang) -> char {
    match lang {
        Lang::Fr => ',',
        Lang::En => '.',
    }
}

/// Digits in groups of three, counted from their end.
fn grouped(digits: &str, lang: Lang) -> String {
    let separator = match lang {
        Lang::Fr => '\u{202f}',
        Lang::En => ',',
    };
    let mut grouped = String::with_capacity(digits.len() * 2);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    grouped
}

fn english_month(month: &str) -> &str {
    match month {
        "01" => "Jan",
        "02" => "Feb",
        "03" => "Mar",
        "04" => "Apr",
        "05" => "May",
        "06" => "Jun",
        "07" => "Jul",
        "08" => "Aug",
        "09" => "Sep",
        "10" => "Oct",
        "11" => "Nov",
        "12" => "Dec",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Money, parse};

    fn in_both(write: impl Fn(Lang) -> String) -> [String; 2] {
        [write(Lang::Fr), write(Lang::En)]
    }

    #[test]
    fn digits_stand_in_threes() {
        for (whole, told) in [
            (0, ["0", "0"]),
            (999, ["999", "999"]),
            (1_000, ["1\u{202f}000", "1,000"]),
            (1_234_567, ["1\u{202f}234\u{202f}567", "1,234,567"]),
        ] {
            assert_eq!(in_both(|lang| number(whole, lang)), told);
        }
    }

    #[test]
    fn decimals_are_rounded_and_end_without_zeros() {
        for (number, places, told) in [
            (0.0, 2, ["0", "0"]),
            (12.0, 2, ["12", "12"]),
            (33.333, 2, ["33,33", "33.33"]),
            (0.1 + 0.2, 4, ["0,3", "0.3"]),
            (-1_234.5, 1, ["-1\u{202f}234,5", "-1,234.5"]),
            (-0.04, 1, ["0", "0"]),
            (999.96, 1, ["1\u{202f}000", "1,000"]),
            (1e15, 4, ["1\u{202f}000\u{202f}000\u{202f}000\u{202f}000\u{202f}000", "1,000,000,000,000,000"]),
        ] {
            assert_eq!(in_both(|lang| decimal(number, places, lang)), told, "{number}");
        }
    }

    #[test]
    fn units_stand_apart_as_the_language_wants() {
        for (share, told) in
            [(0.0, ["0\u{a0}%", "0%"]), (12.5, ["12,5\u{a0}%", "12.5%"]), (100.0, ["100\u{a0}%", "100%"])]
        {
            assert_eq!(in_both(|lang| percent(share, lang)), told);
        }
        for (count, told) in [
            (0.04, ["0\u{a0}jour", "0\u{a0}days"]),
            (1.0, ["1\u{a0}jour", "1\u{a0}day"]),
            (1.5, ["1,5\u{a0}jour", "1.5\u{a0}days"]),
            (1_234.0, ["1\u{202f}234\u{a0}jours", "1,234\u{a0}days"]),
        ] {
            assert_eq!(in_both(|lang| days(count, lang)), told);
        }
    }

    #[test]
    fn days_stand_in_the_order_of_the_language() {
        assert_eq!(in_both(|lang| day("2026-11-21", lang)), ["21/11/2026", "21 Nov 2026"]);
        assert_eq!(in_both(|lang| day("bientôt", lang)), ["bientôt", "bientôt"]);
    }

    #[test]
    fn what_is_typed_has_no_groups() {
        assert_eq!(in_both(|lang| typed(1_234.5, lang)), ["1234,5", "1234.5"]);
        assert_eq!(in_both(|lang| typed(Money::from_cents(-123_405), lang)), ["-1234,05", "-1234.05"]);
    }

    #[test]
    fn an_amount_is_typed_as_it_reads_back() {
        for cents in [1, 123_450, 100_000_000, Money::MAX.cents()] {
            let amount = Money::from_cents(cents);
            for lang in [Lang::Fr, Lang::En] {
                assert_eq!(parse::amount(&typed(amount, lang)), Ok(amount), "{cents}");
            }
        }
    }
}
