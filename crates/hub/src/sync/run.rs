//! What both directions share while they work: what is wanted, what was planned, what is told.

use std::collections::{HashMap, HashSet};
use std::future::Future;
use std::sync::Arc;

use connectors::Checkpoint;
use model::plan::{Action, Change, Refusal};
use model::run::Counts;
use model::{Direction, Text};
use serde::{Deserialize, Serialize};
use store::{Batch, ChangeRow, FailureRow};
use tokio_util::sync::CancellationToken;

use super::agreed::fingerprint;
use super::prepare::prepare;
use super::stop::{Stop, unless_asked};
use super::tally::Tally;
use super::{export, import};
use crate::Hub;
use crate::deals_csv::{self, DealsFile};

/// Whether the plan is carried out or kept.
#[derive(Clone, Copy)]
pub(crate) enum Mode {
    /// Carried out, as this run.
    Run(i64),
    /// Kept, as this plan; nothing else is written.
    Preview(i64),
}

/// Records to restrict a run to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Only {
    /// Ids of the service.
    pub external_ids: HashSet<String>,
    /// Ids of deals.
    pub deal_ids: HashSet<i64>,
}

/// How far a reading has come, as a run keeps it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Place {
    /// The service's id of the table.
    pub stream: String,
    /// Where in it.
    pub checkpoint: Checkpoint,
}

/// A run or a preview at work.
pub(crate) struct Work<'a> {
    /// The program.
    pub hub: &'a Hub,
    /// Carried out or kept.
    pub mode: Mode,
    /// Everything, or only these records.
    pub only: Option<Only>,
    /// Where to go on reading, instead of at the beginning.
    pub since: Option<Place>,
    /// The fingerprints of the changes a person agreed to; `None` when any will do.
    pub agreed: Option<HashSet<u128>>,
    /// The file that is read instead of the service.
    pub file: Option<Arc<DealsFile>>,
    /// The lines of a file that the records being dealt with stand on, by their ids.
    pub lines: HashMap<String, u64>,
    /// The account so far.
    pub tally: Tally,
    /// Says when to stop.
    pub asked: CancellationToken,
}

/// Carries out one direction, from the first request to the last commit.
pub(crate) async fn work(work: &mut Work<'_>, provider: &str, direction: Direction) -> Result<(), Stop> {
    if let Some(file) = work.file.clone() {
        return deals_csv::bring_in(work, &file).await;
    }
    let prepared = work.unless_asked(prepare(work.hub, provider)).await??;
    work.tally.warnings.extend(prepared.warnings.iter().cloned());
    match direction {
        Direction::Import => import::run(work, &prepared).await,
        Direction::Export => export::run(work, &prepared).await,
    }
}

impl<'a> Work<'a> {
    /// Work on everything a connection has, from the beginning, that nobody has asked to stop.
    pub(crate) fn new(hub: &'a Hub, mode: Mode, tally: Tally) -> Work<'a> {
        Work {
            hub,
            mode,
            only: None,
            since: None,
            agreed: None,
            file: None,
            lines: HashMap::new(),
            tally,
            asked: CancellationToken::new(),
        }
    }
}

impl Work<'_> {
    /// Waits for something, unless the run is asked to stop first.
    pub(crate) async fn unless_asked<T>(&self, wait: impl Future<Output = T>) -> Result<T, Stop> {
        unless_asked(&self.asked, wait).await
    }

    /// Whether this record is to be dealt with.
    pub(crate) fn wants_record(&self, external_id: &str) -> bool {
        self.only.as_ref().is_none_or(|only| only.external_ids.contains(external_id))
    }

    /// Whether this deal is to be dealt with.
    pub(crate) fn wants_deal(&self, id: i64) -> bool {
        self.only.as_ref().is_none_or(|only| only.deal_ids.contains(&id))
    }

    /// The change itself, or a refusal when a person agreed to other changes than this one.
    pub(crate) fn as_planned(&self, change: Change) -> Change {
        let agreed = match (&self.agreed, self.row(&change)) {
            (Some(agreed), Some(row)) => agreed.contains(&fingerprint(&row)),
            _ => true,
        };
        if agreed {
            return change;
        }
        let refusal = Refusal {
            code: "outdated".to_owned(),
            field: None,
            text: Text::fixed(
                "Cet enregistrement a changé depuis l'aperçu. Refaites un aperçu.",
                "This record has changed since the preview. Make a new preview.",
            ),
        };
        Change { action: Action::Refuse(refusal), ..change }
    }

    /// The change as it is kept; `None` when there is nothing to tell.
    pub(crate) fn row(&self, change: &Change) -> Option<ChangeRow> {
        let (action, reason) = match &change.action {
            Action::Create(reason) => ("create", reason.code()),
            Action::Update(reason) => ("update", reason.code()),
            Action::Unchanged { .. } if !change.fields.is_empty() => ("keep", "conflict"),
            Action::Unchanged { .. } | Action::Refuse(_) => return None,
        };
        Some(ChangeRow {
            external_id: change.external_id.clone(),
            deal_id: change.deal_id,
            client: change.client.clone(),
            action: action.to_owned(),
            reason: reason.to_owned(),
            fields: ChangeRow::fields_json(&change.fields),
        })
    }

    /// The refused record as it is kept.
    pub(crate) fn failure(&mut self, change: &Change, mut refusal: Refusal) -> FailureRow {
        let line = change.external_id.as_ref().and_then(|id| self.lines.get(id));
        if let Some(line) = line {
            let Text { fr, en } = &refusal.text;
            refusal.text = Text::new(format!("Ligne {line} : {fr}"), format!("Line {line}: {en}"));
        }
        // A row that was not taken is found again by its line.
        let external_id = line.map(|line| deals_csv::line_id(*line)).or_else(|| change.external_id.clone());
        // A refused client's name may be of any length: that may be why it is refused.
        let client = change.client.as_deref().map(model::parse::shorten);
        if self.tally.first_failure.is_none() {
            self.tally.first_failure = Some((client.clone().map(Text::same), refusal.text.clone()));
        }
        // Of a record that was planned to be written, what it was to receive tells what the service refused.
        let written = || change.fields.iter().filter_map(|f| Some((f.field, f.after.as_ref()?.to_text())));
        let held = if change.held.is_empty() { written().collect() } else { change.held.clone() };
        FailureRow {
            external_id,
            deal_id: change.deal_id,
            client,
            refusal,
            payload: Some(serde_json::json!(held).to_string()),
        }
    }

    /// Keeps the changes of a page in a plan.
    pub(crate) async fn note(
        &mut self,
        batch: &mut Batch,
        plan_id: i64,
        changes: &[Change],
    ) -> Result<Counts, Stop> {
        let mut page = Counts { processed: changes.len() as u64, ..Counts::default() };
        let mut refused = Vec::new();
        for change in changes {
            match &change.action {
                Action::Create(_) => page.created += 1,
                Action::Update(_) => page.updated += 1,
                Action::Unchanged { .. } => page.unchanged += 1,
                Action::Refuse(refusal) => {
                    page.failed += 1;
                    refused.push(self.failure(change, refusal.clone()));
                }
            }
        }
        let rows: Vec<ChangeRow> = changes.iter().filter_map(|change| self.row(change)).collect();
        batch.add_plan_changes(plan_id, &rows).await?;
        batch.add_plan_failures(plan_id, &refused).await?;
        Ok(page)
    }
}
