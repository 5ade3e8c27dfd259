//! A service that gives the pages it was told to give.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use connectors::{
    Account, Checkpoint, Connection, Connector, Context, Count, Error, ErrorKind, Outcome, Page, Result,
    RowPage, Settings, Write,
};
use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};
use model::dataset::Row;
use model::spec::Capabilities;
use model::{ConnectorSpec, StreamField, StreamSchema, Text};
use serde_json::Value;

/// The kind of service it is.
pub(crate) const KIND: &str = "scripted";

/// What it answers next, and what it was asked.
#[derive(Clone, Default)]
pub(crate) struct Service(Arc<Mutex<Script>>);

#[derive(Default)]
struct Script {
    pages: Vec<RowPage>,
    end: End,
    marks: Vec<Option<String>>,
}

/// What comes after the pages.
#[derive(Clone, Copy, Default)]
pub(crate) enum End {
    /// Nothing: all was read.
    #[default]
    Whole,
    /// A fault.
    Fault,
    /// Nothing, ever.
    Hang,
}

impl Service {
    /// From now on it gives these pages.
    pub(crate) fn gives(&self, pages: Vec<RowPage>) {
        self.ends(pages, End::Whole);
    }

    /// From now on it gives these pages, and ends like this.
    pub(crate) fn ends(&self, pages: Vec<RowPage>, end: End) {
        let mut script = self.0.lock().unwrap();
        (script.pages, script.end) = (pages, end);
    }

    /// After which mark it was asked last.
    pub(crate) fn last_mark(&self) -> Option<String> {
        self.0.lock().unwrap().marks.last().cloned().flatten()
    }
}

/// A page of these objects.
pub(crate) fn page(rows: impl IntoIterator<Item = Value>) -> RowPage {
    let rows: Vec<Row> = rows.into_iter().map(|row| Row { id: None, content: row.to_string() }).collect();
    let bytes = rows.iter().map(|row| row.content.len() as u64).sum();
    RowPage { rows, bytes, ..RowPage::default() }
}

impl Connector for Service {
    fn spec(&self) -> ConnectorSpec {
        ConnectorSpec {
            id: KIND.to_owned(),
            name: "Service".to_owned(),
            summary: Text::same("Service"),
            groups: Vec::new(),
            capabilities: Capabilities { in_flight: 1, ..Capabilities::default() },
        }
    }

    fn guide(&self) -> &'static str {
        ""
    }

    fn connect(&self, _context: &Context, _settings: Settings) -> Result<Arc<dyn Connection>> {
        Ok(Arc::new(self.clone()))
    }
}

#[async_trait]
impl Connection for Service {
    async fn check(&self) -> Result<Account> {
        Ok(Account { name: "Service".to_owned() })
    }

    async fn discover(&self) -> Result<Vec<StreamSchema>> {
        Ok(vec![StreamSchema { id: "rows".to_owned(), name: "rows".to_owned(), fields: Vec::new() }])
    }

    async fn count(&self, _stream: &StreamSchema, _limit: u64) -> Result<Count> {
        Ok(Count::Exactly(0))
    }

    fn read<'a>(
        &'a self,
        _stream: &'a StreamSchema,
        _fields: &'a [StreamField],
        _since: Option<Checkpoint>,
    ) -> BoxStream<'a, Result<Page>> {
        stream::empty().boxed()
    }

    fn rows<'a>(
        &'a self,
        _stream: &'a StreamSchema,
        mark: Option<&'a str>,
    ) -> BoxStream<'a, Result<RowPage>> {
        let mut script = self.0.lock().unwrap();
        script.marks.push(mark.map(str::to_owned));
        let pages = stream::iter(script.pages.clone()).map(Ok);
        match script.end {
            End::Whole => pages.boxed(),
            End::Fault => {
                let fault = Error::new(ErrorKind::Unavailable, Text::fixed("En panne.", "Down."));
                pages.chain(stream::iter([Err(fault)])).boxed()
            }
            End::Hang => pages.chain(stream::pending()).boxed(),
        }
    }

    async fn write(&self, _stream: &StreamSchema, _writes: &[Write]) -> Result<Vec<Outcome>> {
        Ok(Vec::new())
    }
}
