//! A service to test against: what the suite needs to know of it, and no more.

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use connectors::http::{Http, Policy};
use connectors::{Checkpoint, Connection, Connector, Context, Page, Result, Settings, Write};
use futures_util::StreamExt;
use model::{StreamField, StreamSchema, Value};
use sandbox::{Fault, Faults, Kind, Log, Rule};

/// A simulator with one empty stream, seen from the inside.
pub(crate) trait Fixture: Sized + Send + Sync + 'static {
    /// The connector under test.
    fn connector() -> Box<dyn Connector>;
    /// Starts the service; `limited` with its documented request limit, else without.
    fn start(limited: bool) -> impl Future<Output = Self> + Send;
    fn base_url(&self) -> String;
    /// Settings that work.
    fn settings(&self) -> Settings;
    /// The same settings, but the container (base, workspace, account) does not exist.
    fn settings_elsewhere(&self) -> Settings;
    /// The name of the stream.
    const STREAM: &str;
    /// A text field of the stream that one can write, to try how long a text may be.
    const TEXT: Option<&str> = None;
    /// A field of the sample that links to other records.
    const LINK: Option<&str> = None;
    /// Settings with which a record is created by a key of the person's own, which the sample holds.
    fn keyed_settings(&self) -> Option<Settings> {
        None
    }
    /// Makes the credentials in the settings invalid.
    fn revoke(&self);
    fn faults(&self) -> &Faults;
    fn log(&self) -> &Log;
    /// Puts this many samples into the stream.
    fn fill(&self, records: usize);
    /// Deletes a record of the stream.
    fn delete(&self, id: &str);
    /// The ids of the stream's records.
    fn stored(&self) -> Vec<String>;
    /// A record by field name; no two numbers give the same. It uses every kind of field one can write.
    fn sample(number: usize) -> BTreeMap<&'static str, Value>;
    /// What a field of the sample reads as once it was cleared; nothing where the service has no record
    /// without it.
    fn cleared(_field: &str) -> Option<Value> {
        Some(Value::Empty)
    }
    /// A record that the service refuses.
    fn refused() -> BTreeMap<&'static str, Value>;
    /// The service's words when it refuses for a reason that quotes this text.
    fn echo(status: u16, text: &str) -> Fault;
    /// How long the service is left alone after a refusal for the rate that names no time.
    const PENALTY: Duration;
}

/// A connection to a running service.
pub(crate) struct Opened<F> {
    pub(crate) service: F,
    pub(crate) connection: Arc<dyn Connection>,
    pub(crate) stream: StreamSchema,
}

/// Starts a service without limits, puts samples into it and opens its stream.
pub(crate) async fn open<F: Fixture>(records: usize) -> Opened<F> {
    open_with(F::start(false).await, records, Policy::without_waiting()).await
}

pub(crate) async fn open_with<F: Fixture>(service: F, records: usize, policy: Policy) -> Opened<F> {
    service.fill(records);
    let http = Http::new(policy).expect("a client");
    let connection = connect(&service, &http, service.settings());
    let stream = stream_of(&*connection, F::STREAM).await;
    service.log().clear();
    Opened { service, connection, stream }
}

/// The same stream, empty, through a connection that creates by key, where there is one.
pub(crate) async fn open_keyed<F: Fixture>() -> Option<Opened<F>> {
    let service = F::start(false).await;
    let http = Http::new(Policy::without_waiting()).expect("a client");
    let connection = connect(&service, &http, service.keyed_settings()?);
    let stream = stream_of(&*connection, F::STREAM).await;
    Some(Opened { service, connection, stream })
}

/// The stream of that name.
pub(crate) async fn stream_of(connection: &dyn Connection, name: &str) -> StreamSchema {
    let streams = connection.discover().await.expect("streams");
    streams.into_iter().find(|stream| stream.name == name).expect("the stream")
}

/// A connection with these settings.
pub(crate) fn connect<F: Fixture>(service: &F, http: &Http, settings: Settings) -> Arc<dyn Connection> {
    let context = Context { http: http.clone(), base_url: Some(service.base_url()), tokens: None };
    F::connector().connect(&context, settings).expect("a connection")
}

impl<F: Fixture> Opened<F> {
    /// The next request of this kind meets this fault.
    pub(crate) fn next(&self, kind: Kind, fault: Fault) {
        self.script(Rule::new(kind, fault));
    }

    pub(crate) fn script(&self, rule: Rule) {
        self.service.faults().add(rule);
    }

    /// Every page, all fields.
    pub(crate) async fn pages(&self) -> Result<Vec<Page>> {
        self.pages_since(None).await
    }

    pub(crate) async fn pages_since(&self, since: Option<Checkpoint>) -> Result<Vec<Page>> {
        let pages = self.connection.read(&self.stream, &self.stream.fields, since);
        pages.collect::<Vec<_>>().await.into_iter().collect()
    }

    /// A record to create, its fields found by name.
    pub(crate) fn create(&self, fields: &BTreeMap<&'static str, Value>) -> Write {
        Write::Create(self.by_id(fields))
    }

    pub(crate) fn update(&self, id: &str, fields: &BTreeMap<&'static str, Value>) -> Write {
        Write::Update(id.to_owned(), self.by_id(fields))
    }

    fn by_id(&self, fields: &BTreeMap<&'static str, Value>) -> BTreeMap<Arc<str>, Value> {
        fields.iter().map(|(name, value)| (Arc::from(self.field(name).id.as_str()), value.clone())).collect()
    }

    pub(crate) fn field(&self, name: &str) -> &StreamField {
        self.stream.find(name).unwrap_or_else(|| panic!("no field {name}"))
    }
}

/// The ids on these pages, in order.
pub(crate) fn ids(pages: &[Page]) -> Vec<String> {
    pages.iter().flat_map(|page| &page.records).map(|record| record.id.clone()).collect()
}
