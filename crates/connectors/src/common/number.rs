//! Numbers on their way out.

use serde_json::{Value as Json, json};

/// The JSON of a number; `None` when JSON has none for it. Whole numbers are written whole: some
/// fields take nothing else.
#[expect(clippy::cast_possible_truncation, reason = "whole and within the exact range of a double")]
pub(crate) fn json_number(number: f64) -> Option<Json> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && number.abs() <= EXACT {
        return Some(json!(number as i64));
    }
    serde_json::Number::from_f64(number).map(Json::Number)
}

/// Whether two numbers are the same but for what the way there and back makes of them.
pub(crate) fn same(sent: f64, read: f64) -> bool {
    (sent - read).abs() <= f64::EPSILON * sent.abs().max(1.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Every number that JSON has a place for comes back as it was.
        #[test]
        fn a_number_comes_back(number in proptest::num::f64::ANY) {
            match json_number(number) {
                Some(json) => prop_assert!(json.as_f64() == Some(number), "{} {}", number, json),
                None => prop_assert!(!number.is_finite()),
            }
        }
    }
}
