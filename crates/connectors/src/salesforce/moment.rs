//! Moments and days as the service writes them.

use chrono::{DateTime, FixedOffset, NaiveDate, SecondsFormat, Utc};

/// Reads a moment. The service tells all of them in UTC, with an offset that has no colon.
pub(super) fn read(text: &str) -> Option<DateTime<FixedOffset>> {
    DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z")
        .or_else(|_| DateTime::parse_from_rfc3339(text))
        .ok()
}

/// Writes a moment, in a record as in a query. The service keeps seconds.
pub(super) fn write(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Reads a day.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()
}
