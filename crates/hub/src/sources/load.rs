//! One load: table by table, read, brought into the canonical form, written.

use chrono::{DateTime, Utc};
use connectors::source::Before;
use model::canonical::{Entity, Refused};
use model::rule::Checker;
use model::{Cause, RunStatus, Subject, Text};
use store::{ConfigRow, Load, RunRow, RunTableRow};
use tokio_util::sync::CancellationToken;

use super::reading::{self, Step, Steps};
use super::recipes::Kitchen;
use super::rules;
use crate::data::{quality, remember_columns};
use crate::sync::{Job, Phase, Stop, Tally, Task, nothing_refused, unless_asked};
use crate::{Error, Hub, Result, fault_point};

/// What to load; everything that is new by default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LoadRequest {
    /// Only this table.
    pub entity: Option<Entity>,
    /// Only what was changed since this moment.
    pub since: Option<DateTime<Utc>>,
}

/// How many faults and warnings of one table a run keeps.
const TOLD: usize = 100;

/// A load at work.
pub(crate) struct Loading<'a> {
    /// The program.
    pub hub: &'a Hub,
    /// Its run.
    pub run_id: i64,
    /// The account so far.
    pub tally: Tally,
    /// Says when to stop.
    pub asked: CancellationToken,
}

impl Hub {
    /// Starts a load of a source and returns its run at once.
    ///
    /// # Errors
    /// `NotFound`; `Invalid` when the source is switched off; `AlreadyRunning` with the run that is going
    /// on; what its settings lack.
    pub async fn start_load(&self, name: &str, request: LoadRequest) -> Result<i64> {
        let task = Task::Tables(request);
        self.start(Job { provider: name.to_owned(), task, cause: Cause::Person }).await
    }

    /// Loads again, as a new run, the files and tables of which a run refused rows.
    pub(crate) async fn reload_refused(&self, run: &RunRow) -> Result<i64> {
        if run.counts.failed == 0 {
            return Err(nothing_refused(run.id));
        }
        let scope = self.source_scope(&run.provider).await?;
        let mut batch = self.store().begin().await?;
        batch.forget_refused_marks(scope, run.id).await?;
        batch.commit().await?;
        self.start_load(&run.provider, LoadRequest::default()).await
    }
}

impl Loading<'_> {
    /// Carries it out, from the first look at the source to what follows from its rows.
    pub(crate) async fn run(&mut self, name: &str, request: LoadRequest) -> std::result::Result<(), Stop> {
        let hub = self.hub;
        let row = hub.source_row(name).await?;
        let rules = Checker::new(&row.rules).map_err(|faults| Error::faults(&faults))?;
        let source = hub.open_source(&row).await?;
        unless_asked(&self.asked, source.check()).await??;
        let scope = hub.source_scope(name).await?;
        let mut load = hub.store().load(scope, self.run_id).await?;
        let wanted = |entity: &Entity| request.entity.is_none_or(|only| only == *entity);
        for entity in Entity::ALL.into_iter().filter(wanted) {
            let before = Before { known: hub.store().file_marks(scope, entity).await?, since: request.since };
            let settings = reading::Settings {
                entity,
                columns: hub.columns_of(&row, entity)?,
                rules: rules.clone(),
                kitchen: Kitchen::of(&row.recipes, entity),
                clock: hub.inner.clock.clone(),
            };
            let steps = reading::begin(source.read(entity, before), settings);
            let mut told = RunTableRow::new(self.run_id, entity);
            let done = self.table(&row, steps, &mut load, &mut told).await;
            self.describe(told).await?;
            done?;
        }
        let (counts, broken) = (self.tally.counts, self.follows_a_broken_one(name).await?);
        if counts.processed > 0 || broken {
            self.tally.phase(Phase::Writing);
            let same = !broken && counts.unchanged == counts.processed;
            if !same {
                load.derive().await?;
            }
            drop(load);
            if !(same && quality::repeat(hub, name, self.run_id).await?) {
                // Rows of one table speak of those of another: all are looked at.
                quality::assess(hub, scope, self.run_id, &Entity::ALL).await?;
            }
            // What could be read a moment ago and no longer can is no fault of this load.
            if let Ok(tables) = unless_asked(&self.asked, source.tables()).await? {
                self.tally.warnings.extend(rules::without_column(&rules, &tables));
                remember_columns(hub, scope, self.run_id, &tables).await?;
            }
        }
        Ok(())
    }

    /// Writes one table as it is read.
    async fn table(
        &mut self,
        row: &ConfigRow,
        mut steps: Steps,
        load: &mut Load,
        told: &mut RunTableRow,
    ) -> std::result::Result<(), Stop> {
        while let Some(step) = unless_asked(&self.asked, steps.next()).await? {
            match step? {
                Step::Portion(portion) => {
                    if let (None, Some(first)) = (&told.refusal, portion.refused.first()) {
                        let place = self.hub.source_connector(row)?.place(&portion.source, first.origin);
                        self.refused_first(told, place, first);
                    }
                    let counts = load.put(portion).await?;
                    self.tally.add(counts);
                    fault_point::reached("portion-written").await;
                }
                Step::Warning(text) if told.warnings.len() < TOLD => told.warnings.push(text),
                Step::Fault(text) if told.faults.len() < TOLD => told.faults.push(text),
                Step::Warning(_) | Step::Fault(_) => {}
            }
        }
        Ok(())
    }

    fn refused_first(&mut self, told: &mut RunTableRow, place: Text, first: &Refused) {
        let reason = match &first.column {
            Some(column) => Text::new(
                format!("« {column} » : {}", first.reason.fr),
                format!("“{column}”: {}", first.reason.en),
            ),
            None => first.reason.clone(),
        };
        told.refusal =
            Some(Text::new(format!("{} — {}", place.fr, reason.fr), format!("{} — {}", place.en, reason.en)));
        if self.tally.first_failure.is_none() {
            self.tally.first_failure = Some((Some(place), reason));
        }
    }

    /// Keeps what there is to say of a table, for the run as a whole too.
    async fn describe(&mut self, told: RunTableRow) -> Result<()> {
        if !told.is_plain() {
            let mut batch = self.hub.store().begin().await?;
            batch.describe_table(&told).await?;
            batch.commit().await?;
        }
        self.tally.warnings.extend(told.warnings);
        self.tally.faults.extend(told.faults);
        Ok(())
    }

    /// Whether the load before this one did not come to its end, and so did not bring up to date what
    /// follows from its rows.
    async fn follows_a_broken_one(&self, name: &str) -> Result<bool> {
        let last = self.hub.run_rows(Some(name), Some(Subject::Tables), 2, 0).await?;
        let before = last.iter().find(|run| run.id != self.run_id);
        Ok(before.is_some_and(|run| !matches!(run.status, RunStatus::Success | RunStatus::Partial)))
    }
}
