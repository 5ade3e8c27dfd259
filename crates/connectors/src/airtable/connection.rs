//! One base as a connection: what the engine asks, turned into requests.

use std::sync::Arc;

use async_stream::try_stream;
use async_trait::async_trait;
use futures_util::stream::BoxStream;
use model::{StreamField, StreamSchema};
use tokio::sync::Mutex;

use super::api::Api;
use super::links::Names;
use super::listing::TablePages;
use super::query::{self, Query};
use super::read::Columns;
use super::schema::Table;
use super::spec::AirtableSettings;
use super::write::{Batch, Writer};
use super::{refusal, texts};
use crate::common::ahead::ReadAhead;
use crate::common::listing::Listing;
use crate::connector::{Account, Checkpoint, Connection, Context, Count, Outcome, Page, Settings, Write};
use crate::error::{Error, ErrorKind, Result};
use crate::hint::Subscriber;
use crate::http::Failure;

pub(super) const READ_RECORDS: &str = "data.records:read";
const WRITE_RECORDS: &str = "data.records:write";
const READ_SCHEMA: &str = "schema.bases:read";

/// One base of Airtable.
pub(super) struct AirtableBase {
    pub(super) api: Arc<Api>,
    /// The tables as last discovered; reading and writing need more of them than the product's schema holds.
    tables: Mutex<Option<Arc<Vec<Arc<Table>>>>>,
    writer: Writer,
}

impl AirtableBase {
    pub(super) fn new(context: &Context, settings: &Settings) -> Result<AirtableBase> {
        let settings = AirtableSettings::parse(settings)?;
        let api = Arc::new(Api::new(context, &settings)?);
        Ok(AirtableBase { writer: Writer::new(Arc::clone(&api)), api, tables: Mutex::default() })
    }

    /// Asks for the tables and remembers them.
    async fn discover_tables(&self) -> Result<Arc<Vec<Arc<Table>>>> {
        let tables = match self.api.tables().await {
            Ok(tables) => Arc::new(tables),
            Err(failure) => return Err(self.explain_base(failure).await),
        };
        *self.tables.lock().await = Some(Arc::clone(&tables));
        Ok(tables)
    }

    async fn tables(&self) -> Result<Arc<Vec<Arc<Table>>>> {
        let known = self.tables.lock().await.clone();
        match known {
            Some(tables) => Ok(tables),
            None => self.discover_tables().await,
        }
    }

    /// What is known of a stream beyond the product's schema.
    async fn table(&self, stream: &StreamSchema) -> Result<Arc<Table>> {
        let tables = self.tables().await?;
        let found = tables.iter().find(|table| table.id == stream.id).cloned();
        found.ok_or_else(|| texts::table_gone(&stream.name, &tables))
    }

    /// The first of these rights that the token lacks, where its scopes tell it.
    pub(super) async fn missing_scope(&self, needed: &[&str]) -> Option<Error> {
        let scopes = self.api.who_am_i().await.ok()?.scopes?;
        let missing = needed.iter().find(|needed| !scopes.iter().any(|scope| scope == **needed))?;
        Some(texts::missing_scope(missing))
    }

    /// What it means that the base's tables cannot be had.
    pub(super) async fn explain_base(&self, failure: Failure) -> Error {
        if !is_denied(&failure) {
            return *failure.error;
        }
        self.missing_scope(&[READ_SCHEMA]).await.unwrap_or_else(texts::base_not_found)
    }

    /// What it means that the records of a known table cannot be had or changed.
    async fn explain_records(&self, failure: Failure, needed: &str, stream: &StreamSchema) -> Error {
        if failure.code == refusal::UNKNOWN_FIELD {
            let field = refusal::quoted(&failure.said);
            let name =
                stream.fields.iter().find(|known| known.id == field).map_or(field, |known| &known.name);
            return texts::field_gone(stream, name);
        }
        if !is_denied(&failure) {
            return *failure.error;
        }
        if let Some(error) = self.missing_scope(&[needed]).await {
            return error;
        }
        if failure.code == refusal::ROLE_TOO_LOW && needed == WRITE_RECORDS {
            return texts::not_allowed_to_write(&stream.name);
        }
        match self.api.tables().await {
            // It is still there: what was said of it holds.
            Ok(tables) if tables.iter().any(|table| table.id == stream.id) => *failure.error,
            Ok(tables) => texts::table_gone(&stream.name, &tables),
            Err(failure) => self.explain_base(failure).await,
        }
    }
}

/// Whether the service says that something is not there or not for this token.
pub(super) fn is_denied(failure: &Failure) -> bool {
    matches!(failure.error.kind, ErrorKind::Forbidden | ErrorKind::NotFound)
}

#[async_trait]
impl Connection for AirtableBase {
    async fn check(&self) -> Result<Account> {
        // One call proves the token, the base and the right to see its tables. It names none of them.
        self.discover_tables().await?;
        Ok(Account { name: String::new() })
    }

    async fn discover(&self) -> Result<Vec<StreamSchema>> {
        Ok(self.discover_tables().await?.iter().map(|table| table.stream()).collect())
    }

    async fn count(&self, stream: &StreamSchema, limit: u64) -> Result<Count> {
        let table = self.table(stream).await?;
        // One field, the smallest answer there is: none asks for all.
        let fields = table.primary_column().map(|column| Arc::clone(&column.id)).into_iter().collect();
        let query = Query { fields, formula: None };
        let listing = Listing::new(TablePages::new(&self.api, &table.id, query, |_| ()), None);
        match listing.count(limit).await {
            Ok(count) => Ok(Count::up_to(limit, count)),
            Err(failure) => Err(self.explain_records(failure, READ_RECORDS, stream).await),
        }
    }

    fn read<'a>(
        &'a self,
        stream: &'a StreamSchema,
        fields: &'a [StreamField],
        since: Option<Checkpoint>,
    ) -> BoxStream<'a, Result<Page>> {
        Box::pin(try_stream! {
            let tables = self.tables().await?;
            let table = self.table(stream).await?;
            let columns = Columns::of(&table, fields);
            let mut names = Names::new(Arc::clone(&self.api), tables, &columns.asked);
            let query = columns.query(fields);
            let pages = TablePages::new(&self.api, &table.id, query, move |raw| columns.record(&raw));
            let mut pages = ReadAhead::start(pages, since);
            loop {
                let mut listed = match pages.next().await {
                    Ok(Some(listed)) => listed,
                    Ok(None) => break,
                    Err(failure) => Err(self.explain_records(failure, READ_RECORDS, stream).await)?,
                };
                names.resolve(&mut listed.records).await?;
                yield Page {
                    records: listed.records,
                    next: listed.next.map(Checkpoint),
                    restarted: listed.restarted,
                };
            }
        })
    }

    fn fetch<'a>(
        &'a self,
        stream: &'a StreamSchema,
        fields: &'a [StreamField],
        ids: &'a [String],
    ) -> Option<BoxStream<'a, Result<Page>>> {
        Some(Box::pin(try_stream! {
            let tables = self.tables().await?;
            let table = self.table(stream).await?;
            let columns = Columns::of(&table, fields);
            let mut names = Names::new(Arc::clone(&self.api), tables, &columns.asked);
            for formula in query::among(ids) {
                let query = Query { formula: Some(formula), ..columns.query(fields) };
                let pages = TablePages::new(&self.api, &table.id, query, |raw| columns.record(&raw));
                let mut listing = Listing::new(pages, None);
                loop {
                    let mut listed = match listing.next().await {
                        Ok(Some(listed)) => listed,
                        Ok(None) => break,
                        Err(failure) => Err(self.explain_records(failure, READ_RECORDS, stream).await)?,
                    };
                    names.resolve(&mut listed.records).await?;
                    yield Page { records: listed.records, next: None, restarted: listed.restarted };
                }
            }
        }))
    }

    fn subscriber(&self) -> Option<&dyn Subscriber> {
        Some(self)
    }

    async fn write(&self, stream: &StreamSchema, batch: &[Write]) -> Result<Vec<Outcome>> {
        let table = self.table(stream).await?;
        let Batch { outcomes, fault } = self.writer.write(&table, batch).await;
        let Some(failure) = fault else { return Ok(outcomes.into_iter().flatten().collect()) };
        let error = self.explain_records(failure, WRITE_RECORDS, stream).await;
        if !outcomes.iter().flatten().any(|outcome| matches!(outcome, Outcome::Written(_))) {
            return Err(error);
        }
        let settled =
            |outcome: Option<Outcome>| outcome.unwrap_or_else(|| Outcome::NotWritten(error.clone()));
        Ok(outcomes.into_iter().map(settled).collect())
    }
}
