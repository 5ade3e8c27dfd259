//! How loads went, in the reader's language.

use std::collections::BTreeMap;

use model::api::{LoadBody, RecordErrorBody, SourceMetricsBody, SourceStatusBody, TableCountsBody};
use model::run::Counts;
use model::{Lang, RunStatus, Subject, Text};
use store::{RefusedRow, RunRow, RunTableRow};

use crate::accounts::seconds_between;
use crate::sync::NOT_ALL_READ;
use crate::{Error, Hub, Kind, Result};

/// What the end of a run is called when its tables tell the rest.
const TOLD_BY_TABLES: [&str; 3] = ["some_refused", "all_refused", NOT_ALL_READ];

impl Hub {
    /// A load as it stands.
    ///
    /// # Errors
    /// `NotFound`, also for a run of deals; the database does not answer.
    pub async fn load(&self, run_id: i64, lang: Lang) -> Result<LoadBody> {
        let run = self.run_row(run_id).await?;
        if run.subject != Subject::Tables {
            return Err(Error::new(
                Kind::NotFound,
                Text::new(
                    format!(
                        "La synchronisation n° {run_id} porte sur des deals, pas sur une source de données."
                    ),
                    format!("Run {run_id} is about deals, not about a source of data."),
                ),
            ));
        }
        let source = self.store().config(&run.provider).await?;
        let kind = source.and_then(|row| row.connector_type).unwrap_or_default();
        let tables = self.store().run_tables(&[run_id]).await?;
        Ok(load_body(&run, &tables, &kind, lang))
    }

    /// Waits for a load to end and tells how it went. One that failed is an answer, with `success: false`.
    ///
    /// # Errors
    /// As [`Hub::load`].
    pub async fn wait_load(&self, run_id: i64, lang: Lang) -> Result<LoadBody> {
        self.until_ended(run_id).await;
        self.load(run_id, lang).await
    }

    /// How many loads there are, of one source or of all, and some of them with the source's name, newest
    /// first.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn loads(
        &self,
        name: Option<&str>,
        limit: u32,
        offset: u32,
        lang: Lang,
    ) -> Result<(u64, Vec<(String, LoadBody)>)> {
        // Counted first: a run that begins in between is listed, and no list is shorter than its number.
        let total = self.store().load_count(name).await?;
        let runs = self.run_rows(name, Some(Subject::Tables), limit, offset).await?;
        let ids: Vec<i64> = runs.iter().map(|run| run.id).collect();
        let tables = self.store().run_tables(&ids).await?;
        let kinds: BTreeMap<String, String> = self
            .source_rows()
            .await?
            .into_iter()
            .filter_map(|row| Some((row.provider, row.connector_type?)))
            .collect();
        let told = runs.into_iter().map(|run| {
            let kind = kinds.get(&run.provider).map_or("", String::as_str);
            let body = load_body(&run, &tables, kind, lang);
            (run.provider, body)
        });
        Ok((total, told.collect()))
    }

    /// How all sources stand together.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn source_status(&self) -> Result<SourceStatusBody> {
        let sources = self.sources(Lang::default()).await?;
        let mut by_status = BTreeMap::new();
        for source in &sources {
            *by_status.entry(source.health).or_insert(0) += 1;
        }
        let summary = self.store().load_summary().await?;
        Ok(SourceStatusBody {
            timestamp: self.at(),
            connectors_registered: sources.len() as u64,
            connectors_by_status: by_status,
            total_syncs: summary.ended,
            successful_syncs: summary.successful,
            failed_syncs: summary.ended.saturating_sub(summary.successful),
            avg_sync_duration_seconds: to_milliseconds(summary.average_seconds),
        })
    }

    /// What all loads of all sources brought.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn source_metrics(&self) -> Result<SourceMetricsBody> {
        let totals = self.store().table_totals().await?;
        Ok(SourceMetricsBody {
            timestamp: self.at(),
            total_records_synced: totals.iter().map(|total| total.synced).sum(),
            records_by_table: totals.iter().map(|t| (t.entity.name().to_owned(), t.synced)).collect(),
            total_errors: totals.iter().map(|total| total.failed + total.faults).sum(),
            total_warnings: totals.iter().map(|total| total.warnings).sum(),
        })
    }

    /// The rows a load refused, told like refused records.
    pub(crate) async fn refused_rows(
        &self,
        run: &RunRow,
        limit: u32,
        offset: u32,
        lang: Lang,
    ) -> Result<Vec<RecordErrorBody>> {
        let rows = self.store().refused_rows(run.id, limit, offset).await?;
        let source = self.store().config(&run.provider).await?;
        let connector = source.and_then(|row| self.source_connector(&row).ok());
        let told = |row: RefusedRow| {
            let place = connector.as_ref().map(|connector| connector.place(&row.source, row.place));
            RecordErrorBody {
                external_id: Some(format!("{}:{}", row.source, row.place)),
                client: place.map(|place| place.get(lang).to_owned()),
                field: row.column,
                code: "invalid".to_owned(),
                message: row.reason.get(lang).to_owned(),
                ..RecordErrorBody::default()
            }
        };
        Ok(rows.into_iter().map(told).collect())
    }
}

/// One load of a source of that kind, with its own among these tables.
pub(super) fn load_body(run: &RunRow, tables: &[RunTableRow], kind: &str, lang: Lang) -> LoadBody {
    let tables: Vec<&RunTableRow> = tables.iter().filter(|table| table.run_id == run.id).collect();
    let text = |text: &Text| text.get(lang).to_owned();
    let by_tables = run.ending.code.as_deref().is_none_or(|code| TOLD_BY_TABLES.contains(&code));
    let whole = run.ending.message.as_ref().filter(|_| !by_tables).map(text);
    let each = tables.iter().flat_map(|table| table.faults.iter().map(text).chain(refused(table, lang)));
    let end = run.completed_at.as_deref();
    LoadBody {
        success: matches!(run.status, RunStatus::Success | RunStatus::Partial),
        connector_type: kind.to_owned(),
        records_processed: tables.iter().map(|t| (t.entity.name().to_owned(), t.counts.processed)).collect(),
        duration_seconds: seconds_between(&run.started_at, end),
        errors: whole.into_iter().chain(each).collect(),
        warnings: run.warnings.iter().map(text).collect(),
        timestamp: end.unwrap_or(&run.started_at).to_owned(),
        run_id: run.id,
        status: run.status.word().to_owned(),
        tables: tables.iter().map(|table| counts_body(table)).collect(),
        hint: run.ending.hint.as_ref().map(text),
        code: run.ending.code.clone(),
    }
}

fn counts_body(table: &RunTableRow) -> TableCountsBody {
    let Counts { processed, created, updated, unchanged, failed } = table.counts;
    TableCountsBody { table: table.entity.name().to_owned(), processed, created, updated, unchanged, failed }
}

/// How many rows of a table were refused, and the first one.
fn refused(table: &RunTableRow, lang: Lang) -> Option<String> {
    let failed = table.counts.failed;
    let first = table.refusal.as_ref().filter(|_| failed > 0)?.get(lang);
    let name = table.entity.label();
    Some(match (lang, failed) {
        (Lang::Fr, 1) => format!("{} : 1 ligne refusée. {first}", name.fr),
        (Lang::Fr, _) => format!("{} : {failed} lignes refusées. Première : {first}", name.fr),
        (Lang::En, 1) => format!("{}: 1 row refused. {first}", name.en),
        (Lang::En, _) => format!("{}: {failed} rows refused. First: {first}", name.en),
    })
}

fn to_milliseconds(seconds: f64) -> f64 {
    (seconds * 1000.0).round() / 1000.0
}
