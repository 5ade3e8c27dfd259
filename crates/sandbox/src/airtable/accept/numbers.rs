//! Numbers, percentages, durations, ratings.

use serde_json::{Value, json};

use super::Accepted;
use crate::airtable::scope::number_json;

/// A JSON number; with typecast also text such as `1,234.50 €`.
pub(super) fn number(value: &Value, typecast: bool) -> Accepted {
    match value {
        Value::Number(number) => number.as_f64().map(number_json).ok_or(None),
        Value::String(text) if typecast => read(text).map(number_json).ok_or(None),
        _ => Err(None),
    }
}

/// A fraction; with typecast also `12 %`.
pub(super) fn percent(value: &Value, typecast: bool) -> Accepted {
    match value.as_str().and_then(|text| text.trim().strip_suffix('%')) {
        Some(hundredths) if typecast => read(hundredths).map(|number| json!(number / 100.0)).ok_or(None),
        _ => number(value, typecast),
    }
}

/// Seconds; with typecast also `1:30` (hours and minutes) or `1:30:05`.
pub(super) fn duration(value: &Value, typecast: bool) -> Accepted {
    match value.as_str() {
        Some(text) if typecast && text.contains(':') => {
            let parts: Option<Vec<u32>> = text.trim().split(':').map(|part| part.parse().ok()).collect();
            match parts.as_deref() {
                Some([hours, minutes]) => Ok(json!(u64::from(*hours) * 3600 + u64::from(*minutes) * 60)),
                Some([hours, minutes, seconds]) => {
                    Ok(json!(u64::from(*hours) * 3600 + u64::from(*minutes) * 60 + u64::from(*seconds)))
                }
                _ => Err(None),
            }
        }
        _ => number(value, typecast),
    }
}

/// A whole number from 1 to `max`.
pub(super) fn rating(value: &Value, max: u8, typecast: bool) -> Accepted {
    let number = number(value, typecast)?;
    number.as_u64().filter(|stars| (1..=u64::from(max)).contains(stars)).map(|stars| json!(stars)).ok_or(None)
}

fn read(text: &str) -> Option<f64> {
    let kept: String = text.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | '-')).collect();
    kept.parse().ok()
}
