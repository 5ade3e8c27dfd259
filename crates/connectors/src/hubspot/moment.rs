//! Days and instants in HubSpot's notation: ISO texts, or milliseconds since 1970.

use chrono::{DateTime, NaiveDate, NaiveTime, SecondsFormat, TimeZone, Utc};
use chrono_tz::Tz;

/// An instant.
pub(super) fn instant(text: &str) -> Option<DateTime<Utc>> {
    match text.parse() {
        Ok(millis) => DateTime::from_timestamp_millis(millis),
        Err(_) => Some(DateTime::parse_from_rfc3339(text).ok()?.to_utc()),
    }
}

/// A day; milliseconds are those of its midnight in UTC.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().or_else(|| Some(instant(text)?.date_naive()))
}

/// An instant as it is written.
pub(super) fn write<Z: TimeZone>(instant: &DateTime<Z>) -> String {
    instant.to_utc().to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// The beginning of a day where the account is; where its clocks jump over midnight, an hour later.
pub(super) fn start_of_day(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    let local = |time| zone.from_local_datetime(&time).earliest();
    let start = local(midnight).or_else(|| local(midnight + chrono::TimeDelta::hours(1)));
    start.map_or_else(|| midnight.and_utc(), |start| start.to_utc())
}
