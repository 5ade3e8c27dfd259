//! What the next reading may begin after: the greatest value of the column that grows.

use std::cmp::Ordering;

use serde_json::value::RawValue;

use super::find;

/// The greatest value so far, as JSON: numbers and texts are compared differently.
#[derive(Clone, Debug, Default)]
pub(super) struct Mark {
    greatest: Option<String>,
}

impl Mark {
    /// Where an earlier reading ended.
    pub(super) fn after(mark: Option<&str>) -> Mark {
        Mark { greatest: mark.map(str::to_owned) }
    }

    /// Takes another value into account. `are_texts` says that numbers stand in quotes, as in CSV.
    pub(super) fn meet(&mut self, value: &RawValue, are_texts: bool) {
        if find::plain(value).is_none() || matches!(value.get(), "true" | "false") {
            return;
        }
        let is_greater = self
            .greatest
            .as_ref()
            .is_none_or(|greatest| compare(value.get(), greatest, are_texts) == Ordering::Greater);
        if is_greater {
            self.greatest = Some(value.get().to_owned());
        }
    }

    /// The mark to keep.
    pub(super) fn told(&self) -> Option<String> {
        self.greatest.clone()
    }
}

/// What a mark is sent as.
pub(super) fn sent(mark: &str) -> String {
    serde_json::from_str(mark).unwrap_or_else(|_| mark.to_owned())
}

fn compare(one: &str, other: &str, are_texts: bool) -> Ordering {
    let number = |text: &str| match text.strip_prefix('"') {
        Some(quoted) if are_texts => Number::read(quoted.trim_end_matches('"')),
        Some(_) => None,
        None => Number::read(text),
    };
    match (number(one), number(other)) {
        (Some(one), Some(other)) => one.compare(&other),
        _ => sent(one).cmp(&sent(other)),
    }
}

/// A number, whole ones to the last digit.
enum Number {
    Whole(i128),
    Other(f64),
}

impl Number {
    fn read(text: &str) -> Option<Number> {
        let whole = text.parse().ok().map(Number::Whole);
        whole.or_else(|| text.parse().ok().map(Number::Other))
    }

    fn compare(&self, other: &Number) -> Ordering {
        match (self, other) {
            (Number::Whole(one), Number::Whole(other)) => one.cmp(other),
            _ => self.double().total_cmp(&other.double()),
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "compared with a double")]
    fn double(&self) -> f64 {
        match self {
            Number::Whole(number) => *number as f64,
            Number::Other(number) => *number,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_compared_as_numbers_and_texts_as_texts() {
        for (values, are_texts, greatest) in [
            (&["9", "10", "2"][..], false, Some("10")),
            (&["9007199254740993", "9007199254740992"], false, Some("9007199254740993")),
            (&["1.5", "2", "-3e2"], false, Some("2")),
            (&[r#""9""#, r#""10""#], false, Some(r#""9""#)),
            (&[r#""9""#, r#""10""#], true, Some(r#""10""#)),
            (&[r#""2026-02-01""#, r#""2026-01-31""#, "null", r#""""#], false, Some(r#""2026-02-01""#)),
            (&["null", "[1]", "true"], false, None),
        ] {
            let mut mark = Mark::default();
            for value in values {
                let value = RawValue::from_string((*value).to_owned()).expect("JSON");
                mark.meet(&value, are_texts);
            }
            assert_eq!(mark.told().as_deref(), greatest, "{values:?}");
        }
        assert_eq!((sent(r#""a\"b""#).as_str(), sent("12").as_str()), ("a\"b", "12"));
    }
}
