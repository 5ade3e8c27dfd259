//! Where a reading stands: after which times and ids it goes on.

use chrono::{DateTime, TimeDelta, Utc};

use super::moment;

/// A transaction bears the time of its beginning, and Odoo ends those that last longer
/// (`limit_time_real`, 120 seconds). To the longest of them, the second that times are cut by is added.
const OVERLAP: TimeDelta = TimeDelta::seconds(121);

/// A place in a listing. Times are in Odoo's notation, which sorts as time.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Place {
    /// What was written in this second or later; from the start when it is empty.
    From(String),
    /// More records were written within this second than a page holds: those of a higher id.
    Within(String, i64),
    /// Records without a time of writing, of a higher id.
    Undated(i64),
}

impl Place {
    /// The start of a reading that wants only what was written since a moment.
    pub(super) fn changed_since(at: DateTime<Utc>) -> Place {
        Place::From(moment::write(at - OVERLAP))
    }

    /// Reads a checkpoint; what is not one leads to the start.
    pub(super) fn parse(token: &str) -> Place {
        let mut parts = token.split('|');
        let (word, second, id) = (parts.next(), parts.next().unwrap_or_default(), parts.next());
        let id = id.and_then(|id| id.parse().ok()).unwrap_or_default();
        match word {
            Some("from") if moment::utc(second).is_some() => Place::From(second.to_owned()),
            Some("within") if moment::utc(second).is_some() => Place::Within(second.to_owned(), id),
            Some("undated") => Place::Undated(id),
            _ => Place::From(String::new()),
        }
    }

    /// The checkpoint that leads here.
    pub(super) fn write(&self) -> String {
        match self {
            Place::From(second) => format!("from|{second}|"),
            Place::Within(second, id) => format!("within|{second}|{id}"),
            Place::Undated(id) => format!("undated||{id}"),
        }
    }
}

/// The second after this one.
pub(super) fn next_second(second: &str) -> String {
    moment::utc(second).map_or_else(|| second.to_owned(), |at| moment::write(at + TimeDelta::seconds(1)))
}
