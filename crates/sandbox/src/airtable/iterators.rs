//! Listings under way: what a paging token stands for.
//!
//! A token is `itr…/rec…`: the listing, and the record the next page begins with. The same token
//! always gives the same page, so a page can be asked for again.

use std::collections::HashMap;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::{Id, Refusal};

/// Where a page begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// The record it begins with.
    pub(super) record: Id,
    /// That record's place in the table.
    pub(super) place: u64,
    /// Its position in the sorted order, should the record be gone.
    pub(super) index: usize,
    /// Records given before, for `maxRecords`.
    pub(super) given: usize,
}

/// An order computed for one version of the base.
#[derive(Clone, Debug)]
pub(super) struct Order {
    pub(super) version: u64,
    pub(super) places: std::sync::Arc<[u64]>,
}

#[derive(Debug)]
struct Listing {
    used: DateTime<Utc>,
    marks: HashMap<Id, Mark>,
    order: Option<Order>,
}

/// All listings under way.
#[derive(Debug, Default)]
pub(super) struct Iterators(HashMap<Id, Listing>);

impl Iterators {
    /// Begins a listing.
    pub(super) fn begin(&mut self, now: DateTime<Utc>, life: Duration, rng: &mut fastrand::Rng) -> Id {
        self.0.retain(|_, listing| fresh(listing.used, now, life));
        let id = Id::random(*b"itr", rng);
        self.0.insert(id, Listing { used: now, marks: HashMap::new(), order: None });
        id
    }

    /// Finds what a token stands for.
    pub(super) fn resume(
        &mut self,
        token: &str,
        now: DateTime<Utc>,
        life: Duration,
    ) -> Result<(Id, Mark), Refusal> {
        let found = token.split_once('/').and_then(|(listing, record)| {
            let id = Id::parse(listing)?;
            let listing = self.0.get_mut(&id).filter(|listing| fresh(listing.used, now, life))?;
            listing.used = now;
            Some((id, *listing.marks.get(&Id::parse(record)?)?))
        });
        found.ok_or_else(Refusal::iterator_gone)
    }

    /// The token of a page that begins at this mark.
    pub(super) fn token(&mut self, listing: Id, mark: Mark) -> String {
        if let Some(listing) = self.0.get_mut(&listing) {
            listing.marks.insert(mark.record, mark);
        }
        format!("{listing}/{}", mark.record)
    }

    pub(super) fn order(&self, listing: Id, version: u64) -> Option<Order> {
        self.0.get(&listing)?.order.clone().filter(|order| order.version == version)
    }

    pub(super) fn keep_order(&mut self, listing: Id, order: Order) {
        if let Some(listing) = self.0.get_mut(&listing) {
            listing.order = Some(order);
        }
    }

    /// Forgets a listing that has reached its end without ever giving a token.
    pub(super) fn end(&mut self, id: Id) {
        if self.0.get(&id).is_some_and(|listing| listing.marks.is_empty()) {
            self.0.remove(&id);
        }
    }

    /// Makes every token given so far unknown.
    pub(super) fn expire_all(&mut self) {
        self.0.clear();
    }
}

fn fresh(used: DateTime<Utc>, now: DateTime<Utc>, life: Duration) -> bool {
    now - used < TimeDelta::from_std(life).unwrap_or(TimeDelta::MAX)
}
