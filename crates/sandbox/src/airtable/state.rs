//! What the simulated service holds: bases, people, tokens, counters.
//!
//! Plain data under one lock. It does not know HTTP.

mod base;
mod column;
mod people;
mod record;
mod schema;
mod table;

use std::collections::HashMap;

pub(super) use base::{BaseState, Stamp, linked};
pub(super) use column::Column;
pub(super) use people::{People, Person};
pub(super) use record::RecordState;
pub(super) use table::{TableState, View};

use super::iterators::Iterators;
use super::limiter::Limiter;
use super::{Grant, Id};

/// Everything behind the API.
pub(super) struct World {
    pub(super) bases: Vec<BaseState>,
    pub(super) people: People,
    /// By token.
    pub(super) tokens: HashMap<String, Grant>,
    pub(super) limiter: Limiter,
    pub(super) iterators: Iterators,
    /// Files uploaded, by attachment id: type and bytes.
    pub(super) files: HashMap<Id, (String, Vec<u8>)>,
    /// Seeded, so that the same calls give the same ids in every run.
    pub(super) rng: fastrand::Rng,
}

impl World {
    pub(super) fn base(&self, id: Id) -> Option<&BaseState> {
        self.bases.iter().find(|base| base.id == id)
    }

    pub(super) fn base_mut(&mut self, id: Id) -> Option<&mut BaseState> {
        self.bases.iter_mut().find(|base| base.id == id)
    }
}
