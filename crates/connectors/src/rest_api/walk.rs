//! The way through the pages: whether there is another, and that it is not one that was there before.

use std::collections::HashSet;

use model::Text;
use xxhash_rust::xxh3::xxh3_64;

use super::place::Place;
use super::settings::{Paging, RestSettings};
use super::texts;
use crate::error::Result;

/// What a page told.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    /// How many rows it had.
    pub(super) rows: u64,
    /// What they are recognised by.
    pub(super) hash: u64,
    /// The cursor or address it leads to.
    pub(super) next: Option<String>,
    /// How many rows it says there are in all.
    pub(super) total: Option<u64>,
    /// Its rows are with the reader already and cannot be taken back.
    pub(super) is_gone: bool,
}

/// What comes after a page.
#[derive(Debug, PartialEq)]
pub(super) enum Then {
    /// Another one.
    Next(Place),
    /// Nothing.
    End,
    /// Nothing, and this page was the one before it once more: its rows do not count.
    EndBefore,
}

/// A way under way.
pub(super) struct Walk {
    paging: Paging,
    page_size: Option<u64>,
    max_pages: u64,
    pages: u64,
    empty_in_a_row: u32,
    /// The last page's rows.
    last: Option<u64>,
    /// Every token so far.
    seen: HashSet<u64>,
    /// The first page was short: this one tells whether it was the last.
    is_checking: bool,
    /// What to know although it was read.
    pub(super) warnings: Vec<Text>,
}

impl Walk {
    pub(super) fn new(settings: &RestSettings) -> Walk {
        Walk {
            paging: settings.paging.clone(),
            page_size: settings.page_size,
            max_pages: settings.max_pages,
            pages: 0,
            empty_in_a_row: 0,
            last: None,
            seen: HashSet::new(),
            is_checking: false,
            warnings: Vec::new(),
        }
    }

    /// Whether the page that is being asked for may well not exist.
    pub(super) fn is_checking(&self) -> bool {
        self.is_checking
    }

    /// What comes after the page at `place`.
    ///
    /// # Errors
    /// `UnexpectedReply` when the pages lead in a circle, `InvalidSettings` when there are more than allowed.
    pub(super) fn after(&mut self, place: &Place, told: &Told) -> Result<Then> {
        self.pages += 1;
        let read = place.before + told.rows;
        let then = match &self.paging {
            Paging::None => Then::End,
            Paging::Page { .. } | Paging::Offset { .. } => self.after_number(place, told, read)?,
            Paging::Cursor { .. } | Paging::LinkHeader | Paging::NextUrl { .. } => {
                self.after_link(place, told, read)?
            }
        };
        if let Some(total) = told.total.filter(|total| then == Then::End && read < *total) {
            self.warnings.push(texts::fewer_than_told(read, total));
        }
        match then {
            Then::Next(_) if self.pages >= self.max_pages => Err(texts::too_many_pages(self.max_pages)),
            then => Ok(then),
        }
    }

    /// Pages that are counted here: they end with an empty one, a short one or the total.
    fn after_number(&mut self, place: &Place, told: &Told, read: u64) -> Result<Then> {
        let is_repeated = told.rows > 0 && self.last == Some(told.hash);
        self.last = Some(told.hash);
        let was_checking = std::mem::take(&mut self.is_checking);
        if told.rows == 0 || told.total.is_some_and(|total| read >= total) {
            return Ok(Then::End);
        }
        if is_repeated {
            let passes = was_checking && !told.is_gone;
            return if passes { Ok(Then::EndBefore) } else { Err(texts::same_page()) };
        }
        if was_checking {
            // The service gives fewer than are asked for: from now on that is a whole page.
            let given = place.before;
            self.warnings.push(texts::smaller_pages(self.page_size.unwrap_or_default(), given));
            self.page_size = Some(given);
        }
        let is_short = self.page_size.is_some_and(|size| told.rows < size) && told.total.is_none();
        if is_short && (place.token.is_some() || told.is_gone) {
            return Ok(Then::End);
        }
        self.is_checking = is_short;
        let token = match &self.paging {
            Paging::Page { first, .. } => {
                place.token.as_ref().and_then(|page| page.parse().ok()).unwrap_or(*first) + 1
            }
            _ => read,
        };
        Ok(Then::Next(Place { token: Some(token.to_string()), skip: 0, before: read }))
    }

    /// Pages that lead to each other.
    fn after_link(&mut self, place: &Place, told: &Told, read: u64) -> Result<Then> {
        self.empty_in_a_row = if told.rows == 0 { self.empty_in_a_row + 1 } else { 0 };
        if let Some(token) = &place.token {
            self.seen.insert(xxh3_64(token.as_bytes()));
        }
        // Some services pass over pages whose rows were filtered out, others give a cursor for ever.
        let Some(next) = told.next.as_ref().filter(|_| self.empty_in_a_row < 2) else {
            return Ok(Then::End);
        };
        if !self.seen.insert(xxh3_64(next.as_bytes())) {
            return Err(texts::circle());
        }
        Ok(Then::Next(Place { token: Some(next.clone()), skip: 0, before: read }))
    }
}
