//! The table `sync_logs`: every run, from its start.

use model::run::Counts;
use model::{Cause, Direction, RunStatus, Subject, Text};
use serde::{Deserialize, Serialize};
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::sql::{count, number};
use crate::{Batch, Error, Result, Store};

/// One run.
#[derive(Clone, Debug, PartialEq)]
pub struct RunRow {
    /// Its id.
    pub id: i64,
    /// The connection.
    pub provider: String,
    /// Deals or tables.
    pub subject: Subject,
    /// Which way.
    pub direction: Direction,
    /// Who asked for it.
    pub cause: Cause,
    /// How it stands.
    pub status: RunStatus,
    /// What became of its records.
    pub counts: Counts,
    /// How many bytes the service sent, after decompression; 0 where that is not counted.
    pub bytes: u64,
    /// Why it ended as it did.
    pub ending: Ending,
    /// A later run of the same connection, subject and direction came through.
    pub outrun: bool,
    /// Status words that are not in the table.
    pub unknown_statuses: Vec<String>,
    /// What to know although it went through.
    pub warnings: Vec<Text>,
    /// Where its reading stood when its last page was committed, as [`Batch::advance_run`] was told.
    pub checkpoint: Option<String>,
    /// When it began.
    pub started_at: String,
    /// When it ended.
    pub completed_at: Option<String>,
}

/// What there is to say about the end of a run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ending {
    /// A stable word for the fault.
    pub code: Option<String>,
    /// What happened.
    pub message: Option<Text>,
    /// What to do about it.
    pub hint: Option<Text>,
}

const COLUMNS: &str = "id, provider, subject, direction, cause, bytes, status, records_processed, records_created, records_updated, \
                       records_unchanged, records_failed, error_detail, unknown_statuses, warnings, checkpoint, \
                       started_at, completed_at, \
                       (select count(*) from sync_logs later where later.provider = sync_logs.provider \
                       and later.subject = sync_logs.subject and later.direction = sync_logs.direction and later.id > sync_logs.id \
                       and later.status in ('success', 'partial')) as later_runs";

const RUNNING: &str = "select id from sync_logs where provider = $1 and status = 'running'";

impl Store {
    /// Records the start of a run of this process. `Err` of the inner result: the run of this connection
    /// that is going on already.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn start_run(
        &self,
        provider: &str,
        subject: Subject,
        direction: Direction,
        cause: Cause,
        now: &str,
    ) -> Result<std::result::Result<i64, i64>> {
        self.owner.hold().await?;
        let mut batch = self.begin().await?;
        // The unique index decides, not a look before the insert: two servers may start at once.
        let started: Option<i64> = sqlx::query_scalar(
            "insert into sync_logs (provider, subject, direction, status, owner, started_at, cause) \
             values ($1, $2, $3, 'running', $4, $5, $6) on conflict do nothing returning id",
        )
        .bind(provider)
        .bind(subject.word())
        .bind(direction.word())
        .bind(self.owner.id)
        .bind(now)
        .bind(cause.word())
        .fetch_optional(&mut *batch.tx)
        .await?;
        let running = batch.running(provider).await?;
        batch.commit().await?;
        match (started, running) {
            (Some(id), _) => Ok(Ok(id)),
            (None, Some(id)) => Ok(Err(id)),
            // The other run ended between both statements: begin again.
            (None, None) => Box::pin(self.start_run(provider, subject, direction, cause, now)).await,
        }
    }

    /// The run of this connection that is going on, if there is one.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn running(&self, provider: &str) -> Result<Option<i64>> {
        Ok(sqlx::query_scalar(RUNNING).bind(provider).fetch_optional(&self.read).await?)
    }

    /// The run of every connection that began last, of those about one subject.
    ///
    /// # Errors
    /// As [`Store::runs`].
    pub async fn last_runs(&self, subject: Subject) -> Result<Vec<RunRow>> {
        let sql = format!(
            "select {COLUMNS} from sync_logs \
             where id in (select max(id) from sync_logs where subject = $1 group by provider)"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(subject.word()).fetch_all(&self.read).await?;
        rows.iter().map(run).collect()
    }

    /// The run of every connection that began last, whatever it was about.
    ///
    /// # Errors
    /// As [`Store::runs`].
    pub async fn last_runs_of_any(&self) -> Result<Vec<RunRow>> {
        let sql = format!(
            "select {COLUMNS} from sync_logs where id in (select max(id) from sync_logs group by provider)"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(&self.read).await?;
        rows.iter().map(run).collect()
    }

    /// Runs newest first, of one connection or of all, about one subject or about both. The newest is the one that
    /// was begun last, whatever the clock said: it may have gone back since.
    ///
    /// # Errors
    /// The database does not answer, or a row is not what this program writes.
    pub async fn runs(
        &self,
        provider: Option<&str>,
        subject: Option<Subject>,
        limit: u32,
        offset: u32,
    ) -> Result<Vec<RunRow>> {
        let sql = format!(
            "select {COLUMNS} from sync_logs where ($1 = '' or provider = $1) and ($2 = '' or subject = $2) \
             order by id desc limit $3 offset $4"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(provider.unwrap_or(""))
            .bind(subject.map_or("", Subject::word))
            .bind(i64::from(limit))
            .bind(i64::from(offset))
            .fetch_all(&self.read)
            .await?;
        rows.iter().map(run).collect()
    }

    /// One run.
    ///
    /// # Errors
    /// As [`Store::runs`].
    pub async fn run(&self, id: i64) -> Result<Option<RunRow>> {
        let sql = format!("select {COLUMNS} from sync_logs where id = $1");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id).fetch_optional(&self.read).await?;
        row.as_ref().map(run).transpose()
    }

    /// The run of the same connection, subject and direction that ended before this one; those that a
    /// person stopped are passed over.
    ///
    /// # Errors
    /// As [`Store::runs`].
    pub async fn run_before(&self, run: &RunRow) -> Result<Option<RunRow>> {
        let sql = format!(
            "select {COLUMNS} from sync_logs where provider = $1 and subject = $2 and direction = $3 and id < $4 \
             and status not in ('running', 'cancelled') order by id desc limit 1"
        );
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(&run.provider)
            .bind(run.subject.word())
            .bind(run.direction.word())
            .bind(run.id)
            .fetch_optional(&self.read)
            .await?;
        row.as_ref().map(self::run).transpose()
    }

    /// Marks the runs of processes that are no more and returns them; those of living ones are left alone.
    /// What was committed stays.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn mark_interrupted(&self, message: &Ending, now: &str) -> Result<Vec<i64>> {
        let running: Vec<(i64, i64)> =
            sqlx::query_as("select id, owner from sync_logs where status = 'running'")
                .fetch_all(&self.read)
                .await?;
        let mut marked = Vec::new();
        for (id, owner) in running {
            if self.owner.lives(owner).await? {
                continue;
            }
            let mut batch = self.begin().await?;
            let done = sqlx::query(
                "update sync_logs set status = 'interrupted', completed_at = $1, error_message = $2, \
                 error_detail = $3 where id = $4 and status = 'running'",
            )
            .bind(now)
            .bind(message.message.as_ref().map(|m| m.fr.to_string()))
            .bind(serde_json::json!(message).to_string())
            .bind(id)
            .execute(&mut *batch.tx)
            .await?;
            batch.forget_seen(id).await?;
            batch.commit().await?;
            // Another process may have marked it first.
            marked.extend((done.rows_affected() > 0).then_some(id));
        }
        Ok(marked)
    }
}

impl Batch {
    /// As [`Store::running`], and on SQLite none begins before the batch ends.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn running(&mut self, provider: &str) -> Result<Option<i64>> {
        Ok(sqlx::query_scalar(RUNNING).bind(provider).fetch_optional(&mut *self.tx).await?)
    }

    /// Adds a page's counts to its run, with the place the reading has reached.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn advance_run(&mut self, id: i64, page: Counts, checkpoint: Option<&str>) -> Result<()> {
        sqlx::query(
            "update sync_logs set records_processed = records_processed + $2, \
             records_created = records_created + $3, records_updated = records_updated + $4, \
             records_unchanged = records_unchanged + $5, records_failed = records_failed + $6, checkpoint = $7 \
             where id = $1",
        )
        .bind(id)
        .bind(number(page.processed))
        .bind(number(page.created))
        .bind(number(page.updated))
        .bind(number(page.unchanged))
        .bind(number(page.failed))
        .bind(checkpoint.map(str::to_owned))
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Adds to what the service sent for a run.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn add_bytes(&mut self, id: i64, bytes: u64) -> Result<()> {
        sqlx::query("update sync_logs set bytes = bytes + $2 where id = $1")
            .bind(id)
            .bind(number(bytes))
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Records the end of a run.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn finish_run(
        &mut self,
        id: i64,
        status: RunStatus,
        ending: &Ending,
        unknown_statuses: &[String],
        warnings: &[Text],
        now: &str,
    ) -> Result<()> {
        sqlx::query(
            "update sync_logs set status = $2, error_code = $3, error_message = $4, error_detail = $5, \
             unknown_statuses = $6, warnings = $7, completed_at = $8 where id = $1",
        )
        .bind(id)
        .bind(status.word())
        .bind(ending.code.clone())
        .bind(ending.message.as_ref().map(|m| m.fr.to_string()))
        .bind(serde_json::json!(ending).to_string())
        .bind(serde_json::json!(unknown_statuses).to_string())
        .bind(serde_json::json!(warnings).to_string())
        .bind(now)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }
}

fn run(row: &AnyRow) -> Result<RunRow> {
    let number = |name: &str| -> Result<u64> { Ok(count(row.try_get::<i64, _>(name)?)) };
    let word = |name: &str| -> Result<String> { Ok(row.try_get(name)?) };
    let corrupt = |what, value| Error::Corrupt { what, value };
    let (subject, direction, status) = (word("subject")?, word("direction")?, word("status")?);
    let cause = word("cause")?;
    let ending: Option<String> = row.try_get("error_detail")?;
    Ok(RunRow {
        id: row.try_get("id")?,
        provider: row.try_get("provider")?,
        subject: Subject::from_word(&subject).ok_or_else(|| corrupt("subject", subject))?,
        direction: Direction::from_word(&direction).ok_or_else(|| corrupt("direction", direction))?,
        cause: Cause::from_word(&cause).ok_or_else(|| corrupt("cause", cause))?,
        bytes: number("bytes")?,
        status: RunStatus::from_word(&status).ok_or_else(|| corrupt("status", status))?,
        counts: Counts {
            processed: number("records_processed")?,
            created: number("records_created")?,
            updated: number("records_updated")?,
            unchanged: number("records_unchanged")?,
            failed: number("records_failed")?,
        },
        ending: ending
            .map(|e| serde_json::from_str(&e).map_err(|_| corrupt("error_detail", e)))
            .transpose()?
            .unwrap_or_default(),
        outrun: number("later_runs")? > 0,
        unknown_statuses: list(word("unknown_statuses")?)?,
        warnings: list(word("warnings")?)?,
        checkpoint: row.try_get("checkpoint")?,
        started_at: word("started_at")?,
        completed_at: row.try_get("completed_at")?,
    })
}

fn list<T: serde::de::DeserializeOwned>(text: String) -> Result<Vec<T>> {
    serde_json::from_str(&text).map_err(|_| Error::Corrupt { what: "list", value: text })
}
