//! Days and times in the forms the API takes and gives.

use chrono::{
    DateTime, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, SubsecRound, TimeDelta, TimeZone, Utc,
};
use chrono_tz::Tz;

/// A moment rounded down to the minute, as `created_time` shows it.
pub(super) fn minute(moment: DateTime<Utc>) -> DateTime<Utc> {
    moment.trunc_subsecs(0) - TimeDelta::seconds(moment.timestamp().rem_euclid(60))
}

/// A moment as `created_time` shows it.
pub(super) fn shown(moment: DateTime<Utc>) -> String {
    minute(moment).format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// A day, or a moment on the clock.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum When {
    Day(NaiveDate),
    Time(DateTime<FixedOffset>),
}

impl When {
    /// Reads an ISO 8601 date or date and time; without offset it is in the zone, or else in UTC.
    pub(super) fn read(text: &str, zone: Option<Tz>) -> Option<Self> {
        if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
            return (text.len() == 10).then_some(Self::Day(day));
        }
        if let Ok(time) = DateTime::parse_from_rfc3339(text) {
            return zone.is_none().then_some(Self::Time(time));
        }
        let forms = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"];
        let naive = forms.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())?;
        let time = zone.unwrap_or(Tz::UTC).from_local_datetime(&naive).earliest()?;
        Some(Self::Time(time.fixed_offset()))
    }

    /// As the API gives it.
    pub(super) fn text(self) -> String {
        match self {
            Self::Day(day) => day.to_string(),
            Self::Time(time) => time.format("%Y-%m-%dT%H:%M:%S%.3f%:z").to_string(),
        }
    }

    /// The first moment it covers.
    pub(super) fn start(self) -> DateTime<Utc> {
        match self {
            Self::Day(day) => day.and_time(NaiveTime::MIN).and_utc(),
            Self::Time(time) => time.to_utc(),
        }
    }

    /// The first moment after it.
    pub(super) fn end(self) -> DateTime<Utc> {
        match self {
            Self::Day(day) => (day + Days::new(1)).and_time(NaiveTime::MIN).and_utc(),
            Self::Time(time) => time.to_utc() + TimeDelta::nanoseconds(1),
        }
    }
}
