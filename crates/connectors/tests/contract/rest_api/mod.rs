//! Any API against a simulator that lists customers in every usual way.

mod changes;
mod circles;
mod forms;
mod paging;
mod probing;
mod records;
mod secrets;
mod sizes;

use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use connectors::http::{Http, Policy};
use connectors::rest_api::RestApi;
use connectors::{Connection, Connector, Context, Result, RowPage, Settings};
use futures_util::StreamExt;
use model::{StreamSchema, Value};
use sandbox::rest::{Access, Options, Simulator};
use sandbox::{Answer, Fault, Faults, Log};
use secrecy::SecretString;
use serde_json::json;

use crate::fixture::Fixture;

/// A way to list, as the form describes it.
pub(crate) trait Way: Send + Sync + 'static {
    const PATH: &str;
    const SETTINGS: &[(&str, &str)];
}

pub(crate) struct Cursor;

impl Way for Cursor {
    const PATH: &str = "cursor";
    const SETTINGS: &[(&str, &str)] = &[
        ("data_path", "data.items"),
        ("paging", "cursor"),
        ("cursor_param", "cursor"),
        ("cursor_path", "meta.next_cursor"),
        ("size_param", "limit"),
        ("page_size", "100"),
    ];
}

pub(crate) struct Numbered;

impl Way for Numbered {
    const PATH: &str = "page";
    const SETTINGS: &[(&str, &str)] =
        &[("data_path", "$.data[*]"), ("paging", "page"), ("size_param", "per_page"), ("page_size", "100")];
}

/// The API, listed in one way.
pub(crate) struct RestService<W> {
    pub(crate) simulator: Simulator,
    way: PhantomData<W>,
}

impl<W: Way> Fixture for RestService<W> {
    const PENALTY: Duration = Duration::from_secs(10);
    const STREAM: &str = W::PATH;

    fn connector() -> Box<dyn Connector> {
        Box::new(RestApi)
    }

    async fn start(limited: bool) -> Self {
        let options = if limited { Options::default() } else { Options::unlimited() };
        RestService { simulator: Simulator::start(options).await.expect("a free port"), way: PhantomData }
    }

    fn base_url(&self) -> String {
        self.simulator.url().to_owned()
    }

    fn settings(&self) -> Settings {
        settings(&self.simulator, W::PATH, W::SETTINGS)
    }

    fn settings_elsewhere(&self) -> Settings {
        settings(&self.simulator, "nowhere", W::SETTINGS)
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
        self.simulator.add(records);
    }

    fn delete(&self, id: &str) {
        assert!(self.simulator.delete(id.parse().expect("an id")));
    }

    fn stored(&self) -> Vec<String> {
        self.simulator.ids().iter().map(u64::to_string).collect()
    }

    fn sample(number: usize) -> BTreeMap<&'static str, Value> {
        BTreeMap::from([("name", Value::Text(format!("Cave n° {number}")))])
    }

    fn refused() -> BTreeMap<&'static str, Value> {
        Self::sample(0)
    }

    fn echo(status: u16, text: &str) -> Fault {
        Fault::Answer(Answer::json(status, &json!({"error": {"message": text}})))
    }
}

/// Settings for a path. The address's server is not used: the tests' own stands for it.
pub(super) fn settings(simulator: &Simulator, path: &str, values: &[(&str, &str)]) -> Settings {
    let url = format!("https://api.example.com/{path}");
    let mut all = vec![("url", url.as_str())];
    let mut secrets = BTreeMap::new();
    let access = simulator.access();
    match &access {
        Access::Open => all.push(("auth_type", "none")),
        Access::Bearer(token) => {
            all.push(("auth_type", "bearer"));
            secrets.insert("token".to_owned(), SecretString::from(token.as_str()));
        }
        Access::Basic(user, password) => {
            all.extend([("auth_type", "basic"), ("username", user.as_str())]);
            secrets.insert("password".to_owned(), SecretString::from(password.as_str()));
        }
        Access::Header(name, value) => {
            let (prefix, key) = value.rsplit_once(' ').unwrap_or(("", value));
            all.extend([("auth_type", "api_key"), ("key_name", name.as_str()), ("key_prefix", prefix)]);
            secrets.insert("api_key".to_owned(), SecretString::from(key));
        }
        Access::Param(name, value) => {
            all.extend([("auth_type", "api_key"), ("key_name", name.as_str()), ("key_in", "query")]);
            secrets.insert("api_key".to_owned(), SecretString::from(value.as_str()));
        }
    }
    all.extend(values);
    let values = all.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
    Settings { values, secrets }
}

/// A simulator without limits that holds this many customers.
pub(super) async fn filled(customers: usize) -> Simulator {
    let simulator = Simulator::start(Options::unlimited()).await.expect("a free port");
    simulator.add(customers);
    simulator
}

/// A connection with these settings, whose server is the simulator, and which waits for nothing.
pub(super) fn connect(simulator: &Simulator, settings: Settings) -> Result<Arc<dyn Connection>> {
    let http = Http::new(Policy::without_waiting()).expect("a client");
    let context = Context { http, base_url: Some(simulator.url().to_owned()), tokens: None };
    RestApi.connect(&context, settings)
}

/// A connection to a path of it.
pub(super) fn open(simulator: &Simulator, path: &str, values: &[(&str, &str)]) -> Arc<dyn Connection> {
    connect(simulator, settings(simulator, path, values)).expect("a connection")
}

/// All pages of rows.
pub(super) async fn pages(connection: &dyn Connection, mark: Option<&str>) -> Result<Vec<RowPage>> {
    let stream = StreamSchema { id: "rows".to_owned(), name: "rows".to_owned(), fields: Vec::new() };
    connection.rows(&stream, mark).collect::<Vec<_>>().await.into_iter().collect()
}

/// All rows as they came.
pub(super) async fn rows(connection: &dyn Connection) -> Result<Vec<String>> {
    let pages = pages(connection, None).await?;
    Ok(pages.into_iter().flat_map(|page| page.rows).map(|row| row.content).collect())
}

/// Every test of the suite but these: nobody knows how any API words an expired cursor or a used up quota,
/// and what is only read is not written.
macro_rules! both {
    ($($name:ident: $fixture:ty),*) => {
        $(pub(crate) mod $name {
            crate::suite::contract!($fixture, only reading, and
                reads {
                    a_reading_runs_a_few_pages_ahead_and_stops_when_dropped,
                }
                faults {
                    a_revoked_token_is_unauthorized,
                    an_unreachable_service_is_told,
                }
                limits {
                    retry_after_is_obeyed,
                    a_penalty_is_kept_by_every_connection,
                    careless_retry_afters_do_not_stop_the_reading,
                }
            );
        })*
    };
}

both!(cursor: crate::rest_api::RestService<crate::rest_api::Cursor>, numbered: crate::rest_api::RestService<crate::rest_api::Numbered>);
