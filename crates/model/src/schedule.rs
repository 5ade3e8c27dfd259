//! When a connection runs by itself: how often, in words for people, and as a cron expression.
//!
//! Which moments follow from it depends on the clock and on a time zone, and is not decided here.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::text::Text;

/// How often a connection runs by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Frequency {
    /// Only when somebody asks for it.
    #[default]
    Manual,
    /// Every hour.
    Hourly {
        /// At this minute.
        minute: Minute,
    },
    /// Every day.
    Daily {
        /// At this time.
        at: TimeOfDay,
    },
    /// Every week.
    Weekly {
        /// On this day.
        day: Weekday,
        /// At this time.
        at: TimeOfDay,
    },
    /// At the moments of a cron expression.
    Cron {
        /// The expression: minute, hour, day of the month, month, day of the week.
        expression: String,
    },
}

/// A minute of an hour, 0 to 59.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Minute(u8);

/// A time of the day, `06:00`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TimeOfDay {
    hour: u8,
    minute: Minute,
}

/// A day of the week, 1 (Monday) to 7 (Sunday).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Weekday(u8);

const DAYS: [(&str, &str); 7] = [
    ("lundis", "Monday"),
    ("mardis", "Tuesday"),
    ("mercredis", "Wednesday"),
    ("jeudis", "Thursday"),
    ("vendredis", "Friday"),
    ("samedis", "Saturday"),
    ("dimanches", "Sunday"),
];

impl TimeOfDay {
    /// When a word does not say at what time: before people come to work.
    pub const EARLY: TimeOfDay = TimeOfDay { hour: 6, minute: Minute(0) };
}

impl Frequency {
    /// Reads `manual`, `hourly`, `daily`, `weekly` or a cron expression. A day begins at 06:00, a week on
    /// Monday, an hour at its first minute.
    ///
    /// # Errors
    /// What is accepted, when it is none of these.
    pub fn parse(words: &str) -> Result<Frequency, Text> {
        let words = words.trim();
        match words.to_ascii_lowercase().as_str() {
            "" | "manual" => Ok(Frequency::Manual),
            "hourly" => Ok(Frequency::Hourly { minute: Minute(0) }),
            "daily" => Ok(Frequency::Daily { at: TimeOfDay::EARLY }),
            "weekly" => Ok(Frequency::Weekly { day: Weekday(1), at: TimeOfDay::EARLY }),
            _ if words.split_whitespace().count() == 5 => {
                Ok(Frequency::Cron { expression: words.to_owned() })
            }
            _ => {
                let shown = crate::parse::shorten(words);
                Err(Text::new(
                    format!(
                        "« {shown} » n'est pas une fréquence. Écrivez manual, hourly, daily, weekly ou une expression \
                         cron à cinq champs, par exemple 0 6 * * 1-5."
                    ),
                    format!(
                        "“{shown}” is not a frequency. Write manual, hourly, daily, weekly or a cron expression of five \
                         fields, for example 0 6 * * 1-5."
                    ),
                ))
            }
        }
    }

    /// The shortest word that [`Frequency::parse`] reads as the same kind: `daily`, or the expression.
    pub fn word(&self) -> &str {
        match self {
            Frequency::Manual => "manual",
            Frequency::Hourly { .. } => "hourly",
            Frequency::Daily { .. } => "daily",
            Frequency::Weekly { .. } => "weekly",
            Frequency::Cron { expression } => expression,
        }
    }

    /// The same as a cron expression; `None` when nothing is ever due.
    pub fn cron(&self) -> Option<String> {
        match self {
            Frequency::Manual => None,
            Frequency::Hourly { minute } => Some(format!("{} * * * *", minute.0)),
            Frequency::Daily { at } => Some(format!("{} {} * * *", at.minute.0, at.hour)),
            Frequency::Weekly { day, at } => Some(format!("{} {} * * {}", at.minute.0, at.hour, day.0)),
            Frequency::Cron { expression } => Some(expression.clone()),
        }
    }

    /// In words for people.
    pub fn text(&self) -> Text {
        match self {
            Frequency::Manual => Text::fixed("À la demande", "On demand"),
            Frequency::Hourly { minute: Minute(minute) } => Text::new(
                format!("Toutes les heures à la minute {minute:02}"),
                format!("Every hour at minute {minute:02}"),
            ),
            Frequency::Daily { at } => {
                Text::new(format!("Tous les jours à {at}"), format!("Every day at {at}"))
            }
            Frequency::Weekly { day, at } => {
                let (fr, en) = day.names();
                Text::new(format!("Tous les {fr} à {at}"), format!("Every {en} at {at}"))
            }
            Frequency::Cron { expression } => Text::new(
                format!("Selon l'expression cron {expression}"),
                format!("By the cron expression {expression}"),
            ),
        }
    }
}

impl Weekday {
    /// Every day, from Monday on.
    pub fn all() -> impl Iterator<Item = Weekday> {
        (1..=7).map(Weekday)
    }

    /// 1 (Monday) to 7 (Sunday).
    pub fn number(self) -> u8 {
        self.0
    }

    /// « lundis », “Monday”: as they stand after « tous les » and “every”.
    pub fn names(self) -> (&'static str, &'static str) {
        DAYS.get(usize::from(self.0) - 1).copied().unwrap_or_default()
    }
}

impl TimeOfDay {
    /// The hour, 0 to 23, and the minute.
    pub fn parts(self) -> (u8, u8) {
        (self.hour, self.minute.0)
    }
}

impl TryFrom<u8> for Minute {
    type Error = String;

    fn try_from(minute: u8) -> Result<Minute, String> {
        if minute < 60 { Ok(Minute(minute)) } else { Err(format!("{minute} is not a minute (0 to 59)")) }
    }
}

impl From<Minute> for u8 {
    fn from(minute: Minute) -> u8 {
        minute.0
    }
}

impl TryFrom<u8> for Weekday {
    type Error = String;

    fn try_from(day: u8) -> Result<Weekday, String> {
        let fits = (1..=7).contains(&day);
        if fits { Ok(Weekday(day)) } else { Err(format!("{day} is not a day of the week (1 to 7)")) }
    }
}

impl From<Weekday> for u8 {
    fn from(day: Weekday) -> u8 {
        day.0
    }
}

impl TryFrom<String> for TimeOfDay {
    type Error = String;

    fn try_from(text: String) -> Result<TimeOfDay, String> {
        let number = |digits: &str| -> Option<u8> {
            let plain = (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
            plain.then(|| digits.parse().ok())?
        };
        let read = text.trim().split_once(':').and_then(|(hour, minute)| {
            let hour = number(hour).filter(|hour| *hour < 24)?;
            Some(TimeOfDay { hour, minute: Minute::try_from(number(minute)?).ok()? })
        });
        read.ok_or_else(|| format!("{text} is not a time of the day (00:00 to 23:59)"))
    }
}

impl From<TimeOfDay> for String {
    fn from(at: TimeOfDay) -> String {
        at.to_string()
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_sensible_defaults() {
        for (words, cron, fr) in [
            ("manual", None, "À la demande"),
            ("", None, "À la demande"),
            ("hourly", Some("0 * * * *"), "Toutes les heures à la minute 00"),
            ("daily", Some("0 6 * * *"), "Tous les jours à 06:00"),
            ("Weekly", Some("0 6 * * 1"), "Tous les lundis à 06:00"),
            ("*/15 8-18 * * 1-5", Some("*/15 8-18 * * 1-5"), "Selon l'expression cron */15 8-18 * * 1-5"),
        ] {
            let read = Frequency::parse(words).unwrap();
            assert_eq!((read.cron().as_deref(), read.text().fr.as_ref()), (cron, fr), "{words}");
            assert_eq!(Frequency::parse(read.word()), Ok(read.clone()), "{words}");
        }
        for words in ["yearly", "0 6 * *", "* * * * * *", "tous les jours"] {
            assert!(Frequency::parse(words).is_err(), "{words}");
        }
    }

    #[test]
    fn what_is_kept_reads_back_and_nonsense_does_not() {
        for json in [
            r#"{"kind":"manual"}"#,
            r#"{"kind":"hourly","minute":59}"#,
            r#"{"kind":"daily","at":"23:59"}"#,
            r#"{"kind":"weekly","day":7,"at":"06:00"}"#,
            r#"{"kind":"cron","expression":"0 6 * * *"}"#,
        ] {
            let read: Frequency = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&read).unwrap(), json);
        }
        for json in [
            r#"{"kind":"hourly","minute":60}"#,
            r#"{"kind":"daily","at":"24:00"}"#,
            r#"{"kind":"daily","at":"6h"}"#,
            r#"{"kind":"daily","at":"+6:00"}"#,
            r#"{"kind":"weekly","day":0,"at":"06:00"}"#,
            r#"{"kind":"weekly","day":8,"at":"06:00"}"#,
            r#"{"kind":"daily","at":"06:00","zone":"x"}"#,
            r#"{"kind":"sometimes"}"#,
        ] {
            assert!(serde_json::from_str::<Frequency>(json).is_err(), "{json}");
        }
    }
}
