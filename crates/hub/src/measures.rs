//! What the program tells of its work in numbers, for whoever watches over it.
//!
//! Counters begin at nothing with the process. Labels are kinds and words of the program, and the names of
//! connections: there are never more of them than what is configured.

use std::time::Duration;

use model::budget::Window;
use model::{Budget, RunStatus};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use store::RunRow;

use crate::connections::kind_of;
use crate::deals_csv::CSV;
use crate::{Hub, Result};

/// The upper ends of the durations of runs, in seconds: from a click to a long night.
const SECONDS: [f64; 8] = [0.5, 2.0, 10.0, 60.0, 300.0, 1_800.0, 7_200.0, 28_800.0];

pub(crate) struct Measures {
    runs: Family<Ended, Counter>,
    records: Family<Records, Counter>,
    seconds: Family<Kind, Histogram>,
    running: Gauge,
    budget_left: Family<Allowance, Gauge>,
    budget_limit: Family<Allowance, Gauge>,
    waiting_messages: Gauge,
    due_schedules: Gauge,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Ended {
    kind: String,
    status: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Records {
    kind: String,
    outcome: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Kind {
    kind: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Allowance {
    connection: String,
    window: String,
}

impl Default for Measures {
    fn default() -> Measures {
        Measures {
            runs: Family::default(),
            records: Family::default(),
            seconds: Family::new_with_constructor(|| Histogram::new(SECONDS)),
            running: Gauge::default(),
            budget_left: Family::default(),
            budget_limit: Family::default(),
            waiting_messages: Gauge::default(),
            due_schedules: Gauge::default(),
        }
    }
}

impl Measures {
    fn ended(&self, kind: &str, run: &RunRow, status: RunStatus, took: Duration) {
        let kind = || kind.to_owned();
        self.runs.get_or_create(&Ended { kind: kind(), status: status.word() }).inc();
        self.seconds.get_or_create(&Kind { kind: kind() }).observe(took.as_secs_f64());
        let counts = run.counts;
        for (outcome, number) in [
            ("created", counts.created),
            ("updated", counts.updated),
            ("unchanged", counts.unchanged),
            ("failed", counts.failed),
        ] {
            self.records.get_or_create(&Records { kind: kind(), outcome }).inc_by(number);
        }
    }

    fn left(&self, connection: &str, budget: &Budget) {
        let window = match budget.window {
            Window::Seconds(seconds) => format!("{seconds}s"),
            Window::Day => "day".to_owned(),
        };
        let allowance = Allowance { connection: connection.to_owned(), window };
        let gauge = |number| i64::try_from(number).unwrap_or(i64::MAX);
        self.budget_left.get_or_create(&allowance).set(gauge(budget.left));
        if let Some(limit) = budget.limit {
            self.budget_limit.get_or_create(&allowance).set(gauge(limit));
        }
    }
}

impl Hub {
    /// Shows what is counted in a registry. What is not counted but looked up is as it was when
    /// [`Hub::look_up_measures`] was called last.
    pub fn register_measures(&self, registry: &mut Registry) {
        let measures = &self.inner.measures;
        registry.register("runs", "Runs that ended, by kind of connection and status", measures.runs.clone());
        registry.register(
            "run_records",
            "Records that ended runs dealt with, by kind of connection and outcome",
            measures.records.clone(),
        );
        registry.register_with_unit(
            "run_duration",
            "How long runs took, by kind of connection",
            Unit::Seconds,
            measures.seconds.clone(),
        );
        registry.register("runs_going_on", "Runs of this process that go on", measures.running.clone());
        registry.register(
            "provider_budget_left",
            "Requests that a service said last are left to a connection",
            measures.budget_left.clone(),
        );
        registry.register(
            "provider_budget_limit",
            "Requests that the whole window of such an allowance holds",
            measures.budget_limit.clone(),
        );
        registry.register(
            "webhook_messages_waiting",
            "Messages to webhooks that are still to be sent",
            measures.waiting_messages.clone(),
        );
        registry.register(
            "schedules_due",
            "Scheduled runs whose moment has come and that have not begun",
            measures.due_schedules.clone(),
        );
        self.inner.http.calls().register(registry);
    }

    /// Looks up what the database knows better than a counter.
    ///
    /// # Errors
    /// The database does not answer; what was found before stays.
    pub async fn look_up_measures(&self) -> Result<()> {
        let measures = &self.inner.measures;
        measures.running.set(self.inner.runs.number());
        let due = self.store().due_schedules(&self.at()).await?.len();
        measures.due_schedules.set(i64::try_from(due).unwrap_or(i64::MAX));
        measures.waiting_messages.set(self.store().waiting_deliveries().await?);
        let mut said = Vec::new();
        for row in self.store().configs().await? {
            let budgets = self.budgets(&row.provider).await?;
            said.push((row.provider, budgets));
        }
        // A connection that is no more, and what a service does not say any more, goes.
        measures.budget_left.clear();
        measures.budget_limit.clear();
        for (connection, budgets) in said {
            budgets.iter().for_each(|budget| measures.left(&connection, budget));
        }
        Ok(())
    }

    /// Counts a run that has ended.
    pub(crate) async fn count_run(&self, run_id: i64, status: RunStatus, took: Duration) -> Result<()> {
        let run = self.run_row(run_id).await?;
        if run.provider == CSV {
            self.inner.measures.ended(CSV, &run, status, took);
            return Ok(());
        }
        let row = self.connection_row(&run.provider).await?;
        self.inner.measures.ended(kind_of(&row), &run, status, took);
        Ok(())
    }
}
