//! The seam: what a service must be able to do for the engine.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use futures_util::stream::BoxStream;
use model::dataset::Row;
use model::{Budget, ConnectorSpec, DealField, FieldKey, Record, StreamField, StreamSchema, Text, Value};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use crate::common::rows::of_records;
use crate::error::{Error, Result};
use crate::hint::{Hints, Subscriber};
use crate::http::{Http, TokenKeeper, oauth2};
use crate::probe::Probe;

/// A kind of service.
pub trait Connector: Send + Sync {
    /// What it is and what it asks for.
    fn spec(&self) -> ConnectorSpec;

    /// How to get at the credentials and what is not possible: Markdown, in French, then in English.
    fn guide(&self) -> &'static str;

    /// Where deals are kept, where the service decides it and no form asks.
    fn deals(&self) -> Option<DealsHome> {
        None
    }

    /// The field of the form that names the one stream a connection is about, where the service has several.
    fn stream_setting(&self) -> Option<&'static str> {
        None
    }

    /// Who an account of it is at an authorization server, where it is reached through one: the client of a
    /// form with the usual names, unless the connector knows better.
    fn oauth2(&self, _context: &Context, settings: &Settings) -> Option<Result<oauth2::Client>> {
        oauth2::Client::of_form(settings)
    }

    /// How it says that something changed, where it does.
    fn hints(&self) -> Option<&dyn Hints> {
        None
    }

    /// The page of a record, where people see it in the service, by the settings, the stream's id and the
    /// record's; `None` where there is none or its address cannot be known.
    fn record_url(&self, _settings: &Settings, _stream: &str, _external_id: &str) -> Option<String> {
        None
    }

    /// An account of it, configured. Nothing is sent yet.
    ///
    /// # Errors
    /// `InvalidSettings` when a required setting is missing.
    fn connect(&self, context: &Context, settings: Settings) -> Result<Arc<dyn Connection>>;
}

/// The stream a service keeps deals in, the same in every account.
#[derive(Clone, Copy, Debug)]
pub struct DealsHome {
    /// The stream's id.
    pub stream: &'static str,
    /// Which of its fields, by id, is which of a deal's, as long as nobody says otherwise.
    pub fields: &'static [(DealField, &'static str)],
}

/// One configured account of a service.
#[async_trait]
pub trait Connection: Send + Sync {
    /// The cheapest authenticated proof that the account answers; names what was found.
    async fn check(&self) -> Result<Account>;

    /// The streams the account offers, with their fields.
    async fn discover(&self) -> Result<Vec<StreamSchema>>;

    /// How many records a stream holds, counting at most `limit`.
    async fn count(&self, stream: &StreamSchema, limit: u64) -> Result<Count>;

    /// Reads the stream page by page, only the given fields, from a checkpoint or from the start.
    ///
    /// A record's field is absent only if it could not be asked for; what the service leaves out
    /// because it is empty is [`Value::Empty`].
    fn read<'a>(
        &'a self,
        stream: &'a StreamSchema,
        fields: &'a [StreamField],
        since: Option<Checkpoint>,
    ) -> BoxStream<'a, Result<Page>>;

    /// Reads some records by their ids, as [`Connection::read`] would; those that are gone are left out.
    /// `None` where the service cannot be asked for them.
    fn fetch<'a>(
        &'a self,
        _stream: &'a StreamSchema,
        _fields: &'a [StreamField],
        _ids: &'a [String],
    ) -> Option<BoxStream<'a, Result<Page>>> {
        None
    }

    /// Reads everything the stream holds, whatever its fields, as rows. Where the service tells changes
    /// apart, only what changed after `mark`, which an earlier reading ended with.
    fn rows<'a>(
        &'a self,
        stream: &'a StreamSchema,
        _mark: Option<&'a str>,
    ) -> BoxStream<'a, Result<RowPage>> {
        of_records(self.read(stream, &stream.fields, None), stream)
    }

    /// Sends one request as the settings say and tells everything about it, whatever comes: for somebody who
    /// is filling in the form. `None` where the check says all there is to say.
    async fn probe(&self) -> Option<Probe> {
        None
    }

    /// Who asks the service for hints, where a connection can.
    fn subscriber(&self) -> Option<&dyn Subscriber> {
        None
    }

    /// What the service said last is left of its allowances; nothing is sent.
    fn budgets(&self) -> Vec<Budget> {
        Vec::new()
    }

    /// Writes at most `capabilities.write_batch` records; one outcome per write, in order.
    ///
    /// A record the service refuses does not sink the others. After an answer that leaves it open
    /// whether the write was applied, the connector looks before it repeats.
    ///
    /// # Errors
    /// When nothing was written at all: unauthorized, unreachable, gone. Once something was, the
    /// same fault is the [`Outcome::NotWritten`] of the others: what was written must not be lost.
    async fn write(&self, stream: &StreamSchema, batch: &[Write]) -> Result<Vec<Outcome>>;
}

/// What a connector gets from the program: the shared HTTP kit and where the service is.
#[derive(Clone)]
pub struct Context {
    /// The one outgoing client, with its retries and limiters.
    pub http: Http,
    /// The service's base URL, without version path, set by the operator; `None` for the real one.
    pub base_url: Option<String>,
    /// Where the connection's renewed tokens are kept; `None` while its form is being filled.
    pub tokens: Option<Arc<dyn TokenKeeper>>,
}

/// The values of a connector's form.
#[derive(Clone, Default)]
pub struct Settings {
    /// Plain values by key.
    pub values: BTreeMap<String, String>,
    /// Secrets by key.
    pub secrets: BTreeMap<String, SecretString>,
}

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The account or workspace, in the service's words; empty when it does not say.
    pub name: String,
}

/// A number of records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// There are exactly that many.
    Exactly(u64),
    /// There are more than that.
    MoreThan(u64),
}

impl Count {
    /// What is told of so many records when only up to `limit` are counted.
    pub(crate) fn up_to(limit: u64, count: u64) -> Count {
        if count > limit { Count::MoreThan(limit) } else { Count::Exactly(count) }
    }
}

/// Where a reading stands; only its connector understands it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint(pub String);

/// Some rows, as they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowPage {
    /// The rows, in the service's order.
    pub rows: Vec<Row>,
    /// How many bytes the service sent for them, after decompression.
    pub bytes: u64,
    /// The cells are texts as people typed them (CSV): numbers and dates are looked for in them.
    pub are_texts: bool,
    /// The reading holds only what changed after its mark: what it does not show is still there.
    pub only_changes: bool,
    /// What the next reading may begin after; the last page's counts.
    pub mark: Option<String>,
    /// What to know although it was read.
    pub warnings: Vec<Text>,
}

/// Some records, and where the reading stands once they are dealt with.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The records, in the service's order.
    pub records: Vec<Record>,
    /// Where to go on; `None` on the last page.
    pub next: Option<Checkpoint>,
    /// The listing was begun anew because the service had forgotten where it stood: records seen
    /// before come again.
    pub restarted: bool,
}

/// One record to write.
#[derive(Clone, Debug, PartialEq)]
pub enum Write {
    /// A new record with these fields.
    Create(BTreeMap<FieldKey, Value>),
    /// These fields of an existing record; the others stay. [`Value::Empty`] clears a field.
    Update(String, BTreeMap<FieldKey, Value>),
}

/// What became of one write.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Written; the service's id of the record.
    Written(String),
    /// The record to update is no longer there.
    Gone,
    /// The service refused this record alone.
    Rejected(Text),
    /// The service failed before it came to this record, after others of the batch were written.
    NotWritten(Error),
}
