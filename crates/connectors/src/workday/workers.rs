//! The workers: pages by their place.

use std::sync::Arc;

use model::Record;
use serde::Deserialize;

use super::api::{Api, PAGE};
use super::columns::Columns;
use super::refusal::SERVICE;
use super::texts;
use crate::common::cell::Cells;
use crate::common::complete::Previous;
use crate::common::listing::{Listed, Pages};
use crate::http::Failure;

/// The word for places that are no longer good; the service has none.
const MOVED: &str = "moved";

/// A page, as it comes.
#[derive(Deserialize)]
pub(super) struct WorkersPage<'a> {
    pub(super) total: Option<u64>,
    #[serde(borrow)]
    pub(super) data: Vec<Cells<'a>>,
}

/// The pages of the workers.
pub(super) struct WorkerPages {
    api: Arc<Api>,
    version: String,
    columns: Columns,
    previous: Previous,
}

impl WorkerPages {
    pub(super) fn new(api: &Arc<Api>, version: &str, columns: Columns) -> WorkerPages {
        WorkerPages {
            api: Arc::clone(api),
            version: version.to_owned(),
            columns,
            previous: Previous::default(),
        }
    }

    async fn ask(&self, start: Start) -> Result<Came, Failure> {
        let keep = |page: WorkersPage<'_>| {
            let with_id = page.data.iter().filter_map(|row| Some((row.text("id")?.to_owned(), row)));
            let records = with_id.map(|(id, row)| self.columns.record(id, row)).collect();
            Came { records, rows: page.data.len() as u64, total: page.total }
        };
        self.api.workers(&self.version, start.offset, PAGE, keep).await
    }
}

/// Where a page begins.
#[derive(Clone, Copy, Default)]
struct Start {
    offset: u64,
    /// How many workers the page before told of.
    total: Option<u64>,
}

impl Start {
    fn write(self) -> String {
        format!("{}:{}", self.offset, self.total.map(|total| total.to_string()).unwrap_or_default())
    }

    fn read(token: &str) -> Option<Start> {
        let (offset, total) = token.split_once(':')?;
        let total = if total.is_empty() { None } else { Some(total.parse().ok()?) };
        Some(Start { offset: offset.parse().ok()?, total })
    }
}

/// What is kept of a page.
struct Came {
    records: Vec<Record>,
    rows: u64,
    total: Option<u64>,
}

impl Came {
    /// Where the next page begins: after what came, were it less than a page. The total may be more than the account
    /// sees: a page without anybody is the last.
    fn next(&self, offset: u64) -> Option<Start> {
        let next = Start { offset: offset + self.rows, total: self.total };
        let is_more = self.rows > 0 && self.total.is_none_or(|total| next.offset < total);
        is_more.then_some(next)
    }
}

impl Pages for WorkerPages {
    type Record = Record;
    const SERVICE: &'static str = SERVICE;

    /// The token is where the page begins, and how many workers there were.
    async fn page(&mut self, token: Option<&str>) -> Result<Listed<Record>, Failure> {
        let start = match token {
            Some(token) => Start::read(token).ok_or_else(moved)?,
            None => {
                self.previous = Previous::default();
                Start::default()
            }
        };
        let mut page = self.ask(start).await?;
        if page.rows == 0 && page.total.is_some_and(|total| start.offset < total) {
            // Only a page that stays empty is the last of what the account sees.
            page = self.ask(start).await?;
        }
        // Somebody came or left, and the places are no longer the same: who moved up would be passed over.
        if token.is_some() && page.total != start.total {
            return Err(moved());
        }
        self.previous.follow(SERVICE, page.records.first().map(|record| record.id.clone()))?;
        let next = page.next(start.offset).map(Start::write);
        Ok(Listed { records: page.records, next, restarted: false })
    }

    /// A place is good as long as there are as many workers.
    fn has_expired(failure: &Failure) -> bool {
        failure.code == MOVED
    }
}

fn moved() -> Failure {
    Failure { code: MOVED.to_owned(), ..Failure::from(texts::changed()) }
}
