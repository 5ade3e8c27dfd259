//! Numbers where there is little room.

use model::{Lang, Money, notation};

use crate::i18n::lang;

/// An amount in a chart: whole euros, and from a million on three digits with the unit, `1,23 M€`.
pub(super) fn short(amount: Money, lang: Lang) -> String {
    let euros = amount.cents().unsigned_abs().saturating_add(50) / 100;
    let sign = if amount.cents() < 0 && euros > 0 { "-" } else { "" };
    let (unit, fr, en) = match euros {
        0..1_000_000 => {
            let whole = notation::number(euros, lang);
            return match lang {
                Lang::Fr => format!("{sign}{whole}\u{a0}€"),
                Lang::En => format!("{sign}€{whole}"),
            };
        }
        1_000_000..1_000_000_000 => (1_000_000, "M€", "M"),
        _ => (1_000_000_000, "Md€", "bn"),
    };
    let hundredths = euros / (unit / 100);
    let number = notation::decimal(hundredths as f64 / 100.0, 2, lang);
    match lang {
        Lang::Fr => format!("{sign}{number}\u{a0}{fr}"),
        Lang::En => format!("{sign}€{number}{en}"),
    }
}

/// A duration in days: `12,5 jours`.
pub(super) fn days(days: f64) -> String {
    notation::days(days, lang())
}

/// So many deals: `12 deals`.
pub(super) fn deals(count: u64) -> String {
    let word = if count > 1 || (count == 0 && lang() == Lang::En) { "deals" } else { "deal" };
    format!("{}\u{a0}{word}", notation::number(count, lang()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_get_shorter_as_they_grow() {
        for (cents, fr, en) in [
            (0, "0\u{a0}€", "€0"),
            (149, "1\u{a0}€", "€1"),
            (150, "2\u{a0}€", "€2"),
            (-1_234_560, "-12\u{202f}346\u{a0}€", "-€12,346"),
            (-49, "0\u{a0}€", "€0"),
            (99_999_949, "999\u{202f}999\u{a0}€", "€999,999"),
            (100_000_000, "1\u{a0}M€", "€1M"),
            (123_999_900, "1,23\u{a0}M€", "€1.23M"),
            (99_999_999_999_999, "1\u{202f}000\u{a0}Md€", "€1,000bn"),
        ] {
            let amount = Money::from_cents(cents);
            assert_eq!((short(amount, Lang::Fr).as_str(), short(amount, Lang::En).as_str()), (fr, en));
        }
    }
}
