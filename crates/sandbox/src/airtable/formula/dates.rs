//! Moments in formulas: reading, writing, moving and comparing them.

use chrono::{
    DateTime, Datelike, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Timelike, Utc,
};
use chrono_tz::Tz;

use super::Val;

/// Reads an ISO day or moment; without offset it is UTC.
pub(in crate::airtable) fn parse(text: &str) -> Option<DateTime<Utc>> {
    parse_in(text, Tz::UTC)
}

/// Reads an ISO day or moment; without offset it is in this time zone.
pub(in crate::airtable) fn parse_in(text: &str, zone: Tz) -> Option<DateTime<Utc>> {
    let text = text.trim();
    if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
        return Some(moment.to_utc());
    }
    let local = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
        .or_else(|| Some(NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?.and_time(NaiveTime::MIN)))?;
    zone.from_local_datetime(&local).earliest().map(|moment| moment.to_utc())
}

pub(super) fn midnight(moment: DateTime<Utc>) -> DateTime<Utc> {
    moment.date_naive().and_time(NaiveTime::MIN).and_utc()
}

/// Date functions; `None` is an error.
pub(super) fn call(name: &str, values: &[Val]) -> Option<Val> {
    let unit = |at: usize, default: &str| {
        values
            .get(at)
            .map_or(default.to_owned(), |value| value.to_text().trim_end_matches('s').to_lowercase())
    };
    if name == "DATETIME_PARSE" {
        let text = values[0].to_text();
        return match values.get(1) {
            Some(format) => parse_as(&text, &format.to_text()),
            None => parse(&text),
        }
        .map(Val::Moment);
    }
    // An empty date is neither after, before nor the same.
    let is_question = name.starts_with("IS_");
    let Some(first) = values[0].to_moment() else {
        return is_question.then_some(Val::Bool(false));
    };
    match name {
        "DATETIME_FORMAT" => {
            let format = values.get(1).map_or("YYYY-MM-DDTHH:mm:ss.SSS[Z]".into(), Val::to_text);
            return Some(Val::Text(format_as(first, &format)));
        }
        "DATEADD" => return add(first, values[1].to_number()?, &unit(2, "day")).map(Val::Moment),
        _ => {}
    }
    let Some(second) = values[1].to_moment() else {
        return is_question.then_some(Val::Bool(false));
    };
    // Without a unit Airtable compares the exact moments.
    let whole = |moment| values.get(2).map_or(Some(moment), |_| start_of(moment, &unit(2, "")));
    Some(match name {
        "IS_AFTER" => Val::Bool(whole(first)? > whole(second)?),
        "IS_BEFORE" => Val::Bool(whole(first)? < whole(second)?),
        "IS_SAME" => Val::Bool(whole(first)? == whole(second)?),
        "DATETIME_DIFF" => Val::Number(difference(first, second, &unit(2, "second"))?),
        _ => return None,
    })
}

#[allow(clippy::cast_possible_truncation, reason = "float casts saturate")]
fn add(moment: DateTime<Utc>, count: f64, unit: &str) -> Option<DateTime<Utc>> {
    let whole = count as i64;
    let months = |each: i64| {
        let months = Months::new(u32::try_from(whole.checked_mul(each)?.abs()).ok()?);
        if whole < 0 { moment.checked_sub_months(months) } else { moment.checked_add_months(months) }
    };
    let days = |each: i64| {
        let days = Days::new(whole.checked_mul(each)?.unsigned_abs());
        if whole < 0 { moment.checked_sub_days(days) } else { moment.checked_add_days(days) }
    };
    match unit {
        "year" => months(12),
        "quarter" => months(3),
        "month" => months(1),
        "week" => days(7),
        "day" => days(1),
        _ => moment.checked_add_signed(TimeDelta::try_milliseconds((count * millis_in(unit)?) as i64)?),
    }
}

fn millis_in(unit: &str) -> Option<f64> {
    Some(match unit {
        "millisecond" => 1.0,
        "second" => 1e3,
        "minute" => 6e4,
        "hour" => 3.6e6,
        "day" => 8.64e7,
        "week" => 6.048e8,
        _ => return None,
    })
}

fn start_of(moment: DateTime<Utc>, unit: &str) -> Option<DateTime<Utc>> {
    let day = midnight(moment);
    match unit {
        "year" => day.with_day(1)?.with_month(1),
        "month" => day.with_day(1),
        "week" => day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_sunday()))),
        "day" => Some(day),
        "hour" => day.with_hour(moment.hour()),
        "minute" => moment.with_second(0)?.with_nanosecond(0),
        "second" => moment.with_nanosecond(0),
        "millisecond" => Some(moment),
        _ => None,
    }
}

#[allow(clippy::cast_precision_loss, reason = "far below 2^53")]
fn difference(first: DateTime<Utc>, second: DateTime<Utc>, unit: &str) -> Option<f64> {
    let months = || {
        let full = (first.year() - second.year()) * 12 + first.month() as i32 - second.month() as i32;
        f64::from(full - i32::from(full > 0 && first.day() < second.day()))
    };
    match unit {
        "year" => Some((months() / 12.0).trunc()),
        "month" => Some(months()),
        _ => Some(((first - second).num_milliseconds() as f64 / millis_in(unit)?).trunc()),
    }
}

/// Moment.js tokens and chrono's, longest first.
const TOKENS: [(&str, &str); 19] = [
    ("YYYY", "%Y"),
    ("MMMM", "%B"),
    ("dddd", "%A"),
    ("MMM", "%b"),
    ("ddd", "%a"),
    ("SSS", "%3f"),
    ("YY", "%y"),
    ("MM", "%m"),
    ("DD", "%d"),
    ("HH", "%H"),
    ("hh", "%I"),
    ("mm", "%M"),
    ("ss", "%S"),
    ("M", "%-m"),
    ("D", "%-d"),
    ("H", "%-H"),
    ("h", "%-I"),
    ("A", "%p"),
    ("a", "%P"),
];

/// Turns a Moment.js format into chrono's; text in brackets stays as it is.
fn chrono_format(format: &str) -> String {
    let mut result = String::new();
    let mut rest = format;
    while let Some(next) = rest.chars().next() {
        if let Some((literal, after)) = rest.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
            result.push_str(&literal.replace('%', "%%"));
            rest = after;
        } else if let Some((token, item)) = TOKENS.iter().find(|(token, _)| rest.starts_with(token)) {
            result.push_str(item);
            rest = &rest[token.len()..];
        } else {
            result.push_str(if next == '%' { "%%" } else { &rest[..next.len_utf8()] });
            rest = &rest[next.len_utf8()..];
        }
    }
    result
}

fn format_as(moment: DateTime<Utc>, format: &str) -> String {
    moment.format(&chrono_format(format)).to_string()
}

fn parse_as(text: &str, format: &str) -> Option<DateTime<Utc>> {
    let format = chrono_format(format);
    let local = NaiveDateTime::parse_from_str(text, &format)
        .ok()
        .or_else(|| Some(NaiveDate::parse_from_str(text, &format).ok()?.and_time(NaiveTime::MIN)))?;
    Some(local.and_utc())
}
