//! One API as a connection.

use std::sync::Arc;

use async_stream::try_stream;
use async_trait::async_trait;
use futures_util::stream::BoxStream;
use model::{StreamField, StreamSchema};
use serde_json::{Map, Value as Json};

use super::api::{Api, Got};
use super::place::Place;
use super::read::{Columns, object};
use super::reader::{Portion, Reader};
use super::{columns, probe, spec, texts};
use crate::common::form::Form;
use crate::connector::{
    Account, Checkpoint, Connection, Context, Count, Outcome, Page, RowPage, Settings, Write,
};
use crate::error::Result;
use crate::probe::Probe;

/// The one stream there is.
const STREAM: &str = "rows";

/// One API.
pub(super) struct RestConnection {
    api: Arc<Api>,
}

impl RestConnection {
    pub(super) fn new(context: &Context, settings: &Settings) -> Result<RestConnection> {
        Ok(RestConnection { api: Arc::new(Api::new(context, &Form::read(spec::spec(), settings)?)?) })
    }

    /// The first rows, and how many the API says there are.
    async fn first(&self) -> Result<(Vec<String>, Option<u64>)> {
        let start = self.api.settings.changes.as_ref().and_then(|changes| changes.start.as_deref());
        match self.api.page(&Place::default(), start).await? {
            Got::Whole(page) => Ok((page.rows, page.told.total)),
            Got::Pieces(mut pieces) => {
                let piece = pieces.next().await?;
                Ok((piece.map(|piece| piece.rows).unwrap_or_default(), None))
            }
        }
    }

    /// What people see: the last part of the address.
    fn name(&self) -> String {
        let url = &self.api.url;
        let last = url.path_segments().and_then(|mut parts| parts.rfind(|part| !part.is_empty()));
        let decoded = last.and_then(|part| {
            // A part of a path is decoded as a value of a query is, but for its plus signs.
            let pair = format!("x={}", part.replace('+', "%2B"));
            url::form_urlencoded::parse(pair.as_bytes()).next().map(|(_, value)| value.into_owned())
        });
        decoded.unwrap_or_else(|| url.host_str().unwrap_or_default().to_owned())
    }
}

#[async_trait]
impl Connection for RestConnection {
    async fn check(&self) -> Result<Account> {
        self.first().await?;
        Ok(Account { name: self.api.settings.url.host_str().unwrap_or_default().to_owned() })
    }

    async fn discover(&self) -> Result<Vec<StreamSchema>> {
        let (rows, _) = self.first().await?;
        let objects: Vec<Map<String, Json>> = rows.iter().map(|row| object(row)).collect();
        let fields = columns::columns(&objects);
        Ok(vec![StreamSchema { id: STREAM.to_owned(), name: self.name(), fields }])
    }

    async fn count(&self, _stream: &StreamSchema, limit: u64) -> Result<Count> {
        if self.api.settings.total.is_some()
            && let (_, Some(total)) = self.first().await?
        {
            return Ok(Count::up_to(limit, total));
        }
        let mut reader = Reader::counting(&self.api, limit);
        let mut count = 0;
        while let Some(portion) = reader.next().await? {
            count += portion.rows.len() as u64;
            if count > limit {
                break;
            }
        }
        Ok(Count::up_to(limit, count))
    }

    fn read<'a>(
        &'a self,
        _stream: &'a StreamSchema,
        fields: &'a [StreamField],
        since: Option<Checkpoint>,
    ) -> BoxStream<'a, Result<Page>> {
        Box::pin(try_stream! {
            let modified = self.api.settings.changes.as_ref().map(|changes| &changes.path);
            let columns = Columns::new(fields, modified);
            let place = since.as_ref().map(Place::read).unwrap_or_default();
            let mut reader = Reader::start(&self.api, place, None);
            // A column of ids is known by the first row that has one.
            let mut has_key = false;
            while let Some(portion) = reader.next().await? {
                let Portion { rows, next, .. } = portion;
                has_key |= rows.iter().any(|row| row.id.is_some());
                let records = rows.iter().map(|row| columns.record(row, has_key)).collect::<Result<_>>()?;
                yield Page { records, next: next.map(|place| place.write()), restarted: false };
            }
        })
    }

    fn rows<'a>(
        &'a self,
        _stream: &'a StreamSchema,
        mark: Option<&'a str>,
    ) -> BoxStream<'a, Result<RowPage>> {
        Box::pin(try_stream! {
            let mark = mark.filter(|_| self.api.settings.changes.is_some());
            let only_changes = mark.is_some();
            let mut reader = Reader::start(&self.api, Place::default(), mark);
            while let Some(portion) = reader.next().await? {
                let Portion { rows, bytes, are_texts, next, mark, warnings } = portion;
                let mark = mark.filter(|_| next.is_none());
                yield RowPage { rows, bytes, are_texts, only_changes, mark, warnings };
            }
        })
    }

    async fn probe(&self) -> Option<Probe> {
        Some(probe::probe(&self.api).await)
    }

    async fn write(&self, _stream: &StreamSchema, _batch: &[Write]) -> Result<Vec<Outcome>> {
        Err(texts::read_only())
    }
}
