//! One tenant as a connection.

use std::sync::Arc;

use async_stream::try_stream;
use async_trait::async_trait;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use model::{StreamField, StreamSchema};
use serde_json::from_slice;

use super::address::{Tenant, report_name};
use super::api::{Api, PAGE};
use super::columns::{self, Columns};
use super::refusal::NOT_FOUND;
use super::report::Reading;
use super::settings::{Wanted, WorkdaySettings};
use super::workers::WorkerPages;
use super::{texts, xsd};
use crate::common::ahead::ReadAhead;
use crate::common::cell::Cells;
use crate::common::rows::of_records;
use crate::connector::{
    Account, Checkpoint, Connection, Context, Count, Outcome, Page, RowPage, Settings, Write,
};
use crate::error::{Error, ErrorKind, Result};
use crate::http::{Failure, REDIRECT};

/// The id of the stream of a report.
const REPORT: &str = "report";
/// The id of the stream of the workers.
const WORKERS: &str = "workers";
/// How many rows show what a report without schema has.
const SAMPLE: usize = 200;

/// One tenant of Workday.
pub(super) struct TenantConnection {
    api: Arc<Api>,
    tenant: Tenant,
    wanted: Wanted,
}

impl TenantConnection {
    pub(super) fn new(context: &Context, settings: &Settings) -> Result<TenantConnection> {
        let settings = WorkdaySettings::parse(settings)?;
        let api = Arc::new(Api::new(context, &settings)?);
        Ok(TenantConnection { api, tenant: settings.tenant, wanted: settings.wanted })
    }

    /// What it means that something cannot be had.
    fn explain(&self, failure: Failure) -> Error {
        if failure.code == REDIRECT {
            return texts::moved(&failure.said);
        }
        let error = match (failure.error.kind, &self.wanted) {
            (ErrorKind::NotFound, _) if failure.code != NOT_FOUND => return texts::no_tenant(&self.tenant),
            (ErrorKind::NotFound, Wanted::Report(url)) => texts::no_report(&report_name(url)),
            (ErrorKind::NotFound, Wanted::Workers(version)) => texts::no_workers(&self.tenant.name, version),
            (ErrorKind::Forbidden, Wanted::Report(url)) => texts::not_allowed(Some(&report_name(url))),
            (ErrorKind::Forbidden, Wanted::Workers(_)) => texts::not_allowed(None),
            _ => return *failure.error,
        };
        error.quoting(&failure.said)
    }

    /// The columns that the report's schema tells; `None` where there is no schema to be had.
    async fn schema(&self) -> Result<Option<Vec<StreamField>>> {
        match self.api.schema().await {
            Ok(schema) => Ok(xsd::fields(&schema).filter(|fields| !fields.is_empty())),
            // Perhaps only the schema is not: the report itself tells.
            Err(failure)
                if matches!(
                    failure.error.kind,
                    ErrorKind::NotFound | ErrorKind::Rejected | ErrorKind::UnexpectedReply
                ) =>
            {
                Ok(None)
            }
            Err(failure) => Err(self.explain(failure)),
        }
    }

    /// The columns that the report's first rows show.
    async fn sample(&self) -> Result<Vec<StreamField>> {
        let mut answer = self.api.report().await.map_err(|failure| self.explain(failure))?;
        let mut rows = Vec::new();
        while rows.len() < SAMPLE
            && let Some(row) = answer.next().await?
        {
            rows.push(row.to_vec());
        }
        let rows: Vec<Cells<'_>> = rows.iter().filter_map(|row| from_slice(row).ok()).collect();
        Ok(columns::shown(&rows, false))
    }

    async fn count_rows(&self, limit: u64) -> Result<u64> {
        let mut answer = self.api.report().await.map_err(|failure| self.explain(failure))?;
        let mut count = 0;
        while count <= limit && answer.next().await?.is_some() {
            count += 1;
        }
        Ok(count)
    }

    async fn count_workers(&self, version: &str, limit: u64) -> Result<u64> {
        let mut count = 0;
        loop {
            let keep = |page: super::workers::WorkersPage<'_>| (page.total, page.data.len() as u64);
            let page = self.api.workers(version, count, PAGE, keep).await;
            let (total, here) = page.map_err(|failure| self.explain(failure))?;
            if let Some(total) = total {
                return Ok(total);
            }
            count += here;
            if here == 0 || count > limit {
                return Ok(count);
            }
        }
    }
}

#[async_trait]
impl Connection for TenantConnection {
    async fn check(&self) -> Result<Account> {
        match &self.wanted {
            Wanted::Workers(version) => {
                let page = self.api.workers(version, 0, 1, |_| ()).await;
                page.map_err(|failure| self.explain(failure))?;
            }
            Wanted::Report(_) => {
                if self.schema().await?.is_none() {
                    self.api.report().await.map_err(|failure| self.explain(failure))?;
                }
            }
        }
        Ok(Account { name: self.tenant.name.clone() })
    }

    async fn discover(&self) -> Result<Vec<StreamSchema>> {
        let (id, name, fields) = match &self.wanted {
            Wanted::Report(url) => {
                let fields = match self.schema().await? {
                    Some(fields) => fields,
                    None => self.sample().await?,
                };
                (REPORT, report_name(url), fields)
            }
            Wanted::Workers(version) => {
                let page = self.api.workers(version, 0, PAGE, |page| columns::shown(&page.data, true)).await;
                (WORKERS, "Workers".to_owned(), page.map_err(|failure| self.explain(failure))?)
            }
        };
        Ok(vec![StreamSchema { id: id.to_owned(), name, fields }])
    }

    async fn count(&self, _stream: &StreamSchema, limit: u64) -> Result<Count> {
        let count = match &self.wanted {
            Wanted::Report(_) => self.count_rows(limit).await?,
            Wanted::Workers(version) => self.count_workers(version, limit).await?,
        };
        Ok(Count::up_to(limit, count))
    }

    fn read<'a>(
        &'a self,
        _stream: &'a StreamSchema,
        fields: &'a [StreamField],
        since: Option<Checkpoint>,
    ) -> BoxStream<'a, Result<Page>> {
        match &self.wanted {
            Wanted::Report(_) => Box::pin(try_stream! {
                let mut reading = Reading::new(&self.api, Columns::of(fields, false), since.as_ref());
                while let Some(page) = reading.next().await.map_err(|failure| self.explain(failure))? {
                    yield page;
                }
            }),
            Wanted::Workers(version) => Box::pin(try_stream! {
                let pages = WorkerPages::new(&self.api, version, Columns::of(fields, true));
                let mut pages = ReadAhead::start(pages, since);
                while let Some(listed) = pages.next().await.map_err(|failure| self.explain(failure))? {
                    let next = listed.next.map(Checkpoint);
                    yield Page { records: listed.records, next, restarted: listed.restarted };
                }
            }),
        }
    }

    /// Rows that were handed over cannot be taken back: what is begun anew ends the reading.
    fn rows<'a>(
        &'a self,
        stream: &'a StreamSchema,
        _mark: Option<&'a str>,
    ) -> BoxStream<'a, Result<RowPage>> {
        let pages = self.read(stream, &stream.fields, None);
        let whole = pages
            .map(|page| page.and_then(|page| if page.restarted { Err(texts::changed()) } else { Ok(page) }));
        of_records(whole.boxed(), stream)
    }

    async fn write(&self, _stream: &StreamSchema, _batch: &[Write]) -> Result<Vec<Outcome>> {
        Err(texts::read_only())
    }
}
