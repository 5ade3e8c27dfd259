//! Values of the formula language and how they turn into one another.

use std::cmp::Ordering;

use chrono::{DateTime, SecondsFormat, Utc};

use super::dates;

#[derive(Clone, Debug, PartialEq)]
pub(in crate::airtable) enum Val {
    Blank,
    Text(String),
    Number(f64),
    Bool(bool),
    Moment(DateTime<Utc>),
    List(Vec<Val>),
    /// `#ERROR!`
    Error,
}

impl Val {
    pub(in crate::airtable) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn is_blank(&self) -> bool {
        match self {
            Self::Blank => true,
            Self::Text(text) => text.is_empty(),
            Self::List(items) => items.iter().all(Self::is_blank),
            _ => false,
        }
    }

    pub(super) fn is_truthy(&self) -> bool {
        match self {
            Self::Blank | Self::Error => false,
            Self::Text(text) => !text.is_empty(),
            Self::Number(number) => *number != 0.0 && !number.is_nan(),
            Self::Bool(bool) => *bool,
            Self::Moment(_) => true,
            Self::List(items) => !items.is_empty(),
        }
    }

    /// Text as `&` and text functions see it.
    pub(in crate::airtable) fn to_text(&self) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Bool(bool) => u8::from(*bool).to_string(),
            Self::Moment(moment) => iso(*moment),
            Self::List(items) => items.iter().map(Self::to_text).collect::<Vec<_>>().join(", "),
            Self::Error => "#ERROR!".into(),
        }
    }

    /// A number as arithmetic sees it; `None` is an error.
    pub(super) fn to_number(&self) -> Option<f64> {
        match self {
            Self::Blank => Some(0.0),
            Self::Number(number) => Some(*number),
            Self::Bool(bool) => Some(f64::from(u8::from(*bool))),
            Self::Text(text) if text.is_empty() => Some(0.0),
            Self::Text(text) => text.trim().parse().ok(),
            // A lookup of one value counts as that value.
            Self::List(items) => match items.as_slice() {
                [] => Some(0.0),
                [one] => one.to_number(),
                _ => None,
            },
            Self::Moment(_) | Self::Error => None,
        }
    }

    /// A moment as date functions see it.
    pub(super) fn to_moment(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::Moment(moment) => Some(*moment),
            Self::Text(text) => dates::parse(text),
            Self::List(items) => items.first().and_then(Self::to_moment),
            _ => None,
        }
    }

    /// Comparison; `None` where the two cannot be ordered.
    pub(super) fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Error, _) | (_, Self::Error) => None,
            (Self::Moment(_), _) | (_, Self::Moment(_)) => {
                // An empty date equals nothing but emptiness.
                Some(self.to_moment()?.cmp(&other.to_moment()?))
            }
            (Self::Text(_) | Self::List(_), _) | (_, Self::Text(_) | Self::List(_)) => {
                Some(self.to_text().cmp(&other.to_text()))
            }
            _ => self.to_number()?.partial_cmp(&other.to_number()?),
        }
    }
}

/// Airtable's form of a moment: milliseconds and `Z`.
pub(in crate::airtable) fn iso(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Millis, true)
}
