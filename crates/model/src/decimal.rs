//! Reads numbers as people type them, in French and in English, without keeping anything on the side.
//!
//! What can be understood in two ways is refused, unless the caller knows the decimal mark of the
//! document the number stands in.

use crate::money::Money;
use crate::parse::shorten;
use crate::text::Text;

/// The mark between the whole part and the decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// `1234,5`, as in French.
    Comma,
    /// `1234.5`, as in English.
    Point,
}

/// An exact decimal number with at most nine decimals; the tenth and following are dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    negative: bool,
    /// The whole part, below 10^15.
    whole: u64,
    /// Billionths.
    billionths: u32,
}

/// Why a text is not a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is something else, or beyond fifteen digits.
    NotANumber,
    /// `1,234` and `1.234`: a thousand and more for one reader, one and a bit for the other.
    Ambiguous,
}

/// Digits of the longest number that is read.
const LONGEST: usize = 40;

/// Digits of the longest whole part.
const LONGEST_WHOLE: usize = 15;

/// Reads `1 234,56 €`, `1,234.56`, `-12`, `1.234.567,8`. `mark` decides what could be read in two ways.
///
/// # Errors
/// The text is not a number, or could be two.
pub fn read(text: &str, mark: Option<Mark>) -> Result<Decimal, Fault> {
    let text = text.trim();
    let text = text.strip_prefix('€').unwrap_or(text);
    let text = ["€", "EUR", "eur"].iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(text);
    let mut shape = Shape::default();
    for c in text.chars() {
        shape.take(c)?;
    }
    shape.decimal(mark)
}

/// What was seen of a number, from left to right.
struct Shape {
    negative: bool,
    digits: [u8; LONGEST],
    len: usize,
    commas: usize,
    points: usize,
    last: Option<Mark>,
    /// Digits before the first mark.
    first: usize,
    /// Digits since the last mark.
    group: usize,
    /// A group between two marks has not three digits.
    irregular: bool,
}

impl Default for Shape {
    fn default() -> Shape {
        Shape {
            negative: false,
            digits: [0; LONGEST],
            len: 0,
            commas: 0,
            points: 0,
            last: None,
            first: 0,
            group: 0,
            irregular: false,
        }
    }
}

impl Shape {
    fn take(&mut self, c: char) -> Result<(), Fault> {
        match c {
            '0'..='9' => {
                let place = self.digits.get_mut(self.len).ok_or(Fault::NotANumber)?;
                *place = c as u8 - b'0';
                self.len += 1;
                self.group += 1;
            }
            ',' => self.mark(Mark::Comma),
            '.' => self.mark(Mark::Point),
            '-' | '\u{2212}' if self.len == 0 && self.last.is_none() && !self.negative => {
                self.negative = true;
            }
            '\'' | '\u{2019}' => {}
            c if c.is_whitespace() => {}
            _ => return Err(Fault::NotANumber),
        }
        Ok(())
    }

    fn mark(&mut self, mark: Mark) {
        if self.last.is_none() {
            self.first = self.group;
        } else {
            self.irregular |= self.group != 3;
        }
        match mark {
            Mark::Comma => self.commas += 1,
            Mark::Point => self.points += 1,
        }
        self.last = Some(mark);
        self.group = 0;
    }

    /// How many of the digits are decimals.
    fn decimals(&self, known: Option<Mark>) -> Result<usize, Fault> {
        let regular = (1..=3).contains(&self.first) && !self.irregular;
        let Some(last) = self.last else {
            return Ok(0);
        };
        let (same, other) = match last {
            Mark::Comma => (self.commas, self.points),
            Mark::Point => (self.points, self.commas),
        };
        match (same, other) {
            (1, 0) => {
                let two_ways =
                    self.group == 3 && (1..=3).contains(&self.first) && self.digits.first() != Some(&0);
                match known {
                    None if two_ways => Err(Fault::Ambiguous),
                    Some(known) if two_ways && known != last => Ok(0),
                    _ => Ok(self.group),
                }
            }
            // Several of one kind only separate thousands.
            (_, 0) if regular && self.group == 3 => Ok(0),
            (1, _) if regular => Ok(self.group),
            _ => Err(Fault::NotANumber),
        }
    }

    fn decimal(&self, known: Option<Mark>) -> Result<Decimal, Fault> {
        if self.len == 0 {
            return Err(Fault::NotANumber);
        }
        let decimals = self.decimals(known)?;
        let (whole, fraction) = self.digits[..self.len].split_at(self.len - decimals);
        let zeros = whole.iter().take_while(|d| **d == 0).count();
        if whole.len() - zeros > LONGEST_WHOLE {
            return Err(Fault::NotANumber);
        }
        let number = |digits: &[u8]| digits.iter().fold(0_u64, |sum, d| sum * 10 + u64::from(*d));
        let billionths = (0..9).fold(0, |sum, i| sum * 10 + u32::from(fraction.get(i).copied().unwrap_or(0)));
        Ok(Decimal { negative: self.negative, whole: number(whole), billionths })
    }
}

impl Decimal {
    /// The amount, half a cent rounded away from zero; `None` beyond [`Money::MAX`].
    pub fn money(self) -> Option<Money> {
        let cents = self.whole.checked_mul(100)? + u64::from((self.billionths + 5_000_000) / 10_000_000);
        let cents = i64::try_from(cents).ok()?;
        (cents <= Money::MAX.cents()).then_some(Money::from_cents(if self.negative { -cents } else { cents }))
    }

    /// The nearest double.
    pub fn as_f64(self) -> f64 {
        let (mut fraction, mut scale) = (u64::from(self.billionths), 1_000_000_000_u64);
        while scale > 1 && fraction.is_multiple_of(10) {
            fraction /= 10;
            scale /= 10;
        }
        // One division of two exact numbers rounds once; whole and fraction apart would round twice.
        let exact =
            self.whole.checked_mul(scale).and_then(|w| w.checked_add(fraction)).filter(|w| *w < 1 << 53);
        let size = match exact {
            Some(scaled) => scaled as f64 / scale as f64,
            None => self.whole as f64 + fraction as f64 / scale as f64,
        };
        if self.negative { -size } else { size }
    }

    /// Whether it is below zero.
    pub fn is_negative(self) -> bool {
        self.negative && (self.whole > 0 || self.billionths > 0)
    }

    /// The whole number it is; `None` when it has decimals.
    pub fn integer(self) -> Option<i64> {
        let whole = i64::try_from(self.whole).ok()?;
        (self.billionths == 0).then_some(if self.negative { -whole } else { whole })
    }
}

impl Fault {
    /// What to say of the text that was read.
    pub fn text(self, text: &str) -> Text {
        let shown = shorten(text);
        match self {
            Fault::NotANumber => {
                Text::new(format!("« {shown} » n'est pas un nombre"), format!("“{shown}” is not a number"))
            }
            Fault::Ambiguous => Text::new(
                format!("« {shown} » est ambigu : écrivez 1234 ou 1,23"),
                format!("“{shown}” is ambiguous: write 1234 or 1.23"),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_mark_of_the_document_decides() {
        for (text, mark, expected) in [
            ("1,234", Some(Mark::Comma), Some(1.234)),
            ("1,234", Some(Mark::Point), Some(1234.0)),
            ("1.234", Some(Mark::Comma), Some(1234.0)),
            ("1.234", Some(Mark::Point), Some(1.234)),
            ("1.234", None, None),
            ("12,5", Some(Mark::Point), Some(12.5)),
            ("\u{2212}3", None, Some(-3.0)),
            ("0,1", None, Some(0.1)),
            ("123456789,987654321", None, Some(123_456_789.987_654_33)),
            ("9999999999999999", None, None),
            ("1.2.3", None, None),
        ] {
            assert_eq!(read(text, mark).ok().map(Decimal::as_f64), expected, "{text} {mark:?}");
        }
    }

    proptest! {
        #[test]
        fn cents_come_back_in_both_notations(cents in -99_999_999_999_999_i64..=99_999_999_999_999) {
            let money = Money::from_cents(cents);
            for lang in [crate::Lang::Fr, crate::Lang::En] {
                let mark = if lang == crate::Lang::Fr { Mark::Comma } else { Mark::Point };
                let shown = money.display(lang);
                let read = read(&shown.replace('€', ""), Some(mark)).unwrap();
                prop_assert_eq!(read.money(), Some(money), "{}", shown);
            }
        }

        #[test]
        fn nothing_panics(text in "\\PC{0,60}") {
            let _ = read(&text, None);
        }

        #[test]
        fn doubles_are_the_nearest(whole in 0_u32..1_000_000, thousandths in 0_u32..1000) {
            let text = format!("{whole}.{thousandths:03}");
            let expected: f64 = text.parse().unwrap();
            prop_assert_eq!(read(&text, Some(Mark::Point)).unwrap().as_f64(), expected);
        }
    }
}
