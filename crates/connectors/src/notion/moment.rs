//! Days and instants in Notion's notation.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::{Europe, Tz};
use model::Value;

/// A day, or an instant in the zone it is shown in: its own where it has one, else its own offset.
/// So its day is the day people see.
pub(super) fn read(start: &str, zone: Option<&str>) -> Option<Value> {
    if start.len() == 10 {
        return NaiveDate::parse_from_str(start, "%Y-%m-%d").ok().map(Value::Date);
    }
    let zone: Option<Tz> = zone.and_then(|name| name.parse().ok());
    let instant = match (DateTime::parse_from_rfc3339(start), zone) {
        (Ok(instant), Some(zone)) => instant.with_timezone(&zone).fixed_offset(),
        (Ok(instant), None) => instant,
        (Err(_), zone) => {
            let time = NaiveDateTime::parse_from_str(start, "%Y-%m-%dT%H:%M:%S%.f").ok()?;
            local(time, zone.unwrap_or(Tz::UTC))?.fixed_offset()
        }
    };
    Some(Value::DateTime(instant))
}

/// An instant no property chooses a zone for. The product's readers are in France.
pub(super) fn of_the_service(text: &str) -> Option<DateTime<FixedOffset>> {
    Some(DateTime::parse_from_rfc3339(text).ok()?.with_timezone(&Europe::Paris).fixed_offset())
}

/// The same in universal time.
pub(super) fn utc(text: &str) -> Option<DateTime<Utc>> {
    Some(DateTime::parse_from_rfc3339(text).ok()?.to_utc())
}

/// The instant a clock in that zone shows this time; where the clock jumps over it, an hour later.
pub(super) fn local(time: NaiveDateTime, zone: Tz) -> Option<DateTime<Tz>> {
    zone.from_local_datetime(&time)
        .earliest()
        .or_else(|| zone.from_local_datetime(&(time + TimeDelta::hours(1))).earliest())
}

/// An instant as Notion writes it, with its offset.
pub(super) fn write(instant: &DateTime<FixedOffset>) -> String {
    instant.format("%Y-%m-%dT%H:%M:%S%.3f%:z").to_string()
}
