//! The moment that a screen is of.

use chrono::{DateTime, DurationRound, NaiveDate, TimeDelta, Utc};
use model::api::instant;
use store::deals::FigureDays;

use crate::{Hub, Result};

/// How far « soon » reaches, in days.
const SOON: i64 = 30;

/// A moment, to the minute, and from when on what has not changed is cold then. Everything on one screen counts from
/// the same; who looks again within the minute finds what was worked out before.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    now: DateTime<Utc>,
    cold_days: u32,
}

impl Hub {
    /// The present one.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn moment(&self) -> Result<Moment> {
        let now = self.time();
        let now = now.duration_trunc(TimeDelta::minutes(1)).unwrap_or(now);
        Ok(Moment { now, cold_days: self.cold_days().await? })
    }
}

impl Moment {
    /// The day it is, in UTC: the reader's own zone is not known.
    pub fn today(&self) -> NaiveDate {
        self.now.date_naive()
    }

    /// An open deal that has not changed since then is cold.
    pub fn cold_since(&self) -> DateTime<Utc> {
        self.now - TimeDelta::days(self.cold_days.into())
    }

    /// How many days that is.
    pub(super) fn cold_days(&self) -> u32 {
        self.cold_days
    }

    pub(super) fn days(&self) -> FigureDays {
        let today = self.today();
        FigureDays { today, soon: today + TimeDelta::days(SOON), cold: instant(self.cold_since()) }
    }
}
