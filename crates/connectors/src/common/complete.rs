//! Whether a listing is whole: what a service tells of its pages must fit what came. A record that is left out would
//! pass for a deleted one.

use super::texts;
use crate::error::Error;

/// What a page says of the listing it belongs to.
pub(crate) struct Place {
    /// How many rows it has.
    pub(crate) rows: u64,
    /// How many were before it.
    pub(crate) before: u64,
    /// It names a page after it.
    pub(crate) has_next: bool,
    /// How many rows there are in all, where that is told.
    pub(crate) total: Option<u64>,
}

impl Place {
    /// # Errors
    /// `UnexpectedReply` for a page without rows that is not the last, and for a last one with which some rows that
    /// were announced have not come.
    pub(crate) fn check(&self, service: &str) -> Result<(), Error> {
        let came = self.before + self.rows;
        match self.total {
            _ if self.has_next && self.rows == 0 => Err(texts::listing_gap(service)),
            Some(total) if !self.has_next && came < total => Err(texts::listing_short(service, came, total)),
            _ => Ok(()),
        }
    }
}

/// The page before, recognised when it comes again in place of the next one.
#[derive(Default)]
pub(crate) struct Previous(Option<String>);

impl Previous {
    /// Takes what the next page begins with; nothing where it has no rows.
    ///
    /// # Errors
    /// `UnexpectedReply` when the page before began so, too.
    pub(crate) fn follow(&mut self, service: &str, first: Option<String>) -> Result<(), Error> {
        if first.is_some() && first == self.0 {
            return Err(texts::listing_loops(service));
        }
        self.0 = first;
        Ok(())
    }
}
