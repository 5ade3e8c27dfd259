//! Walks through the pages of a listing, whatever becomes of its paging tokens.

use std::collections::HashSet;

use super::texts;
use crate::error::Error;
use crate::http::Failure;

/// How often a listing whose paging token has expired is begun anew.
const RESTARTS: u32 = 3;
/// How often a paging token may come back before the listing is taken for a loop.
const REPEATS: u32 = 2;

/// One page of a listing.
pub(crate) struct Listed<R> {
    pub(crate) records: Vec<R>,
    /// The token of the next page; `None` on the last.
    pub(crate) next: Option<String>,
    /// The listing was begun anew for this page.
    pub(crate) restarted: bool,
}

/// Where the pages of a listing come from.
pub(crate) trait Pages: Send {
    /// What is kept of a record.
    type Record: Send;
    /// The service's name as people write it.
    const SERVICE: &'static str;

    /// The page a token leads to; without one, the first.
    fn page(
        &mut self,
        token: Option<&str>,
    ) -> impl Future<Output = Result<Listed<Self::Record>, Failure>> + Send;

    /// Whether the service no longer knows the token it was asked with.
    fn has_expired(failure: &Failure) -> bool;
}

/// A listing under way.
pub(crate) struct Listing<P> {
    pages: P,
    token: Option<String>,
    ended: bool,
    restarts: u32,
    repeats: u32,
    /// Every token since the beginning: one for each hundred records.
    seen: HashSet<String>,
}

impl<P: Pages> Listing<P> {
    /// A listing from a token on, or from the start.
    pub(crate) fn new(pages: P, token: Option<String>) -> Listing<P> {
        Listing { pages, token, ended: false, restarts: 0, repeats: 0, seen: HashSet::new() }
    }

    /// The next page; `None` after the last.
    ///
    /// # Errors
    /// What the service says; and when it loses its place too often or leads in a circle.
    pub(crate) async fn next(&mut self) -> Result<Option<Listed<P::Record>>, Failure> {
        if self.ended {
            return Ok(None);
        }
        let mut restarted = false;
        loop {
            match self.pages.page(self.token.as_deref()).await {
                Ok(page) => {
                    self.advance(page.next.clone())?;
                    return Ok(Some(Listed { restarted, ..page }));
                }
                Err(failure) if P::has_expired(&failure) => {
                    self.restart()?;
                    restarted = true;
                }
                Err(failure) => return Err(failure),
            }
        }
    }

    /// How many records there are; once it is more than `limit`, how many were seen by then.
    ///
    /// # Errors
    /// As [`Listing::next`].
    pub(crate) async fn count(mut self, limit: u64) -> Result<u64, Failure> {
        let mut count = 0;
        while let Some(listed) = self.next().await? {
            let before = if listed.restarted { 0 } else { count };
            count = before + listed.records.len() as u64;
            if count > limit {
                break;
            }
        }
        Ok(count)
    }

    fn advance(&mut self, next: Option<String>) -> Result<(), Error> {
        self.ended = next.is_none();
        if let Some(token) = &next
            && !self.seen.insert(token.clone())
        {
            self.repeats += 1;
            if self.repeats > REPEATS {
                return Err(texts::listing_loops(P::SERVICE));
            }
        }
        self.token = next;
        Ok(())
    }

    fn restart(&mut self) -> Result<(), Error> {
        if self.restarts == RESTARTS {
            return Err(texts::listing_lost(P::SERVICE));
        }
        self.restarts += 1;
        self.token = None;
        self.seen.clear();
        Ok(())
    }
}
