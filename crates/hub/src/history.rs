//! The history: runs, what they changed and what they refused, in the reader's language.

use model::api::{ChangeBody, FieldChangeBody, RecordErrorBody, RunBody, SyncBody};
use model::{Direction, Lang, RunStatus, Subject, Text};
use store::{ChangeRow, FailureRow, RunRow};

use crate::{Error, Hub, Kind, Result};

/// How many refused records an answer holds; all of them are under the run.
pub(crate) const ERRORS_SHOWN: u32 = 100;

impl Hub {
    /// The runs, newest first.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn runs(&self, provider: Option<&str>, limit: u32, lang: Lang) -> Result<Vec<RunBody>> {
        let rows = self.run_rows(provider, None, limit, 0).await?;
        Ok(rows.iter().map(|row| run_body(row, lang)).collect())
    }

    /// The runs of a connection that were about deals, newest first.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn deal_runs(&self, provider: &str, limit: u32, lang: Lang) -> Result<Vec<RunBody>> {
        let rows = self.run_rows(Some(provider), Some(Subject::Deals), limit, 0).await?;
        Ok(rows.iter().map(|row| run_body(row, lang)).collect())
    }

    /// One run.
    ///
    /// # Errors
    /// `NotFound`; the database does not answer.
    pub async fn run(&self, run_id: i64, lang: Lang) -> Result<RunBody> {
        Ok(run_body(&self.run_row(run_id).await?, lang))
    }

    /// The changes a run made, in order.
    ///
    /// # Errors
    /// As [`Hub::run`].
    pub async fn changes(&self, run_id: i64, limit: u32, offset: u32) -> Result<Vec<ChangeBody>> {
        self.run_row(run_id).await?;
        Ok(self.store().changes(run_id, limit, offset).await?.iter().map(change_body).collect())
    }

    /// The records a run refused, in order.
    ///
    /// # Errors
    /// As [`Hub::run`].
    pub async fn failures(
        &self,
        run_id: i64,
        limit: u32,
        offset: u32,
        lang: Lang,
    ) -> Result<Vec<RecordErrorBody>> {
        let run = self.run_row(run_id).await?;
        match run.subject {
            Subject::Deals => {}
            Subject::Tables => return self.refused_rows(&run, limit, offset, lang).await,
            Subject::Dataset => return self.refused_dataset_rows(&run, limit, offset, lang).await,
        }
        let rows = self.store().failures(run_id, limit, offset).await?;
        Ok(rows.iter().map(|row| error_body(row, lang)).collect())
    }

    /// How an ended run is told to whoever waited for it.
    pub(crate) async fn sync_body(&self, run_id: i64, lang: Lang) -> Result<SyncBody> {
        let row = self.run_row(run_id).await?;
        let errors = self.failures(run_id, ERRORS_SHOWN, 0, lang).await?;
        let counts = row.counts;
        let text = |t: &Text| t.get(lang).to_owned();
        let success = matches!(row.status, RunStatus::Success | RunStatus::Partial);
        let nothing = success && row.direction == Direction::Export && counts.processed == 0;
        let message = row.ending.message.as_ref().map(text);
        Ok(SyncBody {
            success,
            status: row.status.word().to_owned(),
            run_id,
            records_processed: counts.processed,
            records_created: counts.created,
            records_updated: counts.updated,
            records_unchanged: counts.unchanged,
            records_failed: counts.failed,
            errors,
            unknown_statuses: row.unknown_statuses,
            warnings: row.warnings.iter().map(text).collect(),
            error: message.clone().filter(|_| !success),
            message: if nothing {
                Some(Text::fixed("Aucun deal à exporter", "No deal to export").get(lang).to_owned())
            } else {
                message
            },
            hint: row.ending.hint.as_ref().map(text),
            code: row.ending.code,
        })
    }

    /// Rows of runs as they stand, newest first: of one connection or of all, about one subject or any. Whoever tells
    /// of runs reads them here, so that an end that is still to be recorded is told everywhere.
    pub(crate) async fn run_rows(
        &self,
        provider: Option<&str>,
        subject: Option<Subject>,
        limit: u32,
        offset: u32,
    ) -> Result<Vec<RunRow>> {
        Ok(self.as_they_stand(self.store().runs(provider, subject, limit, offset).await?))
    }

    /// The same rows, each with its end although that is still to be recorded.
    pub(crate) fn as_they_stand(&self, mut rows: Vec<RunRow>) -> Vec<RunRow> {
        rows.iter_mut().for_each(|row| self.inner.runs.unrecorded().amend(row));
        rows
    }

    /// A run's row as it stands.
    pub(crate) async fn run_row(&self, run_id: i64) -> Result<RunRow> {
        let mut row = self.store().run(run_id).await?.ok_or_else(|| {
            Error::new(
                Kind::NotFound,
                Text::new(
                    format!("La synchronisation n° {run_id} n'existe pas."),
                    format!("There is no run {run_id}."),
                ),
            )
        })?;
        self.inner.runs.unrecorded().amend(&mut row);
        Ok(row)
    }
}

/// Whether a run stopped on the way, nothing made up for it since, and there is a place to go on from. An export needs none: it looks at
/// what is there and writes what is missing.
pub(crate) fn is_resumable(row: &RunRow) -> bool {
    let stopped = matches!(row.status, RunStatus::Interrupted | RunStatus::Cancelled | RunStatus::Error);
    stopped && !row.outrun && (row.direction == Direction::Export || row.checkpoint.is_some())
}

pub(crate) fn run_body(row: &RunRow, lang: Lang) -> RunBody {
    let text = |t: &Text| t.get(lang).to_owned();
    RunBody {
        id: row.id,
        provider: row.provider.clone(),
        subject: row.subject.word().to_owned(),
        direction: row.direction.word().to_owned(),
        status: row.status.word().to_owned(),
        records_processed: row.counts.processed,
        records_created: row.counts.created,
        records_updated: row.counts.updated,
        records_unchanged: row.counts.unchanged,
        records_failed: row.counts.failed,
        error_message: row.ending.message.as_ref().map(text),
        hint: row.ending.hint.as_ref().map(text),
        unknown_statuses: row.unknown_statuses.clone(),
        warnings: row.warnings.iter().map(text).collect(),
        started_at: row.started_at.clone(),
        completed_at: row.completed_at.clone(),
        resumable: is_resumable(row),
    }
}

pub(crate) fn change_body(row: &ChangeRow) -> ChangeBody {
    // Written by this program as a list of exactly these objects.
    let fields: Vec<FieldChangeBody> = serde_json::from_str(&row.fields).unwrap_or_default();
    ChangeBody {
        external_id: row.external_id.clone(),
        deal_id: row.deal_id,
        client: row.client.clone(),
        action: row.action.clone(),
        reason: row.reason.clone(),
        fields,
    }
}

pub(crate) fn error_body(row: &FailureRow, lang: Lang) -> RecordErrorBody {
    RecordErrorBody {
        external_id: row.external_id.clone(),
        deal_id: row.deal_id,
        client: row.client.clone(),
        field: row.refusal.field.map(|f| f.key().to_owned()),
        code: row.refusal.code.clone(),
        message: row.refusal.text.get(lang).to_owned(),
        // Written by this program as an object.
        payload: row.payload.as_deref().and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default(),
    }
}
