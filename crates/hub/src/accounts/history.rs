//! What the syncs of a connection did, whatever they were about.

use chrono::{DateTime, Utc};
use model::api::ConnectionRunBody;
use model::{Lang, Text};
use store::RunRow;

use crate::{Hub, Result};

impl Hub {
    /// The syncs of a connection, newest first.
    ///
    /// # Errors
    /// `NotFound`; the database does not answer.
    pub async fn account_history(
        &self,
        id: i64,
        limit: u32,
        offset: u32,
        lang: Lang,
    ) -> Result<Vec<ConnectionRunBody>> {
        let row = self.account_row(id).await?;
        let runs = self.run_rows(Some(&row.provider), None, limit, offset).await?;
        Ok(runs.iter().map(|run| run_body(run, id, lang)).collect())
    }
}

/// A run as the history of a connection tells it.
pub(super) fn run_body(run: &RunRow, connection_id: i64, lang: Lang) -> ConnectionRunBody {
    let text = |text: &Text| text.get(lang).to_owned();
    ConnectionRunBody {
        run_id: run.id,
        connection_id,
        subject: run.subject.word().to_owned(),
        direction: run.direction.word().to_owned(),
        cause: run.cause.word().to_owned(),
        status: run.status.word().to_owned(),
        started_at: run.started_at.clone(),
        completed_at: run.completed_at.clone(),
        duration_seconds: seconds_between(&run.started_at, run.completed_at.as_deref()),
        bytes: Some(run.bytes).filter(|bytes| *bytes > 0),
        records_processed: run.counts.processed,
        records_created: run.counts.created,
        records_updated: run.counts.updated,
        records_unchanged: run.counts.unchanged,
        records_failed: run.counts.failed,
        error_message: run.ending.message.as_ref().map(text),
        hint: run.ending.hint.as_ref().map(text),
        warnings: run.warnings.iter().map(text).collect(),
    }
}

/// From an instant of a table to another, or to now; to the millisecond.
pub(crate) fn seconds_between(from: &str, to: Option<&str>) -> f64 {
    let instant = |text: &str| DateTime::parse_from_rfc3339(text).ok().map(|at| at.to_utc());
    let Some(from) = instant(from) else { return 0.0 };
    let to = to.and_then(instant).unwrap_or_else(Utc::now);
    ((to - from).as_seconds_f64().max(0.0) * 1_000.0).round() / 1_000.0
}
