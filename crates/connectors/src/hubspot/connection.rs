//! One account as a connection: what the engine asks, turned into requests.

use std::sync::Arc;

use async_stream::try_stream;
use async_trait::async_trait;
use chrono::DateTime;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use model::{Budget, StreamField, StreamSchema};
use tokio::sync::Mutex;

use super::api::Api;
use super::auth::HubspotSettings;
use super::changes::ChangedPages;
use super::fetched::FetchedPages;
use super::links::Names;
use super::listing::ObjectPages;
use super::read::{Columns, Row};
use super::refusal::{NO_OBJECT, NO_PROPERTY};
use super::schema::Object;
use super::write::{Batch, Writer};
use super::{discover, texts};
use crate::common::ahead::ReadAhead;
use crate::common::listing::{Listing, Pages};
use crate::common::rows::{of_records, row_page};
use crate::connector::{
    Account, Checkpoint, Connection, Context, Count, Outcome, Page, RowPage, Settings, Write,
};
use crate::error::{Error, Result};
use crate::http::Failure;

/// One account of HubSpot.
pub(super) struct HubspotAccount {
    api: Arc<Api>,
    settings: HubspotSettings,
    /// The types as last discovered; reading and writing need more of them than the product's schema holds.
    objects: Mutex<Option<Arc<Vec<Arc<Object>>>>>,
    writer: Writer,
}

impl HubspotAccount {
    pub(super) fn new(context: &Context, settings: &Settings) -> Result<HubspotAccount> {
        let settings = HubspotSettings::parse(context, settings)?;
        let api = Arc::new(Api::new(context, &settings)?);
        let writer = Writer::new(Arc::clone(&api), settings.key.clone());
        Ok(HubspotAccount { writer, api, settings, objects: Mutex::default() })
    }

    /// Asks for the types of objects and remembers them.
    async fn discover_objects(&self) -> Result<Arc<Vec<Arc<Object>>>> {
        let objects = discover::objects(&self.api, &self.settings).await?;
        let objects = Arc::new(objects.into_iter().map(Arc::new).collect::<Vec<_>>());
        *self.objects.lock().await = Some(Arc::clone(&objects));
        Ok(objects)
    }

    /// What is known of a stream beyond the product's schema.
    async fn object(&self, stream: &StreamSchema) -> Result<Arc<Object>> {
        let known = self.objects.lock().await.clone();
        let objects = match known {
            Some(objects) => objects,
            None => self.discover_objects().await?,
        };
        let found = objects.iter().find(|object| object.id == stream.id).cloned();
        found.ok_or_else(|| texts::no_object(&stream.id))
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
        F: FnOnce(&Object, &Arc<Columns>) -> P + Send + 'a,
    {
        Box::pin(try_stream! {
            let object = self.object(stream).await?;
            let columns = Columns::of(&object, fields).map_err(|gone| texts::field_gone(stream, &gone))?;
            let columns = Arc::new(columns);
            let mut names = Names::new(&self.api);
            let mut pages = ReadAhead::start(listing(&object, &columns), since);
            loop {
                let listed = match pages.next().await {
                    Ok(Some(listed)) => listed,
                    Ok(None) => break,
                    Err(failure) => Err(explain(failure, stream))?,
                };
                let records = names.complete(&columns, listed.records).await;
                let records = records.map_err(|failure| explain(failure, stream))?;
                yield Page { records, next: listed.next.map(Checkpoint), restarted: listed.restarted };
            }
        })
    }
}

/// What it means that the records of a known type cannot be had or changed.
fn explain(failure: Failure, stream: &StreamSchema) -> Error {
    match failure.code.as_str() {
        NO_PROPERTY => {
            let known = stream.fields.iter().find(|field| field.id == failure.said);
            texts::field_gone(stream, known.map_or(&failure.said, |field| &field.name))
        }
        NO_OBJECT => texts::no_object(&stream.name),
        _ => *failure.error,
    }
}

#[async_trait]
impl Connection for HubspotAccount {
    async fn check(&self) -> Result<Account> {
        // One record proves the token, the type of object and the right to read it.
        let object = &self.settings.object_type;
        self.api.list(self.api.listed(object, &[], &[], 1), None, |_| ()).await?;
        // The account's number needs no right of its own, but a refusal of it is no fault of the token.
        let name = self.api.account().await.map(|account| account.portal_id.to_string());
        Ok(Account { name: name.unwrap_or_default() })
    }

    async fn discover(&self) -> Result<Vec<StreamSchema>> {
        Ok(self.discover_objects().await?.iter().map(|object| object.stream()).collect())
    }

    async fn count(&self, stream: &StreamSchema, limit: u64) -> Result<Count> {
        let object = self.object(stream).await?;
        let columns = Columns::of(&object, &[]).map_err(|gone| texts::field_gone(stream, &gone))?;
        let listing = Listing::new(ObjectPages::new(&self.api, &object.id, &Arc::new(columns)), None);
        let count = listing.count(limit).await.map_err(|failure| explain(failure, stream))?;
        Ok(Count::up_to(limit, count))
    }

    fn read<'a>(
        &'a self,
        stream: &'a StreamSchema,
        fields: &'a [StreamField],
        since: Option<Checkpoint>,
    ) -> BoxStream<'a, Result<Page>> {
        let listing =
            |object: &Object, columns: &Arc<Columns>| ObjectPages::new(&self.api, &object.id, columns);
        self.pages(stream, fields, since, listing)
    }

    fn fetch<'a>(
        &'a self,
        stream: &'a StreamSchema,
        fields: &'a [StreamField],
        ids: &'a [String],
    ) -> Option<BoxStream<'a, Result<Page>>> {
        Some(self.pages(stream, fields, None, move |object, columns| {
            FetchedPages::new(&self.api, &object.id, columns, ids)
        }))
    }

    fn rows<'a>(&'a self, stream: &'a StreamSchema, mark: Option<&'a str>) -> BoxStream<'a, Result<RowPage>> {
        if !self.settings.changes_only {
            return of_records(self.read(stream, &stream.fields, None), stream);
        }
        let since = mark.and_then(|mark| DateTime::from_timestamp_millis(mark.parse().ok()?));
        let mut pages = match since {
            None => self.read(stream, &stream.fields, None),
            Some(since) => self.pages(stream, &stream.fields, None, move |object, columns| {
                ChangedPages::new(&self.api, &object.id, columns, since)
            }),
        };
        Box::pin(try_stream! {
            // By the service's clock, which its first answer tells.
            self.object(stream).await?;
            let began = self.api.channel().service_now().timestamp_millis().to_string();
            while let Some(page) = pages.next().await.transpose()? {
                let mark = page.next.is_none().then(|| began.clone());
                yield RowPage { mark, only_changes: since.is_some(), ..row_page(&page, stream) };
            }
        })
    }

    fn budgets(&self) -> Vec<Budget> {
        self.api.channel().budgets()
    }

    async fn write(&self, stream: &StreamSchema, batch: &[Write]) -> Result<Vec<Outcome>> {
        let object = self.object(stream).await?;
        let Batch { outcomes, fault } = self.writer.write(&object, batch).await;
        let Some(failure) = fault else { return Ok(outcomes.into_iter().flatten().collect()) };
        let error = explain(failure, stream);
        if !outcomes.iter().flatten().any(|outcome| matches!(outcome, Outcome::Written(_))) {
            return Err(error);
        }
        let settled =
            |outcome: Option<Outcome>| outcome.unwrap_or_else(|| Outcome::NotWritten(error.clone()));
        Ok(outcomes.into_iter().map(settled).collect())
    }
}
