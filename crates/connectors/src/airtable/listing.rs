//! Walks through the pages of a listing, whatever becomes of its paging tokens.

use std::collections::HashSet;
use std::sync::Arc;

use super::api::{Api, RecordPage};
use super::cell::RawRecord;
use super::query::Query;
use super::{refusal, texts};
use crate::error::Error;
use crate::http::Failure;

/// How often a listing whose paging token has expired is begun anew.
const RESTARTS: u32 = 3;
/// How often a paging token may come back before the listing is taken for a loop.
const REPEATS: u32 = 2;

/// A listing under way.
pub(super) struct Listing {
    api: Arc<Api>,
    table_id: String,
    query: Query,
    offset: Option<String>,
    ended: bool,
    restarts: u32,
    repeats: u32,
    /// Every token since the beginning: a base holds 500,000 records at most, so 5,000 of them.
    seen: HashSet<String>,
}

/// A page, and whether the listing was begun anew for it.
pub(super) struct ListedPage<R> {
    pub(super) page: RecordPage<R>,
    pub(super) restarted: bool,
}

impl Listing {
    pub(super) fn new(api: Arc<Api>, table_id: &str, query: Query, offset: Option<String>) -> Listing {
        Listing {
            api,
            table_id: table_id.to_owned(),
            query,
            offset,
            ended: false,
            restarts: 0,
            repeats: 0,
            seen: HashSet::new(),
        }
    }

    /// The next page; `None` after the last.
    pub(super) async fn next<R>(
        &mut self,
        keep: impl Fn(RawRecord) -> R,
    ) -> Result<Option<ListedPage<R>>, Failure> {
        if self.ended {
            return Ok(None);
        }
        let mut restarted = false;
        loop {
            match self.api.list(&self.table_id, &self.query, self.offset.as_deref(), &keep).await {
                Ok(page) => {
                    self.advance(page.offset.clone())?;
                    return Ok(Some(ListedPage { page, restarted }));
                }
                Err(failure) if failure.code == refusal::OFFSET_GONE => {
                    self.restart()?;
                    restarted = true;
                }
                Err(failure) => return Err(failure),
            }
        }
    }

    fn advance(&mut self, next: Option<String>) -> Result<(), Error> {
        self.ended = next.is_none();
        if let Some(token) = &next
            && !self.seen.insert(token.clone())
        {
            self.repeats += 1;
            if self.repeats > REPEATS {
                return Err(texts::listing_loops());
            }
        }
        self.offset = next;
        Ok(())
    }

    fn restart(&mut self) -> Result<(), Error> {
        if self.restarts == RESTARTS {
            return Err(texts::listing_lost());
        }
        self.restarts += 1;
        self.offset = None;
        self.seen.clear();
        Ok(())
    }
}
