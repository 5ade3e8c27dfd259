//! Days and moments in Odoo's notation: moments in UTC, to the second, without a zone.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use model::Value;

const NOTATION: &str = "%Y-%m-%d %H:%M:%S";

pub(super) fn utc(text: &str) -> Option<DateTime<Utc>> {
    // Some fields are told with fractions.
    let text = text.split('.').next().unwrap_or(text);
    NaiveDateTime::parse_from_str(text, NOTATION).ok().map(|moment| moment.and_utc())
}

pub(super) fn write(moment: DateTime<Utc>) -> String {
    moment.format(NOTATION).to_string()
}

/// A moment as the user sees it.
pub(super) fn shown(text: &str, zone: Tz) -> Option<Value> {
    Some(Value::DateTime(utc(text)?.with_timezone(&zone).fixed_offset()))
}

pub(super) fn day(text: &str) -> Option<Value> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().map(Value::Date)
}

/// The midnight a day begins with for the user, or the first moment after it.
pub(super) fn midnight(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let local = day.and_time(NaiveTime::MIN);
    zone.from_local_datetime(&local).earliest().map_or_else(|| local.and_utc(), |moment| moment.to_utc())
}
