//! Workday against its simulator: a report, by both ways in, and the workers.

mod reading;
mod refusals;
mod streaming;

use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use connectors::http::{Http, Policy};
use connectors::workday::Workday;
use connectors::{Connection, Connector, Context, Page, Result, Settings};
use futures_util::StreamExt;
use model::{StreamSchema, Value};
use sandbox::workday::{
    CLIENT, OWNER, Options, PASSWORD, REFRESH_TOKEN, REPORT, SECRET, Simulator, TENANT, USER,
};
use sandbox::{Answer, Fault, Faults, Log};
use serde_json::json;

use crate::fixture::Fixture;

/// Where the tenant is outside of the tests.
const SERVER: &str = "https://wd2-impl-services1.workday.com";

/// What is read, and by whom.
pub(crate) trait Way: Send + Sync + 'static {
    const STREAM: &str;
    const COLUMN: &str;
    fn settings(tenant: &str) -> Settings;
    fn ids(simulator: &Simulator) -> Vec<String>;
    fn echo(status: u16, text: &str) -> Fault;
}

/// The report, read by the integration user.
pub(crate) struct Report;

impl Way for Report {
    const STREAM: &str = REPORT;
    const COLUMN: &str = "Worker";

    fn settings(tenant: &str) -> Settings {
        by_user(tenant, &report_url(tenant))
    }

    fn ids(simulator: &Simulator) -> Vec<String> {
        simulator.ids().iter().map(u64::to_string).collect()
    }

    fn echo(status: u16, text: &str) -> Fault {
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        let body = format!("<?xml version=\"1.0\"?>\n<wd:error><wd:message>{text}</wd:message></wd:error>");
        Fault::Answer(Answer::text(status, "text/xml", body))
    }
}

/// The workers, read by a client.
pub(crate) struct Workers;

impl Way for Workers {
    const STREAM: &str = "Workers";
    const COLUMN: &str = "descriptor";

    fn settings(tenant: &str) -> Settings {
        by_client(tenant, "")
    }

    fn ids(simulator: &Simulator) -> Vec<String> {
        simulator.wids()
    }

    fn echo(status: u16, text: &str) -> Fault {
        Fault::Answer(Answer::json(status, &json!({"error": text, "errors": [{"error": text}]})))
    }
}

/// The tenant, read in one way.
pub(crate) struct Tenant<W> {
    simulator: Simulator,
    way: PhantomData<W>,
}

impl<W: Way> Fixture for Tenant<W> {
    const PENALTY: Duration = Duration::from_secs(10);
    const STREAM: &str = W::STREAM;

    fn connector() -> Box<dyn Connector> {
        Box::new(Workday)
    }

    async fn start(limited: bool) -> Self {
        let options = if limited { Options::default() } else { Options::unlimited() };
        Tenant { simulator: Simulator::start(options).await.expect("a free port"), way: PhantomData }
    }

    fn base_url(&self) -> String {
        self.simulator.url().to_owned()
    }

    fn settings(&self) -> Settings {
        W::settings(TENANT)
    }

    fn settings_elsewhere(&self) -> Settings {
        W::settings("nobody")
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

    fn fill(&self, records: usize) {
        self.simulator.hire(records);
    }

    fn delete(&self, id: &str) {
        let place = self.stored().iter().position(|stored| stored == id).expect("the worker");
        assert!(self.simulator.delete(self.simulator.ids()[place]));
    }

    fn stored(&self) -> Vec<String> {
        W::ids(&self.simulator)
    }

    fn sample(number: usize) -> BTreeMap<&'static str, Value> {
        BTreeMap::from([(W::COLUMN, Value::Text(format!("Aïcha {number}")))])
    }

    fn refused() -> BTreeMap<&'static str, Value> {
        Self::sample(0)
    }

    fn echo(status: u16, text: &str) -> Fault {
        W::echo(status, text)
    }
}

fn report_url(tenant: &str) -> String {
    format!("{SERVER}/ccx/service/customreport2/{tenant}/{OWNER}/{REPORT}?format=json")
}

/// A client's settings; without a report's address, for the workers.
fn by_client(tenant: &str, report: &str) -> Settings {
    settings(
        tenant,
        &[("client_id", CLIENT), ("report_url", report)],
        &[("client_secret", SECRET), ("refresh_token", REFRESH_TOKEN)],
    )
}

fn by_user(tenant: &str, report: &str) -> Settings {
    let values = [("auth_type", "basic"), ("username", USER), ("report_url", report)];
    settings(tenant, &values, &[("password", PASSWORD)])
}

fn settings(tenant: &str, values: &[(&str, &str)], secrets: &[(&str, &str)]) -> Settings {
    let address = format!("{SERVER}/ccx/api/v1/{tenant}");
    let all = values.iter().copied().chain([("tenant_url", address.as_str())]);
    Settings {
        values: all.map(|(key, value)| (key.to_owned(), value.to_owned())).collect(),
        secrets: secrets.iter().map(|(key, value)| ((*key).to_owned(), (*value).into())).collect(),
    }
}

/// A connection with these settings, which waits for nothing.
fn open(simulator: &Simulator, settings: Settings) -> Arc<dyn Connection> {
    let http = Http::new(Policy::without_waiting()).expect("a client");
    let context = Context { http, base_url: Some(simulator.url().to_owned()), tokens: None };
    Workday.connect(&context, settings).expect("a connection")
}

/// A connection to the report by the integration user.
fn open_report(simulator: &Simulator) -> Arc<dyn Connection> {
    open(simulator, by_user(TENANT, &report_url(TENANT)))
}

/// A simulator without limits, with this many people.
async fn filled(people: usize) -> Simulator {
    let simulator = Simulator::start(Options::unlimited()).await.expect("a free port");
    simulator.hire(people);
    simulator
}

async fn described(connection: &dyn Connection) -> StreamSchema {
    connection.discover().await.expect("streams").remove(0)
}

async fn read(connection: &dyn Connection, stream: &StreamSchema) -> Result<Vec<Page>> {
    connection.read(stream, &stream.fields, None).collect::<Vec<_>>().await.into_iter().collect()
}

// Every test of the suite but these: no quota and no cursor is known, nothing is written, and only what comes in
// pages is read ahead and has a middle where a wait may be asked for.

pub(crate) mod report {
    crate::suite::contract!(crate::workday::Tenant<crate::workday::Report>, only reading, and
        faults {
            a_revoked_token_is_unauthorized,
            an_unreachable_service_is_told,
        }
        limits {
            a_penalty_is_kept_by_every_connection,
        }
    );
}

pub(crate) mod workers {
    crate::suite::contract!(crate::workday::Tenant<crate::workday::Workers>, only reading, and
        reads {
            a_reading_runs_a_few_pages_ahead_and_stops_when_dropped,
        }
        limits {
            retry_after_is_obeyed,
            careless_retry_afters_do_not_stop_the_reading,
        }
    );
}
