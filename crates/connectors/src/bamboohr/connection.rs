//! One company as a connection.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_stream::try_stream;
use async_trait::async_trait;
use futures_util::stream::BoxStream;
use model::{Record, StreamField, StreamSchema};

use super::answers::{Counted, MetaField};
use super::api::Api;
use super::columns::Columns;
use super::dataset::{self, DatasetPages};
use super::listing::{self, ListPages};
use super::spec::BambooSettings;
use super::stream::Wanted;
use super::{texts, whole};
use crate::common::ahead::ReadAhead;
use crate::common::listing::{Listing, Pages};
use crate::common::seen::Mark;
use crate::connector::{Account, Checkpoint, Connection, Context, Count, Outcome, Page, Settings, Write};
use crate::error::{Error, ErrorKind, Result};
use crate::http::{Failure, REDIRECT};

/// One company of BambooHR.
pub(super) struct Company {
    api: Arc<Api>,
    /// Its word in addresses.
    word: String,
    wanted: Wanted,
}

impl Company {
    pub(super) fn new(context: &Context, settings: &Settings) -> Result<Company> {
        let settings = BambooSettings::parse(settings)?;
        let api = Arc::new(Api::new(context, &settings)?);
        Ok(Company { api, word: settings.company, wanted: settings.wanted })
    }

    /// The directory or a report, read.
    async fn whole<T>(
        &self,
        read: impl Fn(&[u8]) -> serde_json::Result<T>,
        nobody: impl Fn() -> T,
    ) -> Result<T> {
        let answer = match &self.wanted {
            Wanted::Report(number) => self.api.report(number, read).await,
            _ => self.api.directory(read).await,
        };
        match answer {
            Ok(read) => Ok(read),
            // A directory in which nobody is answers so, too.
            Err(failure)
                if self.wanted == Wanted::Directory
                    && failure.error.kind == ErrorKind::NotFound
                    && self.is_known().await? =>
            {
                Ok(nobody())
            }
            Err(failure) => Err(self.explain(failure).await),
        }
    }

    /// The types of the fields, by what they are asked for by; none where the key's user may not see them.
    async fn types(&self) -> Result<BTreeMap<String, String>> {
        let typed = |field: MetaField| {
            let key = field.key();
            Some((key, field.field_type?))
        };
        match self.api.fields().await {
            Ok(fields) => Ok(fields.into_iter().filter_map(typed).collect()),
            Err(failure) if failure.error.kind == ErrorKind::Forbidden => Ok(BTreeMap::new()),
            Err(failure) => Err(self.explain(failure).await),
        }
    }

    /// Whether the company is there at all.
    async fn is_known(&self) -> Result<bool> {
        match self.api.company().await {
            Ok(_) => Ok(true),
            Err(failure) if is_nowhere(&failure) => Ok(false),
            Err(failure) if failure.error.kind == ErrorKind::Forbidden => Ok(true),
            Err(failure) => Err(*failure.error),
        }
    }

    /// What it means that something cannot be had.
    async fn explain(&self, failure: Failure) -> Error {
        if failure.error.kind == ErrorKind::Forbidden {
            return texts::not_allowed(&self.wanted).quoting(&failure.said);
        }
        if !is_nowhere(&failure) {
            return *failure.error;
        }
        match self.is_known().await {
            Ok(true) => texts::not_there(&self.wanted),
            Ok(false) => texts::no_company(&self.word),
            Err(error) => error,
        }
    }

    /// How many there are, as a walk through the pages finds.
    async fn count_pages<P: Pages>(&self, pages: P, limit: u64) -> Result<u64> {
        match Listing::new(pages, None).count(limit).await {
            Ok(count) => Ok(count),
            Err(failure) => Err(self.explain(failure).await),
        }
    }

    /// The pages of a listing that goes on page by page.
    fn walk<'a, P>(&'a self, pages: P, since: Option<Checkpoint>) -> BoxStream<'a, Result<Page>>
    where
        P: Pages<Record = Record> + 'static,
    {
        Box::pin(try_stream! {
            let mut pages = ReadAhead::start(pages, since);
            loop {
                match pages.next().await {
                    Ok(Some(listed)) => yield Page {
                        records: listed.records,
                        next: listed.next.map(Checkpoint),
                        restarted: listed.restarted,
                    },
                    Ok(None) => break,
                    Err(failure) => Err(self.explain(failure).await)?,
                }
            }
        })
    }
}

/// Whether the service says that something is not there: unknown companies are led to a page as well.
fn is_nowhere(failure: &Failure) -> bool {
    failure.error.kind == ErrorKind::NotFound || failure.code == REDIRECT
}

#[async_trait]
impl Connection for Company {
    async fn check(&self) -> Result<Account> {
        match self.api.company().await {
            Ok(name) => Ok(Account { name }),
            Err(failure) if is_nowhere(&failure) => Err(texts::no_company(&self.word)),
            // Not everybody may see the company: the fields prove the key as well.
            Err(failure) if failure.error.kind == ErrorKind::Forbidden => {
                self.api.fields().await?;
                Ok(Account { name: String::new() })
            }
            Err(failure) => Err(*failure.error),
        }
    }

    async fn discover(&self) -> Result<Vec<StreamSchema>> {
        let (name, fields) = match &self.wanted {
            Wanted::Directory | Wanted::Report(_) => self.whole(whole::described, Default::default).await?,
            Wanted::Employees => {
                let types = self.types().await?;
                let fields = self.api.list(None, |page| listing::fields(&page, &types)).await;
                (
                    None,
                    match fields {
                        Ok(fields) => fields,
                        Err(failure) => return Err(self.explain(failure).await),
                    },
                )
            }
            Wanted::Dataset(name) => {
                let types = self.types().await?;
                (
                    None,
                    match dataset::fields(&self.api, name, &types).await {
                        Ok(fields) => fields,
                        Err(failure) => return Err(self.explain(failure).await),
                    },
                )
            }
        };
        let name = name.filter(|name| !name.trim().is_empty()).unwrap_or_else(|| self.wanted.name());
        Ok(vec![StreamSchema { id: self.wanted.id(), name, fields }])
    }

    async fn count(&self, stream: &StreamSchema, limit: u64) -> Result<Count> {
        let count = match &self.wanted {
            Wanted::Directory | Wanted::Report(_) => {
                let read = |body: &[u8]| Ok(serde_json::from_slice::<Counted>(body)?.employees.len() as u64);
                self.whole(read, Default::default).await?
            }
            Wanted::Employees => match self.api.list(None, |page| page.meta.total).await {
                Ok(Some(total)) => total,
                Ok(None) => {
                    let pages = ListPages::new(&self.api, Columns::of(&[]));
                    self.count_pages(pages, limit).await?
                }
                Err(failure) => return Err(self.explain(failure).await),
            },
            Wanted::Dataset(name) => {
                let some = stream.fields.get(..1).unwrap_or_default();
                let keys: Vec<String> = some.iter().map(|field| field.id.clone()).collect();
                match self.api.dataset(name, &keys, 1, |page| page.pagination.total_records).await {
                    Ok(Some(total)) => total,
                    Ok(None) => {
                        let pages = DatasetPages::new(&self.api, name, some, &stream.fields);
                        self.count_pages(pages, limit).await?
                    }
                    Err(failure) => return Err(self.explain(failure).await),
                }
            }
        };
        Ok(Count::up_to(limit, count))
    }

    fn read<'a>(
        &'a self,
        stream: &'a StreamSchema,
        fields: &'a [StreamField],
        since: Option<Checkpoint>,
    ) -> BoxStream<'a, Result<Page>> {
        let columns = Columns::of(fields);
        match &self.wanted {
            Wanted::Employees => self.walk(ListPages::new(&self.api, columns), since),
            Wanted::Dataset(name) => {
                self.walk(DatasetPages::new(&self.api, name, fields, &stream.fields), since)
            }
            Wanted::Directory | Wanted::Report(_) => Box::pin(try_stream! {
                let before = since.and_then(|since| Mark::read(&since.0));
                let nobody = || vec![Page { records: Vec::new(), next: None, restarted: before.is_some() }];
                for page in self.whole(|body| whole::pages(body, &columns, before), nobody).await? {
                    yield page;
                }
            }),
        }
    }

    async fn write(&self, _stream: &StreamSchema, _batch: &[Write]) -> Result<Vec<Outcome>> {
        Err(texts::read_only())
    }
}
