//! Previews: the plan of a run, kept instead of carried out, so that exactly it can be applied.

use std::sync::Arc;

use model::api::{ChangeBody, PlanBody, RecordErrorBody};
use model::run::Counts;
use model::{Direction, Lang, Text};
use serde::{Deserialize, Serialize};
use store::PlanRow;
use tokio::sync::watch;

use super::job::DealsTask;
use super::run::{Mode, Work, work};
use super::tally::{Live, Tally};
use crate::deals_csv::{CSV, DealsFile};
use crate::history::{ERRORS_SHOWN, change_body, error_body};
use crate::{Error, Hub, Kind, Result};

/// How many changes an answer holds.
const CHANGES_SHOWN: u32 = 200;

/// What a preview counted, and what there is to know about it.
#[derive(Serialize, Deserialize)]
struct Account {
    counts: Counts,
    unknown_statuses: Vec<String>,
    warnings: Vec<Text>,
}

impl Hub {
    /// What a sync would do, stored so that exactly that can be applied. Nothing else is written.
    ///
    /// # Errors
    /// `UnknownProvider`, `NotConfigured`; the service's fault when it cannot be read.
    pub async fn preview(&self, provider: &str, direction: Direction, lang: Lang) -> Result<PlanBody> {
        self.connect(&self.config_row(provider).await?).await?;
        self.preview_of(provider, direction, None, lang).await
    }

    /// The same, of a file when there is one.
    pub(crate) async fn preview_of(
        &self,
        provider: &str,
        direction: Direction,
        file: Option<Arc<DealsFile>>,
        lang: Lang,
    ) -> Result<PlanBody> {
        let mut batch = self.store().begin().await?;
        let plan_id = batch.insert_plan(provider, direction, &self.at()).await?;
        batch.commit().await?;
        let tally = Tally::new(watch::Sender::new(Live::default()));
        let mut at_work = Work { file, ..Work::new(self, Mode::Preview(plan_id), tally) };
        let made = work(&mut at_work, provider, direction).await;
        let Tally { counts, unknown_statuses, warnings, .. } = at_work.tally;
        let mut batch = self.store().begin().await?;
        match made {
            Ok(()) => {
                let unknown_statuses = unknown_statuses.into_iter().collect();
                let account = Account { counts, unknown_statuses, warnings };
                batch.finish_plan(plan_id, &serde_json::json!(account).to_string()).await?;
            }
            Err(_) => batch.delete_plan(plan_id).await?,
        }
        batch.commit().await?;
        made?;
        self.any_plan(plan_id, lang).await
    }

    /// A stored plan, with the first of its changes and refused records.
    ///
    /// # Errors
    /// `NotFound`, as for what the import of somebody's file would do: that is shown with the file, to whoever
    /// handed it in. The database does not answer.
    pub async fn plan(&self, plan_id: i64, lang: Lang) -> Result<PlanBody> {
        self.plan_row(plan_id).await?;
        self.any_plan(plan_id, lang).await
    }

    /// The same, of a file too.
    pub(crate) async fn any_plan(&self, plan_id: i64, lang: Lang) -> Result<PlanBody> {
        let (plan, account) = self.any_plan_row(plan_id).await?;
        let changes = self.store().plan_changes(plan_id, CHANGES_SHOWN, 0).await?;
        let errors = self.store().plan_failures(plan_id, ERRORS_SHOWN, 0).await?;
        Ok(PlanBody {
            changes: changes.iter().map(change_body).collect(),
            errors: errors.iter().map(|row| error_body(row, lang)).collect(),
            ..body(plan, &account, lang)
        })
    }

    /// A stored plan without its changes and refused records.
    ///
    /// # Errors
    /// As [`Hub::plan`].
    pub async fn plan_account(&self, plan_id: i64, lang: Lang) -> Result<PlanBody> {
        let (plan, account) = self.plan_row(plan_id).await?;
        Ok(body(plan, &account, lang))
    }

    /// The changes of a plan, in the order they would happen.
    ///
    /// # Errors
    /// As [`Hub::plan`].
    pub async fn plan_changes(&self, plan_id: i64, limit: u32, offset: u32) -> Result<Vec<ChangeBody>> {
        self.plan_row(plan_id).await?;
        Ok(self.store().plan_changes(plan_id, limit, offset).await?.iter().map(change_body).collect())
    }

    /// The records a plan would refuse, in order.
    ///
    /// # Errors
    /// As [`Hub::plan`].
    pub async fn plan_failures(
        &self,
        plan_id: i64,
        limit: u32,
        offset: u32,
        lang: Lang,
    ) -> Result<Vec<RecordErrorBody>> {
        self.plan_row(plan_id).await?;
        let rows = self.store().plan_failures(plan_id, limit, offset).await?;
        Ok(rows.iter().map(|row| error_body(row, lang)).collect())
    }

    /// A plan of a service that is whole, and its account.
    async fn plan_row(&self, plan_id: i64) -> Result<(PlanRow, Account)> {
        let (plan, account) = self.any_plan_row(plan_id).await?;
        if plan.provider == CSV { Err(no_plan(plan_id)) } else { Ok((plan, account)) }
    }

    /// The same, of a file too.
    async fn any_plan_row(&self, plan_id: i64) -> Result<(PlanRow, Account)> {
        let plan = self.store().plan(plan_id).await?;
        let account = plan.as_ref().and_then(|plan| serde_json::from_str(plan.account.as_deref()?).ok());
        plan.zip(account).ok_or_else(|| no_plan(plan_id))
    }

    /// Carries out a stored plan as a run; returns its id.
    ///
    /// The plan is made anew and compared first; and while the run goes on, a change that was not in
    /// the plan is refused.
    ///
    /// # Errors
    /// `NotFound`; `Outdated` naming what has changed since, or when it was applied before; and as
    /// [`Hub::start_sync`].
    pub async fn apply(&self, plan_id: i64) -> Result<i64> {
        let (plan, _) = self.plan_row(plan_id).await?;
        if let Some(run_id) = plan.applied_run_id {
            return Err(applied_before(plan_id, run_id));
        }
        let made = self.preview(&plan.provider, plan.direction, Lang::Fr).await?;
        let remedy = Text::fixed("Refaites un aperçu.", "Make a new preview.");
        let agreed = self.still_agreed(plan_id, made.plan_id, &remedy).await;
        self.forget_plan(made.plan_id).await?;
        let agreed = agreed?;
        let task = DealsTask { agreed: Some(agreed), ..DealsTask::all(plan.direction) };
        self.start(task.of(plan.provider)).await
    }

    /// Forgets a plan that is of no use any more.
    pub(crate) async fn forget_plan(&self, plan_id: i64) -> Result<()> {
        let mut batch = self.store().begin().await?;
        batch.delete_plan(plan_id).await?;
        Ok(batch.commit().await?)
    }
}

fn body(plan: PlanRow, account: &Account, lang: Lang) -> PlanBody {
    PlanBody {
        plan_id: plan.id,
        provider: plan.provider,
        direction: plan.direction.word().to_owned(),
        applied_run_id: plan.applied_run_id,
        records_processed: account.counts.processed,
        to_create: account.counts.created,
        to_update: account.counts.updated,
        unchanged: account.counts.unchanged,
        refused: account.counts.failed,
        changes: Vec::new(),
        errors: Vec::new(),
        unknown_statuses: account.unknown_statuses.clone(),
        warnings: account.warnings.iter().map(|w| w.get(lang).to_owned()).collect(),
    }
}

fn no_plan(plan_id: i64) -> Error {
    Error::new(
        Kind::NotFound,
        Text::new(format!("L'aperçu n° {plan_id} n'existe pas."), format!("There is no preview {plan_id}.")),
    )
}

fn applied_before(plan_id: i64, run_id: i64) -> Error {
    Error::new(
        Kind::Outdated,
        Text::new(
            format!(
                "L'aperçu n° {plan_id} a déjà été appliqué (synchronisation n° {run_id}). Refaites un aperçu."
            ),
            format!("Preview {plan_id} was applied before (run {run_id}). Make a new preview."),
        ),
    )
}
