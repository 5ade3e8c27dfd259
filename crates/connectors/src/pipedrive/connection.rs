//! One company as a connection: what the engine asks, turned into requests.

use std::collections::BTreeSet;
use std::sync::Arc;

use async_stream::try_stream;
use async_trait::async_trait;
use futures_util::FutureExt;
use futures_util::stream::BoxStream;
use model::{Budget, StreamField, StreamSchema};

use super::api::{Api, MOST_IDS, Query};
use super::directory::Directory;
use super::discovery::Discovery;
use super::links::Resolver;
use super::listing::EntityPages;
use super::read::Columns;
use super::schema::Model;
use super::settings::PipedriveSettings;
use super::spec::IN_FLIGHT;
use super::write::Writer;
use super::{refusal, texts};
use crate::common::ahead::ReadAhead;
use crate::common::cell::Cells;
use crate::common::each::write_each;
use crate::common::listing::Listing;
use crate::connector::{Account, Checkpoint, Connection, Context, Count, Outcome, Page, Settings, Write};
use crate::error::{Error, ErrorKind, Result};
use crate::hint::Subscriber;
use crate::http::Failure;

/// One company's Pipedrive.
pub(super) struct PipedriveCompany {
    pub(super) api: Arc<Api>,
    /// The company's word, as it was typed.
    company: String,
    discovery: Arc<Discovery>,
    directory: Arc<Directory>,
    writer: Writer,
}

impl PipedriveCompany {
    pub(super) fn new(context: &Context, settings: &Settings) -> Result<PipedriveCompany> {
        let settings = PipedriveSettings::parse(context, settings)?;
        let api = Arc::new(Api::new(context, &settings)?);
        let discovery = Arc::new(Discovery::new(Arc::clone(&api)));
        let directory = Arc::new(Directory::default());
        let writer = Writer::new(Arc::clone(&api), Arc::clone(&discovery), Arc::clone(&directory));
        Ok(PipedriveCompany { api, company: settings.company, discovery, directory, writer })
    }

    /// What is read of a stream, with the names of users where they are needed.
    async fn columns(&self, model: &Arc<Model>, fields: &[StreamField]) -> Result<Columns> {
        let gone = |name: String| texts::field_gone(model.entity, &name);
        let mut columns = Columns::of(model, fields).map_err(gone)?;
        if columns.has_people()
            && let Some(users) = self.directory.users(&self.api).await.map_err(explain)?
        {
            columns.set_users(&users);
        }
        Ok(columns)
    }

    /// Makes sure that the fields still exist: one that was deleted looks like one that is empty everywhere.
    async fn must_have(&self, columns: &Columns, stream: &StreamSchema) -> Result<()> {
        let fresh = self.discovery.fresh(&stream.id).await?;
        columns.missing_in(&fresh).map_or(Ok(()), |name| Err(texts::field_gone(fresh.entity, name)))
    }
}

/// What a failure means for people.
pub(super) fn explain(failure: Failure) -> Error {
    if refusal::is_blocked(&failure) { texts::blocked() } else { *failure.error }
}

#[async_trait]
impl Connection for PipedriveCompany {
    async fn check(&self) -> Result<Account> {
        let me = match self.api.me().await {
            Ok(me) => me,
            // Nobody's address is answered for, or leads elsewhere.
            Err(failure) if failure.error.kind == ErrorKind::NotFound => {
                return Err(texts::no_company(&self.company));
            }
            Err(failure) => return Err(explain(failure)),
        };
        // A token opens its own company whatever address it is sent to.
        let found = me.company_domain.unwrap_or_default();
        if !found.is_empty() && found != self.company {
            return Err(texts::other_company(&self.company, &found));
        }
        Ok(Account { name: me.company_name.unwrap_or_default() })
    }

    async fn discover(&self) -> Result<Vec<StreamSchema>> {
        let models = self.discovery.streams().await?;
        Ok(models.iter().map(|model| model.stream()).collect())
    }

    async fn count(&self, stream: &StreamSchema, limit: u64) -> Result<Count> {
        let model = self.discovery.model(&stream.id).await?;
        let listing = Listing::new(EntityPages::new(&self.api, model.entity, |_: &Cells| ()), None);
        Ok(Count::up_to(limit, listing.count(limit).await.map_err(explain)?))
    }

    fn read<'a>(
        &'a self,
        stream: &'a StreamSchema,
        fields: &'a [StreamField],
        since: Option<Checkpoint>,
    ) -> BoxStream<'a, Result<Page>> {
        Box::pin(try_stream! {
            let model = self.discovery.model(&stream.id).await?;
            let columns = Arc::new(self.columns(&model, fields).await?);
            let kept = Arc::clone(&columns);
            let pages = EntityPages::new(&self.api, model.entity, move |cells: &Cells| kept.row(cells));
            let mut pages = ReadAhead::start(pages, since);
            let mut resolver = Resolver::new(Arc::clone(&self.api));
            let mut are_fields_sure = false;
            while let Some(listed) = pages.next().await.map_err(explain)? {
                if !are_fields_sure && listed.records.iter().any(|row| row.lacks) {
                    self.must_have(&columns, stream).await?;
                    are_fields_sure = true;
                }
                let records = resolver.complete(listed.records).await.map_err(explain)?;
                yield Page { records, next: listed.next.map(Checkpoint), restarted: listed.restarted };
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
            let model = self.discovery.model(&stream.id).await?;
            let columns = self.columns(&model, fields).await?;
            let mut resolver = Resolver::new(Arc::clone(&self.api));
            // Ids of this service are numbers: what is none was never one of its records.
            let ids: BTreeSet<i64> = ids.iter().filter_map(|id| id.parse().ok()).collect();
            for ids in Vec::from_iter(ids).chunks(MOST_IDS) {
                let row = |cells: &Cells| columns.row(cells);
                let listed = self.api.records(model.entity, Query::Among(ids), None, row).await.map_err(explain)?;
                if listed.records.iter().any(|row| row.lacks) {
                    self.must_have(&columns, stream).await?;
                }
                let records = resolver.complete(listed.records).await.map_err(explain)?;
                yield Page { records, next: None, restarted: false };
            }
        }))
    }

    fn subscriber(&self) -> Option<&dyn Subscriber> {
        Some(self)
    }

    async fn write(&self, stream: &StreamSchema, batch: &[Write]) -> Result<Vec<Outcome>> {
        let model = self.discovery.model(&stream.id).await?;
        let writes = batch.iter().map(|write| self.writer.write(&model, write).boxed()).collect();
        write_each(writes, IN_FLIGHT, explain).await
    }

    fn budgets(&self) -> Vec<Budget> {
        self.api.budgets()
    }
}
