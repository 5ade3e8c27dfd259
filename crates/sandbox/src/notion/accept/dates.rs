//! Values of date properties.

use chrono_tz::Tz;
use serde_json::{Value, json};

use crate::notion::Refusal;
use crate::notion::moments::When;

/// A day, a time, or a range of them.
pub(super) fn date(value: &Value, place: &str) -> Result<Value, Refusal> {
    if value.is_null() {
        return Ok(Value::Null);
    }
    let zone = match value["time_zone"].as_str() {
        None => None,
        Some(name) => Some(name.parse::<Tz>().map_err(|_| {
            Refusal::body(&format!("{place}.time_zone"), "be a valid time zone", value.get("time_zone"))
        })?),
    };
    let read = |part: &str| -> Result<Option<When>, Refusal> {
        let given = value.get(part).filter(|given| !given.is_null());
        let Some(given) = given else { return Ok(None) };
        let when = given.as_str().and_then(|text| When::read(text, zone));
        let should = "be a valid ISO 8601 date string";
        when.map(Some).ok_or_else(|| Refusal::body(&format!("{place}.{part}"), should, Some(given)))
    };
    let start = read("start")?;
    let start =
        start.ok_or_else(|| Refusal::body(&format!("{place}.start"), "be defined", value.get("start")))?;
    let end = read("end")?;
    if end.is_some_and(|end| end.start() < start.start()) {
        // The text is unverified.
        return Err(Refusal::validation("Date range end must not be before its start."));
    }
    Ok(json!({
        "start": start.text(), "end": end.map(When::text), "time_zone": value["time_zone"],
    }))
}
