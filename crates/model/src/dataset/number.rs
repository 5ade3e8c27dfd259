//! Which texts are numbers, and whether a double holds all of their digits.

/// Digits that every double keeps.
const SURE: usize = 15;

/// A number that a double gives back digit for digit; `None` where digits would be lost.
pub(super) fn exact(text: &str) -> Option<f64> {
    let number: f64 = text.parse().ok().filter(|number: &f64| number.is_finite())?;
    let digits = significant(text);
    let is_zero = digits.is_empty();
    if is_zero != (number == 0.0) {
        return None;
    }
    let kept = digits.len() <= SURE || digits == significant(&format!("{number:e}"));
    kept.then_some(number)
}

/// The digits between the first and the last that is not zero, whatever the mark and the exponent.
fn significant(text: &str) -> String {
    let mantissa = text.split(['e', 'E']).next().unwrap_or_default();
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').to_owned()
}

/// Whether a typed text is a whole number: no sign but the minus, no zero in front, which would be lost.
pub(super) fn is_whole(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    plain && (digits == "0" && text == "0" || !digits.starts_with('0'))
}

/// The mark of a typed number with decimals, `12.5` or `12,5`; `None` for any other text. `1,234` is one
/// and a bit to one reader and a thousand and more to another: it stays a text.
pub(super) fn decimal_mark(text: &str) -> Option<char> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let mark = digits.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, '.' | ','))?;
    let (whole, decimals) = digits.split_once(mark)?;
    let plain = !whole.is_empty() && !decimals.is_empty() && decimals.bytes().all(|b| b.is_ascii_digit());
    let in_front = whole == "0" || !whole.starts_with('0');
    let two_readings = mark == ',' && decimals.len() == 3 && whole != "0" && whole.len() <= 3;
    (plain && in_front && !two_readings).then_some(mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_never_lost() {
        for text in
            ["0", "-0.0", "1.5", "0.1", "1e3", "123456789012345", "0.30000000000000004", "1E-7", "1.50"]
        {
            assert!(exact(text).is_some(), "{text}");
        }
        for text in ["1e400", "1e-400", "9007199254740993", "0.1000000000000000055511151231257827", "x", ""] {
            assert_eq!(exact(text), None, "{text}");
        }
    }

    #[test]
    fn typed_numbers() {
        for (text, whole, mark) in [
            ("0", true, None),
            ("-12", true, None),
            ("007", false, None),
            ("-0", false, None),
            ("+5", false, None),
            ("12.5", false, Some('.')),
            ("-0,25", false, Some(',')),
            ("0,125", false, Some(',')),
            ("1234,567", false, Some(',')),
            ("1,234", false, None),
            ("00.5", false, None),
            ("1.2.3", false, None),
            ("12,", false, None),
            (",5", false, None),
            ("1e5", false, None),
            ("", false, None),
        ] {
            assert_eq!((is_whole(text), decimal_mark(text)), (whole, mark), "{text}");
        }
    }
}
