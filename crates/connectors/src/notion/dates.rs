//! Writes a day or an instant into a date that may be a range or have a time, and keeps both.
//!
//! People see a day as the value of the property. When they change it, the end of a range and the
//! time of day are still theirs.

use chrono::{DateTime, FixedOffset, NaiveDate};
use chrono_tz::Tz;
use model::Value;
use serde_json::{Value as Json, json};

use super::moment;
use crate::common::cell::Cells;

/// A date as a property holds it. `start` and `end` are days or instants.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Span {
    start: Moment,
    end: Option<Moment>,
    zone: Option<Tz>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Moment {
    Day(NaiveDate),
    Instant(DateTime<FixedOffset>),
}

impl Span {
    /// A day or an instant alone; `None` for any other value.
    pub(super) fn of(value: &Value) -> Option<Span> {
        let start = Moment::of(value)?;
        Some(Span { start, end: None, zone: None })
    }

    /// A date of an answer.
    pub(super) fn read(date: &Cells) -> Option<Span> {
        let zone = date.text("time_zone");
        let moment = |key: &str| Moment::of(&moment::read(date.text(key)?, zone)?);
        Some(Span {
            start: moment("start")?,
            end: moment("end"),
            zone: zone.and_then(|name| name.parse().ok()),
        })
    }

    /// The same span, beginning when the other one does. A day keeps the time this one had; an end
    /// that would come before the beginning moves along.
    pub(super) fn beginning(&self, other: &Span) -> Span {
        let start = match (other.start, self.start) {
            (Moment::Day(day), start) => start.on(day, self.zone),
            (Moment::Instant(instant), Moment::Day(_)) if self.end.is_some() => {
                Moment::Day(instant.date_naive())
            }
            (instant, _) => instant,
        };
        let moved = start.day() - self.start.day();
        let end =
            self.end.map(|end| if end.is_before(start) { end.on(end.day() + moved, self.zone) } else { end });
        Span { start, end, zone: self.zone }
    }

    /// As Notion writes it.
    pub(super) fn json(&self) -> Json {
        // A zone goes with times that have no offset.
        let timed = matches!(self.start, Moment::Instant(_));
        let zone = self.zone.filter(|_| timed);
        let end = self.end.map(|end| end.write(zone));
        json!({ "start": self.start.write(zone), "end": end, "time_zone": zone.map(Tz::name) })
    }

    /// Whether both are the same days or instants, in whatever notation.
    pub(super) fn is(&self, other: &Span) -> bool {
        self.start == other.start && self.end == other.end
    }
}

impl Moment {
    fn of(value: &Value) -> Option<Moment> {
        match value {
            Value::Date(day) => Some(Moment::Day(*day)),
            Value::DateTime(instant) => Some(Moment::Instant(*instant)),
            _ => None,
        }
    }

    fn day(self) -> NaiveDate {
        match self {
            Moment::Day(day) => day,
            Moment::Instant(instant) => instant.date_naive(),
        }
    }

    /// The same time on that day.
    fn on(self, day: NaiveDate, zone: Option<Tz>) -> Moment {
        let Moment::Instant(instant) = self else {
            return Moment::Day(day);
        };
        let time = day.and_time(instant.time());
        let moved = match zone {
            Some(zone) => moment::local(time, zone).map(|instant| instant.fixed_offset()),
            None => time.and_local_timezone(*instant.offset()).single(),
        };
        moved.map_or(Moment::Day(day), Moment::Instant)
    }

    fn is_before(self, other: Moment) -> bool {
        match (self, other) {
            (Moment::Instant(this), Moment::Instant(other)) => this < other,
            _ => self.day() < other.day(),
        }
    }

    fn write(self, zone: Option<Tz>) -> String {
        match (self, zone) {
            (Moment::Day(day), _) => day.to_string(),
            (Moment::Instant(instant), None) => moment::write(&instant),
            (Moment::Instant(instant), Some(zone)) => {
                instant.with_timezone(&zone).format("%Y-%m-%dT%H:%M:%S%.3f").to_string()
            }
        }
    }
}
