//! The workers: pages by their place.

use std::sync::Arc;

use model::Record;
use serde::Deserialize;

use super::api::{Api, PAGE};
use super::columns::Columns;
use super::refusal::SERVICE;
use crate::common::cell::Cells;
use crate::common::listing::{Listed, Pages};
use crate::http::Failure;

/// A page, as it comes.
#[derive(Deserialize)]
pub(super) struct WorkersPage<'a> {
    pub(super) total: Option<u64>,
    #[serde(borrow)]
    pub(super) data: Vec<Cells<'a>>,
}

impl WorkersPage<'_> {
    /// Where the next page begins, after the one that begins at `offset`. The total may be more than the account
    /// sees: a page without anybody is the last.
    fn next(&self, offset: u64) -> Option<u64> {
        let next = offset + PAGE;
        let is_last = match self.total {
            Some(total) => next >= total,
            None => (self.data.len() as u64) < PAGE,
        };
        (!is_last && !self.data.is_empty()).then_some(next)
    }
}

/// The pages of the workers.
pub(super) struct WorkerPages {
    pub(super) api: Arc<Api>,
    pub(super) version: String,
    pub(super) columns: Columns,
}

impl Pages for WorkerPages {
    type Record = Record;
    const SERVICE: &'static str = SERVICE;

    async fn page(&mut self, token: Option<&str>) -> Result<Listed<Record>, Failure> {
        let offset = token.and_then(|token| token.parse().ok()).unwrap_or(0);
        let keep = |page: WorkersPage<'_>| {
            let next = page.next(offset).map(|next| next.to_string());
            let with_id = page.data.iter().filter_map(|row| Some((row.text("id")?.to_owned(), row)));
            let records = with_id.map(|(id, row)| self.columns.record(id, row)).collect();
            Listed { records, next, restarted: false }
        };
        self.api.workers(&self.version, offset, PAGE, keep).await
    }

    /// A place does not expire.
    fn has_expired(_: &Failure) -> bool {
        false
    }
}
