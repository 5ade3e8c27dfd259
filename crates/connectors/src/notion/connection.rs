//! One database as a connection: what the engine asks, turned into requests.

use std::sync::Arc;

use async_stream::try_stream;
use async_trait::async_trait;
use futures_util::FutureExt;
use futures_util::future::try_join_all;
use futures_util::stream::BoxStream;
use model::{StreamField, StreamSchema, Text};
use tokio::sync::Mutex;

use super::api::{Api, Query};
use super::fetched::FetchedPages;
use super::listing::SourcePages;
use super::read::{Columns, Row};
use super::resolve::Resolver;
use super::schema::Source;
use super::spec::NotionSettings;
use super::write::{IN_FLIGHT, Writer};
use super::{refusal, schema, texts};
use crate::common::ahead::ReadAhead;
use crate::common::each::write_each;
use crate::common::listing::{Listing, Pages};
use crate::connector::{Account, Checkpoint, Connection, Context, Count, Outcome, Page, Settings, Write};
use crate::error::{Error, ErrorKind, Result};
use crate::http::Failure;

/// Rights of an integration, as its settings call them.
const READ: Text = Text::fixed("Lire du contenu", "Read content");
const WRITE: Text = Text::fixed("Mettre à jour et insérer du contenu", "Update and insert content");

/// One database of Notion.
pub(super) struct NotionDatabase {
    api: Arc<Api>,
    settings: NotionSettings,
    /// The data sources as last discovered; reading and writing need more of them than the product's
    /// schema holds.
    sources: Mutex<Option<Arc<Vec<Arc<Source>>>>>,
    writer: Writer,
}

/// What an id leads to.
enum Found {
    Database { title: String, sources: Vec<(String, String)> },
    Source(Source),
}

impl NotionDatabase {
    pub(super) fn new(context: &Context, settings: &Settings) -> Result<NotionDatabase> {
        let settings = NotionSettings::parse(settings)?;
        let api = Arc::new(Api::new(context, &settings)?);
        let writer = Writer::new(Arc::clone(&api), settings.create_options);
        Ok(NotionDatabase { api, settings, sources: Mutex::default(), writer })
    }

    /// The database of this id, or else the data source.
    async fn find(&self) -> Result<Found> {
        let id = &self.settings.database_id;
        let failure = match self.api.database(id).await {
            Ok(database) if database.in_trash => return Err(texts::in_trash()),
            Ok(database) => {
                let sources = database.sources.into_iter().map(|source| (source.id, source.name)).collect();
                return Ok(Found::Database { title: database.title, sources });
            }
            Err(failure) => failure,
        };
        if refusal::is_a_page(&failure) {
            return Err(texts::page_instead_of_database());
        }
        if !refusal::is_not_found(&failure) {
            return Err(explain(failure, &READ, texts::not_shared));
        }
        match self.api.source(id).await {
            Ok(source) if source.in_trash => Err(texts::in_trash()),
            Ok(source) => Ok(Found::Source(source)),
            Err(failure) => Err(explain(failure, &READ, texts::not_shared)),
        }
    }

    /// Asks for the data sources and remembers them.
    async fn discover_sources(&self) -> Result<Arc<Vec<Arc<Source>>>> {
        let sources = match self.find().await? {
            Found::Source(source) => vec![source],
            Found::Database { sources, .. } => {
                let asked = sources.into_iter().map(async |(id, name)| {
                    let source = self.api.source(&id).await?;
                    // The name of a database's only data source may be that of the database.
                    Ok(if source.name.is_empty() { Source { name, ..source } } else { source })
                });
                let asked: std::result::Result<Vec<Source>, Failure> = try_join_all(asked).await;
                asked.map_err(|failure| explain(failure, &READ, texts::not_shared))?
            }
        };
        let sources = Arc::new(sources.into_iter().map(Arc::new).collect::<Vec<_>>());
        *self.sources.lock().await = Some(Arc::clone(&sources));
        Ok(sources)
    }

    /// What is known of a stream beyond the product's schema.
    async fn source(&self, stream: &StreamSchema) -> Result<Arc<Source>> {
        let known = self.sources.lock().await.clone();
        let sources = match known {
            Some(sources) => sources,
            None => self.discover_sources().await?,
        };
        let found = sources.iter().find(|source| source.id == stream.id).cloned();
        found.ok_or_else(|| texts::source_gone(&stream.name))
    }

    /// The records that a listing gives, complete, page after page.
    fn pages<'a, P, F>(
        &'a self,
        stream: &'a StreamSchema,
        fields: &'a [StreamField],
        since: Option<Checkpoint>,
        listing: F,
    ) -> BoxStream<'a, Result<Page>>
    where
        P: Pages<Record = Row> + 'static,
        F: FnOnce(&Source, Columns) -> P + Send + 'a,
    {
        Box::pin(try_stream! {
            let source = self.source(stream).await?;
            let columns = Columns::of(&source, fields).map_err(|name| texts::property_gone(stream, &name))?;
            let mut pages = ReadAhead::start(listing(&source, columns), since);
            let mut resolver = Resolver::new(Arc::clone(&self.api));
            loop {
                let listed = match pages.next().await {
                    Ok(Some(listed)) => listed,
                    Ok(None) => break,
                    Err(failure) => Err(explain_pages(failure, &READ, stream))?,
                };
                if let Some(name) = listed.records.iter().find_map(|row| row.lacks.as_deref()) {
                    Err(texts::property_gone(stream, name))?;
                }
                let records = resolver.complete(listed.records).await?;
                yield Page { records, next: listed.next.map(Checkpoint), restarted: listed.restarted };
            }
        })
    }
}

/// What it means that something known cannot be had or changed.
fn explain(failure: Failure, needed: &Text, not_found: impl Fn() -> Error) -> Error {
    match failure.error.kind {
        ErrorKind::NotFound => not_found(),
        ErrorKind::Forbidden => texts::missing_capability(&needed.fr, &needed.en),
        _ => *failure.error,
    }
}

/// What it means that the pages of a known data source cannot be had or changed.
fn explain_pages(failure: Failure, needed: &Text, stream: &StreamSchema) -> Error {
    if refusal::is_unknown_property(&failure) {
        // It repeats the id as it was given: percent-encoded in a body, plain in an address.
        let named = refusal::unknown_property(&failure.said);
        let known = stream.fields.iter().find(|field| field.id == named || schema::plain(&field.id) == named);
        return texts::property_gone(stream, known.map_or(named, |field| &field.name));
    }
    explain(failure, needed, || texts::source_gone(&stream.name))
}

#[async_trait]
impl Connection for NotionDatabase {
    async fn check(&self) -> Result<Account> {
        // One call proves the token and that the database is shared with it.
        let name = match self.find().await? {
            Found::Database { title, .. } => title,
            Found::Source(source) => source.name,
        };
        Ok(Account { name })
    }

    async fn discover(&self) -> Result<Vec<StreamSchema>> {
        let sources = self.discover_sources().await?;
        Ok(sources.iter().map(|source| source.stream(self.settings.create_options)).collect())
    }

    async fn count(&self, stream: &StreamSchema, limit: u64) -> Result<Count> {
        // One property, the smallest answer there is: none asks for all.
        let query = Query { properties: vec!["title".to_owned()], created_since: None };
        let listing = Listing::new(SourcePages::new(&self.api, &stream.id, query, |_| ()), None);
        let count = listing.count(limit).await.map_err(|failure| explain_pages(failure, &READ, stream))?;
        Ok(Count::up_to(limit, count))
    }

    fn read<'a>(
        &'a self,
        stream: &'a StreamSchema,
        fields: &'a [StreamField],
        since: Option<Checkpoint>,
    ) -> BoxStream<'a, Result<Page>> {
        self.pages(stream, fields, since, |source, columns| {
            let query = columns.query();
            SourcePages::new(&self.api, &source.id, query, move |page| columns.row(&page))
        })
    }

    fn fetch<'a>(
        &'a self,
        stream: &'a StreamSchema,
        fields: &'a [StreamField],
        ids: &'a [String],
    ) -> Option<BoxStream<'a, Result<Page>>> {
        Some(self.pages(stream, fields, None, |source, columns| {
            FetchedPages::new(&self.api, &source.id, columns, ids)
        }))
    }

    async fn write(&self, stream: &StreamSchema, batch: &[Write]) -> Result<Vec<Outcome>> {
        let source = self.source(stream).await?;
        let writes = batch.iter().map(|write| self.writer.write(&source, write).boxed()).collect();
        write_each(writes, IN_FLIGHT, |failure| explain_pages(failure, &WRITE, stream)).await
    }
}
