//! Days and moments as spreadsheets count them: days since 30 December 1899, times as their fractions.

use chrono::{
    DateTime, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Timelike,
};
use chrono_tz::Tz;

const MILLISECONDS: f64 = 86_400_000.0;
/// The last day that spreadsheets show: 31 December 9999.
const LAST_DAY: f64 = 2_958_465.0;

/// Day 0.
const fn epoch() -> NaiveDate {
    NaiveDate::from_ymd_opt(1899, 12, 30).expect("a day")
}

/// The day of a number, whatever the time.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the calendar")]
pub(super) fn day(serial: f64) -> Option<NaiveDate> {
    if !(-LAST_DAY..=LAST_DAY + 1.0).contains(&serial) {
        return None;
    }
    let days = Days::new(serial.abs().floor() as u64);
    match serial.floor() < 0.0 {
        true => epoch().checked_sub_days(Days::new(serial.floor().abs() as u64)),
        false => epoch().checked_add_days(days),
    }
}

/// The time of a number, to the millisecond.
#[expect(clippy::cast_possible_truncation, reason = "less than a day")]
fn time(serial: f64) -> TimeDelta {
    TimeDelta::milliseconds(((serial - serial.floor()) * MILLISECONDS).round() as i64)
}

/// What a clock in the spreadsheet's zone shows at the moment of a number.
pub(super) fn local(serial: f64) -> Option<NaiveDateTime> {
    day(serial)?.and_time(NaiveTime::MIN).checked_add_signed(time(serial))
}

/// The moment of a number in the spreadsheet's zone; where the clock jumps over it, an hour later.
pub(super) fn instant(serial: f64, zone: Tz) -> Option<DateTime<FixedOffset>> {
    let local = local(serial)?;
    let found = zone.from_local_datetime(&local).earliest();
    let found = found.or_else(|| zone.from_local_datetime(&(local + TimeDelta::hours(1))).earliest());
    Some(found?.fixed_offset())
}

/// A day as a number.
pub(super) fn of_day(day: NaiveDate) -> f64 {
    of_local(day.and_time(NaiveTime::MIN))
}

/// A moment as a number, as a clock in the spreadsheet's zone shows it.
pub(super) fn of_instant(instant: &DateTime<FixedOffset>, zone: Tz) -> f64 {
    of_local(instant.with_timezone(&zone).naive_local())
}

/// A time of the day as a number.
pub(super) fn of_time(time: NaiveTime) -> f64 {
    f64::from(time.num_seconds_from_midnight()) / 86_400.0
}

#[expect(clippy::cast_precision_loss, reason = "days and milliseconds of a calendar")]
fn of_local(local: NaiveDateTime) -> f64 {
    let days = (local.date() - epoch()).num_days() as f64;
    let time = local.time().signed_duration_since(NaiveTime::MIN).num_milliseconds() as f64;
    days + time / MILLISECONDS
}
