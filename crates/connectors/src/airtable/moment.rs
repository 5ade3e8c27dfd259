//! Days and instants between Airtable's notation and a field's time zone.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;

use super::schema::Zone;

/// Reads a day. Computed days may come with a time; Airtable computes in UTC, so it is cut off.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text.get(..10)?, "%Y-%m-%d").ok()
}

/// Reads an instant as the field shows it. Without an offset it is a time in the field's zone.
pub(super) fn instant(text: &str, zone: Zone) -> Option<DateTime<FixedOffset>> {
    let tz = zone.tz();
    let instant = match DateTime::parse_from_rfc3339(text) {
        Ok(instant) => instant.with_timezone(&tz),
        Err(_) => local(naive(text)?, tz)?,
    };
    Some(instant.fixed_offset())
}

fn naive(text: &str) -> Option<NaiveDateTime> {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f")
        .ok()
        .or_else(|| Some(NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?.and_time(NaiveTime::MIN)))
}

/// The instant a clock in that zone shows this time; where the clock jumps over it, an hour later.
fn local(time: NaiveDateTime, tz: Tz) -> Option<DateTime<Tz>> {
    tz.from_local_datetime(&time)
        .earliest()
        .or_else(|| tz.from_local_datetime(&(time + chrono::TimeDelta::hours(1))).earliest())
}

/// Writes a day into a field that holds instants: the day's beginning where the field is shown.
pub(super) fn start_of_day(date: NaiveDate, zone: Zone) -> String {
    let midnight = date.and_time(NaiveTime::MIN);
    match zone {
        // Without an offset Airtable reads the time in the field's own zone.
        Zone::Named(_) => format!("{date}T00:00:00.000"),
        Zone::Readers => local(midnight, zone.tz()).map_or_else(|| date.to_string(), |start| utc(&start)),
    }
}

/// An instant in Airtable's notation.
pub(super) fn utc<Z: TimeZone>(instant: &DateTime<Z>) -> String {
    instant.with_timezone(&Utc).format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}
