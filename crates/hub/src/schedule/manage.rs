//! A connection's schedule: shown, saved, taken up again.

use chrono::{DateTime, Utc};
use model::api::{ScheduleBody, ScheduleUpdate, instant};
use model::{Direction, Frequency, Lang, Text};
use store::{ConfigRow, ScheduleRow};

use super::moments::{Moments, time_zone};
use crate::connections::PROVIDERS;
use crate::{Error, Hub, Kind, Result};

/// Where nobody said otherwise.
const TIME_ZONE: &str = "Europe/Paris";
/// How many moments are shown.
const SHOWN: usize = 3;

impl Hub {
    /// When a connection runs by itself; manual before it was ever saved.
    ///
    /// # Errors
    /// `NotFound`; the database does not answer.
    pub async fn schedule(&self, provider: &str, lang: Lang) -> Result<ScheduleBody> {
        self.connection_row(provider).await?;
        let row = self.store().schedule(provider).await?.unwrap_or_else(|| never(provider));
        Ok(schedule_body(row, self.time(), lang))
    }

    /// Changes when a connection runs by itself; what is absent stays. A paused schedule goes on.
    ///
    /// # Errors
    /// `NotFound`; `Invalid` for an unknown time zone, an expression that is none, never comes about or is
    /// too frequent, and a direction the connection does not have.
    pub async fn save_schedule(
        &self,
        provider: &str,
        update: ScheduleUpdate,
        lang: Lang,
    ) -> Result<ScheduleBody> {
        let config = self.connection_row(provider).await?;
        let before = self.store().schedule(provider).await?.unwrap_or_else(|| never(provider));
        let now = self.time();
        let row = changed(before, update, now).map_err(Error::invalid)?;
        if row.frequency != Frequency::Manual {
            self.due_job(&config, row.direction)?;
        }
        let mut batch = self.store().begin().await?;
        batch.put_schedule(&row).await?;
        batch.commit().await?;
        self.inner.wakers.schedules.notify_one();
        Ok(schedule_body(row, now, lang))
    }

    /// Takes up a schedule that failures have paused or are counted against: somebody has changed the
    /// connection. Nothing happens where there is none.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn resume_schedule(&self, provider: &str) -> Result<()> {
        let Some(row) = self.store().schedule(provider).await? else { return Ok(()) };
        if row.failures == 0 && row.paused.is_none() {
            return Ok(());
        }
        // What is stored was checked when it was saved.
        let Ok(row) = changed(row, ScheduleUpdate::default(), self.time()) else { return Ok(()) };
        let mut batch = self.store().begin().await?;
        batch.put_schedule(&row).await?;
        batch.commit().await?;
        self.inner.wakers.schedules.notify_one();
        Ok(())
    }

    /// What is wrong with a schedule for a connection.
    pub(crate) fn schedule_fault(&self, row: &ConfigRow, update: &ScheduleUpdate) -> Option<Text> {
        let wanted = match changed(never(&row.provider), update.clone(), self.time()) {
            Ok(wanted) => wanted,
            Err(fault) => return Some(fault),
        };
        let runs = wanted.frequency != Frequency::Manual;
        runs.then(|| self.due_job(row, wanted.direction).err().map(|error| error.message)).flatten()
    }

    /// The settings of a connection of any kind.
    ///
    /// # Errors
    /// `NotFound`; the database does not answer.
    pub(crate) async fn connection_row(&self, provider: &str) -> Result<ConfigRow> {
        match self.store().config(provider).await? {
            Some(row) => Ok(row),
            None if PROVIDERS.contains(&provider) => self.config_row(provider).await,
            None => {
                let name = model::parse::shorten(provider);
                Err(Error::new(
                    Kind::NotFound,
                    Text::new(
                        format!("La connexion « {name} » n'existe pas."),
                        format!("There is no connection “{name}”."),
                    ),
                ))
            }
        }
    }
}

/// The schedule of a connection that nobody has scheduled.
pub(crate) fn never(provider: &str) -> ScheduleRow {
    ScheduleRow {
        provider: provider.to_owned(),
        direction: Direction::Import,
        frequency: Frequency::Manual,
        time_zone: TIME_ZONE.to_owned(),
        next_at: None,
        failures: 0,
        unauthorized: 0,
        paused: None,
        skipped: None,
        updated_at: String::new(),
    }
}

/// A schedule as it is saved: from now on, with no failure counted against it.
///
/// # Errors
/// What is wrong with the frequency or the time zone.
pub(crate) fn changed(
    before: ScheduleRow,
    update: ScheduleUpdate,
    now: DateTime<Utc>,
) -> std::result::Result<ScheduleRow, Text> {
    let frequency = update.frequency.unwrap_or(before.frequency);
    let zone = time_zone(update.time_zone.as_deref().unwrap_or(&before.time_zone))?;
    let moments = Moments::of(&frequency, zone)?;
    if let Some(moments) = &moments {
        moments.check(now)?;
    }
    Ok(ScheduleRow {
        provider: before.provider,
        direction: update.direction.unwrap_or(before.direction),
        frequency,
        time_zone: zone.name().to_owned(),
        next_at: moments.and_then(|moments| moments.after(now)).map(instant),
        failures: 0,
        unauthorized: 0,
        paused: None,
        skipped: None,
        updated_at: instant(now),
    })
}

fn schedule_body(row: ScheduleRow, now: DateTime<Utc>, lang: Lang) -> ScheduleBody {
    let moments = time_zone(&row.time_zone).and_then(|zone| Moments::of(&row.frequency, zone)).ok().flatten();
    let next = match &moments {
        Some(moments) if row.paused.is_none() => {
            moments.next(now).take(SHOWN).map(|at| at.to_rfc3339()).collect()
        }
        _ => Vec::new(),
    };
    let note = |note: Option<(Text, String)>| note.map(|(why, at)| (why.get(lang).to_owned(), at)).unzip();
    let (paused, paused_at) = note(row.paused);
    let (skipped, skipped_at) = note(row.skipped);
    ScheduleBody {
        description: row.frequency.text().get(lang).to_owned(),
        frequency: row.frequency,
        time_zone: row.time_zone,
        direction: row.direction,
        next,
        failures: row.failures,
        paused,
        paused_at,
        skipped,
        skipped_at,
    }
}
