//! A cell: what was entered, what it comes to, and how its number is shown.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};

/// What a cell comes to.
#[derive(Clone, Debug, PartialEq, Default)]
pub(super) enum Content {
    #[default]
    Empty,
    Number(f64),
    Text(String),
    Bool(bool),
    /// `#REF!`, `#N/A`… as it is shown.
    Error(String),
}

/// The kinds of number formats that the API tells apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Format {
    /// `NUMBER`, `DATE`, `DATE_TIME`, `TIME`, `CURRENCY`, `PERCENT`, `TEXT`, `SCIENTIFIC`.
    pub kind: String,
    /// The pattern, such as `dd/mm/yyyy`; empty for the locale's own.
    pub pattern: String,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Cell {
    pub(super) content: Content,
    /// The formula that makes the content, with its `=`.
    pub(super) formula: Option<String>,
    /// Nothing was entered here: a formula elsewhere fills it.
    pub(super) is_spilled: bool,
    pub(super) format: Option<Format>,
}

impl Format {
    /// A format of that kind in the locale's own pattern.
    #[must_use]
    pub fn of(kind: &str) -> Self {
        Self { kind: kind.to_owned(), pattern: String::new() }
    }
}

impl Cell {
    /// Nothing.
    #[must_use]
    pub fn empty() -> Self {
        Self::default()
    }

    /// A text, whatever it looks like; an empty one is an empty cell.
    #[must_use]
    pub fn text(text: &str) -> Self {
        let content = if text.is_empty() { Content::Empty } else { Content::Text(text.to_owned()) };
        Self { content, ..Self::default() }
    }

    /// A number.
    #[must_use]
    pub fn number(number: f64) -> Self {
        Self { content: Content::Number(number), ..Self::default() }
    }

    /// A ticked or unticked box.
    #[must_use]
    pub fn yes(yes: bool) -> Self {
        Self { content: Content::Bool(yes), ..Self::default() }
    }

    /// A day, in a cell that shows days.
    #[must_use]
    pub fn date(day: NaiveDate) -> Self {
        Self::number(serial(day.and_time(NaiveTime::MIN))).shown_as(Format::of("DATE"))
    }

    /// A day and a time, in a cell that shows both.
    #[must_use]
    pub fn date_time(moment: NaiveDateTime) -> Self {
        Self::number(serial(moment)).shown_as(Format::of("DATE_TIME"))
    }

    /// A formula that comes to this.
    #[must_use]
    pub fn formula(formula: &str, result: Self) -> Self {
        Self { formula: Some(formula.to_owned()), ..result }
    }

    /// A formula in error, such as `#REF!`.
    #[must_use]
    pub fn error(formula: &str, error: &str) -> Self {
        Self::formula(formula, Self { content: Content::Error(error.to_owned()), ..Self::default() })
    }

    /// The same, filled by a formula that stands elsewhere.
    #[must_use]
    pub fn spilled(self) -> Self {
        Self { is_spilled: true, ..self }
    }

    /// The same, with its number shown in this way.
    #[must_use]
    pub fn shown_as(self, format: Format) -> Self {
        Self { format: Some(format), ..self }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.content == Content::Empty && self.formula.is_none()
    }
}

/// The first day of the calendar of spreadsheets is 1.
fn epoch() -> NaiveDate {
    NaiveDate::from_ymd_opt(1899, 12, 30).unwrap_or_default()
}

/// A moment as a number: days since 30 December 1899.
pub(super) fn serial(moment: NaiveDateTime) -> f64 {
    let days = (moment.date() - epoch()).num_days();
    days as f64 + f64::from(moment.time().num_seconds_from_midnight()) / 86_400.0
}

/// The moment of a number, to the second.
#[expect(clippy::cast_possible_truncation, reason = "days of a calendar")]
pub(super) fn moment(serial: f64) -> Option<NaiveDateTime> {
    let days = serial.floor();
    let seconds = ((serial - days) * 86_400.0).round() as i64;
    let day = match days as i64 {
        days if days >= 0 => epoch().checked_add_days(Days::new(days.unsigned_abs())),
        days => epoch().checked_sub_days(Days::new(days.unsigned_abs())),
    };
    day?.and_time(NaiveTime::MIN).checked_add_signed(TimeDelta::seconds(seconds))
}
