//! The ids a reading has met, so that a page served twice is dealt with once.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

/// Ids as 128-bit fingerprints: 16 bytes each, whatever their length, and no two alike in practice.
#[derive(Default)]
pub(crate) struct SeenIds {
    ids: HashSet<u128>,
    first: RandomState,
    second: RandomState,
}

impl SeenIds {
    /// Whether the record was not met before; from now on it is.
    pub(crate) fn is_new(&mut self, id: &str) -> bool {
        let high = u128::from(self.first.hash_one(id));
        let low = u128::from(self.second.hash_one(id));
        self.ids.insert(high << 64 | low)
    }

    /// Whether nothing was met.
    pub(crate) fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// How many were met.
    pub(crate) fn len(&self) -> usize {
        self.ids.len()
    }
}
