//! Days and moments.

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde_json::{Value, json};

use super::Accepted;
use crate::airtable::formula::{iso, parse_moment, parse_moment_in};

/// A day, given as such or as a moment; with typecast also in the order of the field's format.
pub(super) fn day(value: &Value, format: &str, typecast: bool) -> Accepted {
    let text = value.as_str().ok_or(None)?;
    let local = if format == "european" { "%d/%m/%Y" } else { "%m/%d/%Y" };
    let day = parse_moment(text)
        .map(|moment| moment.date_naive())
        .or_else(|| NaiveDate::parse_from_str(text.trim(), local).ok().filter(|_| typecast));
    day.map(|day| json!(day.to_string())).ok_or(None)
}

/// A moment; without offset it is read in the field's time zone.
pub(super) fn moment(value: &Value, zone: &str) -> Accepted {
    // `utc` and `client` are no IANA names; a server has no other client time than UTC.
    let zone: Tz = zone.parse().unwrap_or(Tz::UTC);
    let moment = parse_moment_in(value.as_str().ok_or(None)?, zone);
    moment.map(|moment| json!(iso(moment))).ok_or(None)
}
