//! Days as files write them.

use chrono::{DateTime, NaiveDate};

use crate::parse;
use crate::text::Text;

/// What stands first in a date such as `03/04/2026`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DayOrder {
    /// 3 April, as in French.
    #[default]
    DayFirst,
    /// 4 March, as in the United States.
    MonthFirst,
}

/// English months by the three letters they begin with.
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Reads what [`parse::date`] reads, `11/21/2026` where months come first, `Friday, November 21st 2026` and
/// what follows it, and milliseconds since 1970 as ClickUp writes them.
///
/// # Errors
/// A sentence saying that the text is no date.
pub(super) fn day(text: &str, order: DayOrder) -> Result<NaiveDate, Text> {
    let text = text.trim();
    if order == DayOrder::MonthFirst
        && let Some((month, day, year)) = three_numbers(text)
    {
        return NaiveDate::from_ymd_opt(year, month, day).ok_or_else(|| no_month_first(text));
    }
    let text = without_weekday(text);
    parse::date(text).or_else(|fault| english(text).or_else(|| milliseconds(text)).ok_or(fault))
}

/// « mardi 22 septembre 2026 » without its weekday, which would pass for March.
fn without_weekday(text: &str) -> &str {
    const WEEKDAYS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
    let Some((first, rest)) = text.split_once(char::is_whitespace) else { return text };
    let word = first.trim_end_matches([',', '.']).to_lowercase();
    let is_weekday = WEEKDAYS.iter().any(|day| *day == word || (word.len() == 3 && day.starts_with(&word)));
    // « Mar 22 2026 » has no other word: there it is the month.
    let has_month =
        rest.split_whitespace().any(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 2);
    if is_weekday && has_month { rest.trim_start() } else { text }
}

/// `11/21/2026`, with a time behind it or not.
fn three_numbers(text: &str) -> Option<(u32, u32, i32)> {
    let date = text.split_whitespace().next()?.trim_end_matches(',');
    let mut parts = date.split(['/', '-', '.']);
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    let is_date = parts.next().is_none() && year.len() == 4;
    is_date.then(|| Some((first.parse().ok()?, second.parse().ok()?, year.parse().ok()?)))?
}

/// Dates of one column are read in one way: the other would guess.
fn no_month_first(text: &str) -> Text {
    let text = parse::shorten(text);
    Text::new(
        format!("« {text} » n'est pas une date en mois/jour/année"),
        format!("“{text}” is not a date as month/day/year"),
    )
}

/// The first month, day and year among the words, in either order: `Nov 21, 2026`, `21 November 2026`.
fn english(text: &str) -> Option<NaiveDate> {
    let (mut month, mut day, mut year) = (None, None, None);
    for word in text.split(|c: char| c == ',' || c == '-' || c.is_whitespace()).take(5) {
        let digits = word.trim_end_matches(char::is_alphabetic);
        match digits.parse::<u32>() {
            Ok(number) if digits.len() == 4 => year = year.or(i32::try_from(number).ok()),
            Ok(number) => day = day.or(Some(number)),
            Err(_) => month = month.or_else(|| month_named(word)),
        }
    }
    NaiveDate::from_ymd_opt(year?, month?, day?)
}

fn month_named(word: &str) -> Option<u32> {
    let start = word.get(..3)?.to_ascii_lowercase();
    let is_month = word.len() < 10 && word.bytes().all(|b| b.is_ascii_alphabetic() || b == b'.');
    let place = MONTHS.iter().position(|month| *month == start).filter(|_| is_month)?;
    u32::try_from(place + 1).ok()
}

fn milliseconds(text: &str) -> Option<NaiveDate> {
    let is_instant = (12..=13).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let instant = is_instant.then(|| DateTime::from_timestamp_millis(text.parse().ok()?))?;
    instant.map(|instant| instant.date_naive())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn days_as_files_write_them() {
        use DayOrder::{DayFirst, MonthFirst};
        for (text, order, read) in [
            ("21/11/2026", DayFirst, Some("2026-11-21")),
            ("03/04/2026", DayFirst, Some("2026-04-03")),
            ("03/04/2026", MonthFirst, Some("2026-03-04")),
            ("11/21/2026 10:30", MonthFirst, Some("2026-11-21")),
            ("2026-11-21", MonthFirst, Some("2026-11-21")),
            ("2026-11-21T08:00:00Z", DayFirst, Some("2026-11-21")),
            ("Friday, November 21st 2026, 10:00:00 am +00:00", DayFirst, Some("2026-11-21")),
            ("Nov 21, 2026", DayFirst, Some("2026-11-21")),
            ("3 Aug 2026", DayFirst, Some("2026-08-03")),
            ("21 novembre 2026", DayFirst, Some("2026-11-21")),
            ("mardi 22 septembre 2026", DayFirst, Some("2026-09-22")),
            ("mar. 22 septembre 2026", DayFirst, Some("2026-09-22")),
            ("Mar 22 2026", DayFirst, Some("2026-03-22")),
            ("1763683200000", DayFirst, Some("2025-11-21")),
            ("30/02/2026", DayFirst, None),
            ("13/13/2026", MonthFirst, None),
            ("21/11/2026", MonthFirst, None),
            ("11/21/2026", DayFirst, None),
            ("bientôt", DayFirst, None),
            ("november", DayFirst, None),
        ] {
            assert_eq!(day(text, order).ok().map(|day| day.to_string()).as_deref(), read, "{text}");
        }
    }

    proptest! {
        #[test]
        fn anything_is_a_day_or_refused(text in ".{0,40}", near in "[A-Za-zé0-9 ,/.:-]{0,30}") {
            for text in [text, near] {
                let _ = (day(&text, DayOrder::DayFirst), day(&text, DayOrder::MonthFirst));
            }
        }

        #[test]
        fn a_day_comes_back_in_every_notation(days in 0_i64..40_000) {
            let date = NaiveDate::from_ymd_opt(1980, 1, 1).unwrap() + chrono::Duration::days(days);
            for (format, order) in [
                ("%d/%m/%Y", DayOrder::DayFirst),
                ("%m/%d/%Y", DayOrder::MonthFirst),
                ("%Y-%m-%d", DayOrder::MonthFirst),
            ] {
                prop_assert_eq!(day(&date.format(format).to_string(), order).ok(), Some(date));
            }
        }
    }
}
