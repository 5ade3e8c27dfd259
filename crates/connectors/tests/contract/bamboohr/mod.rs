//! BambooHR against its simulator: what comes whole, and what comes in pages.

mod complete;
mod reading;
mod refusals;

use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use connectors::bamboohr::BambooHr;
use connectors::http::{Http, Policy};
use connectors::{Connection, Connector, Context, Settings};
use model::Value;
use sandbox::bamboohr::{COMPANY, Options, REPORT, Simulator};
use sandbox::{Answer, Fault, Faults, Log};
use secrecy::SecretString;

use crate::fixture::Fixture;

/// A stream, as the form names it.
pub(crate) trait Stream: Send + Sync + 'static {
    const ID: &str;
    const NAME: &str;
    /// A column of it.
    const COLUMN: &str = "First Name";
    /// Whether those who left the company are in it.
    const HAS_ALL: bool = true;
}

pub(crate) struct Directory;

impl Stream for Directory {
    const ID: &str = "directory";
    const NAME: &str = "Directory";
    const HAS_ALL: bool = false;
}

pub(crate) struct Report;

impl Stream for Report {
    const ID: &str = REPORT;
    const NAME: &str = "Effectif";
}

pub(crate) struct Employees;

impl Stream for Employees {
    const ID: &str = "employees";
    const NAME: &str = "Employees";
    const COLUMN: &str = "firstName";
}

pub(crate) struct Dataset;

impl Stream for Dataset {
    const ID: &str = "dataset:employee";
    const NAME: &str = "employee";
}

/// The company, seen through one stream.
pub(crate) struct Bamboo<S> {
    simulator: Simulator,
    stream: PhantomData<S>,
}

impl<S: Stream> Fixture for Bamboo<S> {
    const PENALTY: Duration = Duration::from_secs(10);
    const STREAM: &str = S::NAME;

    fn connector() -> Box<dyn Connector> {
        Box::new(BambooHr)
    }

    async fn start(limited: bool) -> Self {
        let options = if limited { Options::default() } else { Options::unlimited() };
        Bamboo { simulator: Simulator::start(options).await.expect("a free port"), stream: PhantomData }
    }

    fn base_url(&self) -> String {
        self.simulator.url().to_owned()
    }

    fn settings(&self) -> Settings {
        settings(&self.simulator, COMPANY, S::ID)
    }

    fn settings_elsewhere(&self) -> Settings {
        settings(&self.simulator, "nobody", S::ID)
    }

    fn revoke(&self) {
        self.simulator.revoke();
    }

    fn faults(&self) -> &Faults {
        self.simulator.faults()
    }

    fn log(&self) -> &Log {
        self.simulator.log()
    }

    /// As many as the stream is to show: of those who were hired, some have left.
    fn fill(&self, records: usize) {
        let wanted = self.stored().len() + records;
        while self.stored().len() < wanted {
            self.simulator.hire(wanted - self.stored().len());
        }
    }

    fn delete(&self, id: &str) {
        assert!(self.simulator.delete(id.parse().expect("an id")));
    }

    fn stored(&self) -> Vec<String> {
        let ids = if S::HAS_ALL { self.simulator.ids() } else { self.simulator.active() };
        ids.iter().map(u64::to_string).collect()
    }

    fn sample(number: usize) -> BTreeMap<&'static str, Value> {
        BTreeMap::from([(S::COLUMN, Value::Text(format!("Aïcha {number}")))])
    }

    fn refused() -> BTreeMap<&'static str, Value> {
        Self::sample(0)
    }

    fn echo(status: u16, text: &str) -> Fault {
        let answer = Answer::text(status, "application/json", "");
        Fault::Answer(answer.header("x-bamboohr-error-message", text))
    }
}

/// Settings for a stream of a company.
fn settings(simulator: &Simulator, company: &str, stream: &str) -> Settings {
    let values = [("subdomain", company), ("report_id", stream)];
    Settings {
        values: values.map(|(key, value)| (key.to_owned(), value.to_owned())).into(),
        secrets: [("api_key".to_owned(), SecretString::from(simulator.key()))].into(),
    }
}

/// A connection to a stream of the company, which waits for nothing.
fn open(simulator: &Simulator, stream: &str) -> Arc<dyn Connection> {
    open_of(simulator, COMPANY, stream)
}

fn open_of(simulator: &Simulator, company: &str, stream: &str) -> Arc<dyn Connection> {
    let http = Http::new(Policy::without_waiting()).expect("a client");
    let context = Context { http, base_url: Some(simulator.url().to_owned()), tokens: None };
    BambooHr.connect(&context, settings(simulator, company, stream)).expect("a connection")
}

/// A simulator without limits, with this many people.
async fn filled(people: usize) -> Simulator {
    let simulator = Simulator::start(Options::unlimited()).await.expect("a free port");
    simulator.hire(people);
    simulator
}

// Every test of the suite but these: no quota is known, nothing is written, and only what comes in pages is read
// ahead, has cursors, and has a middle where a wait may be asked for.

pub(crate) mod directory {
    crate::suite::contract!(crate::bamboohr::Bamboo<crate::bamboohr::Directory>, only reading, and
        faults {
            a_revoked_token_is_unauthorized,
            an_unreachable_service_is_told,
        }
        limits {
            a_penalty_is_kept_by_every_connection,
        }
    );
}

pub(crate) mod report {
    crate::suite::contract!(crate::bamboohr::Bamboo<crate::bamboohr::Report>, only reading, and
        faults {
            a_revoked_token_is_unauthorized,
            an_unreachable_service_is_told,
        }
        limits {
            a_penalty_is_kept_by_every_connection,
        }
    );
}

pub(crate) mod employees {
    crate::suite::contract!(crate::bamboohr::Bamboo<crate::bamboohr::Employees>, only reading, and
        reads {
            a_reading_runs_a_few_pages_ahead_and_stops_when_dropped,
        }
        faults {
            a_revoked_token_is_unauthorized,
            an_unreachable_service_is_told,
            a_paging_token_that_expired_begins_the_listing_anew,
        }
        limits {
            a_penalty_is_kept_by_every_connection,
            retry_after_is_obeyed,
            careless_retry_afters_do_not_stop_the_reading,
        }
    );
}

/// Pages of a thousand: the suite's listings of several pages are shorter.
pub(crate) mod dataset {
    crate::suite::contract!(crate::bamboohr::Bamboo<crate::bamboohr::Dataset>:
        secrets {
            debug_and_errors_hold_no_secret,
        }
        reads {
            an_empty_stream_is_one_empty_page,
            values_have_the_kinds_that_were_discovered,
            counting_stops_at_the_limit,
            a_large_stream_is_read_whole,
        }
        faults {
            a_revoked_token_is_unauthorized,
            an_unknown_container_is_told,
            passing_faults_are_repeated_when_reading,
            lasting_faults_end_with_their_kind,
            answers_of_another_shape_are_told_apart,
        }
    );
}
