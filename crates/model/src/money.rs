//! Exact amounts of money.
//!
//! An amount is a whole number of cents, so that sums never drift. It leaves the program as a JSON
//! number with at most two decimals, which every double represents faithfully below 90 thousand
//! billion.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::notation;
use crate::text::Lang;

/// An amount in cents of the CRM's currency (euro).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(i64);

impl Money {
    /// The largest amount the CRM keeps: 999 billion. Larger ones are a typing error.
    pub const MAX: Money = Money(99_999_999_999_999);

    /// An amount of that many cents.
    pub const fn from_cents(cents: i64) -> Money {
        Money(cents)
    }

    /// The whole number of cents.
    pub const fn cents(self) -> i64 {
        self.0
    }

    /// The amount as a double, for JSON and for services; exact to the cent up to [`Money::MAX`].
    pub fn as_f64(self) -> f64 {
        self.0 as f64 / 100.0
    }

    /// The cents nearest to `number`; `None` when it is not finite or beyond [`Money::MAX`].
    ///
    /// A service may hold more than two decimals; half a cent is rounded away from zero.
    pub fn from_f64(number: f64) -> Option<Money> {
        // The shortest decimal that reads back as this double is what a person typed: rounding that
        // text keeps 1.005 at 1.01, where rounding the product 100.49999… would lose a cent.
        if !number.is_finite() || number.abs() > Money::MAX.as_f64() {
            return None;
        }
        Money::from_decimal(&format!("{number}"))
    }

    /// Reads plain decimal text such as `-12.345`, rounding half a cent away from zero.
    pub(crate) fn from_decimal(text: &str) -> Option<Money> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        if whole.is_empty() && fraction.is_empty()
            || !whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit())
        {
            return None;
        }
        let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
        let digit = |i: usize| fraction.as_bytes().get(i).map_or(0, |b| i64::from(b - b'0'));
        let rounding = i64::from(digit(2) >= 5);
        let cents = whole.checked_mul(100)?.checked_add(digit(0) * 10 + digit(1) + rounding)?;
        (cents <= Money::MAX.0).then_some(Money(if negative { -cents } else { cents }))
    }

    /// `percent` hundredths of the amount, half a cent rounded away from zero.
    pub fn percent(self, percent: u8) -> Money {
        let product = i128::from(self.0) * i128::from(percent);
        let half = if product < 0 { -50 } else { 50 };
        Money(((product + half) / 100) as i64)
    }

    /// `1 234,56 €` in French (no-break spaces), `€1,234.56` in English; cents left out when zero.
    pub fn display(self, lang: Lang) -> String {
        let cents = self.0.unsigned_abs() % 100;
        let mut written = notation::number(self.0.unsigned_abs() / 100, lang);
        if cents > 0 {
            written.push_str(&format!("{}{cents:02}", notation::point(lang)));
        }
        let sign = if self.0 < 0 { "-" } else { "" };
        match lang {
            Lang::Fr => format!("{sign}{written}\u{a0}€"),
            Lang::En => format!("{sign}€{written}"),
        }
    }
}

/// Plain decimal text, always with two decimals: `1234.50`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{}.{:02}", self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100)
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.as_f64())
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Money, D::Error> {
        let number = f64::deserialize(deserializer)?;
        Money::from_f64(number).ok_or_else(|| serde::de::Error::custom("amount out of range"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubles_become_the_cents_a_person_meant() {
        for (number, cents) in [
            (0.1 + 0.2, Some(30)),
            (1.005, Some(101)),
            (12_345.67, Some(1_234_567)),
            (1e-9, Some(0)),
            (-2.5, Some(-250)),
            (999_999_999_999.99, Some(99_999_999_999_999)),
            (1e15, None),
            (f64::NAN, None),
            (f64::INFINITY, None),
        ] {
            assert_eq!(Money::from_f64(number).map(Money::cents), cents, "{number}");
        }
    }

    #[test]
    fn json_round_trip_is_exact() {
        for cents in [1, 7, 10, 99, 1_234_567, 99_999_999_999_999, 4_503_599_627_370] {
            let json = serde_json::to_string(&Money::from_cents(cents)).unwrap();
            assert_eq!(serde_json::from_str::<Money>(&json).unwrap().cents(), cents, "{json}");
            assert!(json.split_once('.').is_none_or(|(_, d)| d.len() <= 2), "{json}");
        }
    }

    #[test]
    fn a_share_is_rounded_to_the_cent() {
        assert_eq!(Money::from_cents(35).percent(70), Money::from_cents(25));
        assert_eq!(Money::from_cents(12_345).percent(10), Money::from_cents(1_235));
        assert_eq!(Money::MAX.percent(100), Money::MAX);
    }

    #[test]
    fn amounts_read_as_people_write_them() {
        let amount = Money::from_cents(123_456_789);
        assert_eq!(amount.display(Lang::Fr), "1\u{202f}234\u{202f}567,89\u{a0}€");
        assert_eq!(amount.display(Lang::En), "€1,234,567.89");
        assert_eq!(Money::from_cents(50_000).display(Lang::Fr), "500\u{a0}€");
    }
}
