//! The table `schedules`: when connections run by themselves.

use model::{Direction, Frequency, Text};
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::sql::{count, json, text_json};
use crate::{Batch, Error, Result, Store};

/// When one connection runs by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct ScheduleRow {
    /// The connection.
    pub provider: String,
    /// Which way.
    pub direction: Direction,
    /// How often.
    pub frequency: Frequency,
    /// The IANA time zone its times are in.
    pub time_zone: String,
    /// When a run is due; `None` when manual or paused.
    pub next_at: Option<String>,
    /// Runs that failed one after the other.
    pub failures: u32,
    /// How many of the last of them failed because the service refused the credentials.
    pub unauthorized: u32,
    /// Why it stopped by itself, and when.
    pub paused: Option<(Text, String)>,
    /// Why no run began when one was due, and when.
    pub skipped: Option<(Text, String)>,
    /// When a person last saved it.
    pub updated_at: String,
}

const COLUMNS: &str = "provider, direction, frequency, time_zone, next_at, failures, unauthorized, paused, paused_at, \
                       skipped, skipped_at, updated_at";

impl Store {
    /// The schedule of a connection, if one was ever saved.
    ///
    /// # Errors
    /// The database does not answer, or the row is not what this program writes.
    pub async fn schedule(&self, provider: &str) -> Result<Option<ScheduleRow>> {
        let sql = format!("select {COLUMNS} from schedules where provider = $1");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(provider).fetch_optional(&self.read).await?;
        row.as_ref().map(schedule).transpose()
    }

    /// Every schedule, by connection.
    ///
    /// # Errors
    /// As [`Store::schedule`].
    pub async fn schedules(&self) -> Result<Vec<ScheduleRow>> {
        let sql = format!("select {COLUMNS} from schedules order by provider");
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(&self.read).await?;
        rows.iter().map(schedule).collect()
    }

    /// The schedules of which a run is due, the longest overdue first.
    ///
    /// # Errors
    /// As [`Store::schedule`].
    pub async fn due_schedules(&self, now: &str) -> Result<Vec<ScheduleRow>> {
        let sql = format!("select {COLUMNS} from schedules where next_at <= $1 order by next_at, provider");
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(now).fetch_all(&self.read).await?;
        rows.iter().map(schedule).collect()
    }

    /// When the next run of any schedule is due.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn next_due(&self) -> Result<Option<String>> {
        Ok(sqlx::query_scalar("select min(next_at) from schedules").fetch_one(&self.read).await?)
    }
}

impl Batch {
    /// Stores a schedule as a person saved it.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn put_schedule(&mut self, row: &ScheduleRow) -> Result<()> {
        let (paused, paused_at) = noted(row.paused.as_ref());
        let (skipped, skipped_at) = noted(row.skipped.as_ref());
        sqlx::query(
            "insert into schedules (provider, direction, frequency, time_zone, next_at, failures, unauthorized, paused, \
             paused_at, skipped, skipped_at, updated_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
             on conflict (provider) do update set direction = excluded.direction, frequency = excluded.frequency, \
             time_zone = excluded.time_zone, next_at = excluded.next_at, failures = excluded.failures, \
             unauthorized = excluded.unauthorized, paused = excluded.paused, paused_at = excluded.paused_at, \
             skipped = excluded.skipped, skipped_at = excluded.skipped_at, updated_at = excluded.updated_at",
        )
        .bind(&row.provider)
        .bind(row.direction.word())
        .bind(serde_json::json!(row.frequency).to_string())
        .bind(&row.time_zone)
        .bind(row.next_at.clone())
        .bind(i64::from(row.failures))
        .bind(i64::from(row.unauthorized))
        .bind(paused)
        .bind(paused_at)
        .bind(skipped)
        .bind(skipped_at)
        .bind(&row.updated_at)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Takes the due run of a schedule, whose next one is then due at `next_at`. `false` when another
    /// process took it first, or somebody changed the schedule since it was read.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn claim_schedule(&mut self, row: &ScheduleRow, next_at: Option<&str>) -> Result<bool> {
        let done = sqlx::query("update schedules set next_at = $3 where provider = $1 and next_at = $2")
            .bind(&row.provider)
            .bind(row.next_at.clone())
            .bind(next_at.map(str::to_owned))
            .execute(&mut *self.tx)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Notes why no run began when one was due, or that one did.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn note_skipped(&mut self, provider: &str, skipped: Option<&(Text, String)>) -> Result<()> {
        let (why, at) = noted(skipped);
        sqlx::query("update schedules set skipped = $2, skipped_at = $3 where provider = $1")
            .bind(provider)
            .bind(why)
            .bind(at)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Keeps how the runs of a schedule ended, and whether it is paused for that; unless a person saved it
    /// after `row` was read.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn count_failures(&mut self, row: &ScheduleRow) -> Result<()> {
        let (paused, paused_at) = noted(row.paused.as_ref());
        sqlx::query(
            "update schedules set failures = $3, unauthorized = $4, paused = $5, paused_at = $6, \
             next_at = case when $5 is null then next_at else null end where provider = $1 and updated_at = $2",
        )
        .bind(&row.provider)
        .bind(&row.updated_at)
        .bind(i64::from(row.failures))
        .bind(i64::from(row.unauthorized))
        .bind(paused)
        .bind(paused_at)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }
}

fn noted(note: Option<&(Text, String)>) -> (Option<String>, Option<String>) {
    note.map(|(text, at)| (text_json(text), at.clone())).unzip()
}

fn schedule(row: &AnyRow) -> Result<ScheduleRow> {
    let small = |name: &str| -> Result<u32> {
        Ok(u32::try_from(count(row.try_get::<i64, _>(name)?)).unwrap_or(u32::MAX))
    };
    let note = |what: &'static str, at: &str| -> Result<Option<(Text, String)>> {
        let at: Option<String> = row.try_get(at)?;
        Ok(json(row.try_get(what)?, what)?.zip(at))
    };
    let direction: String = row.try_get("direction")?;
    let frequency: String = row.try_get("frequency")?;
    Ok(ScheduleRow {
        provider: row.try_get("provider")?,
        direction: Direction::from_word(&direction)
            .ok_or(Error::Corrupt { what: "direction", value: direction })?,
        frequency: serde_json::from_str(&frequency)
            .map_err(|_| Error::Corrupt { what: "frequency", value: frequency })?,
        time_zone: row.try_get("time_zone")?,
        next_at: row.try_get("next_at")?,
        failures: small("failures")?,
        unauthorized: small("unauthorized")?,
        paused: note("paused", "paused_at")?,
        skipped: note("skipped", "skipped_at")?,
        updated_at: row.try_get("updated_at")?,
    })
}
