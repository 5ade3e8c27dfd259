//! What the simulated service holds: bases, people, tokens, counters.
//!
//! Plain data under one lock. It does not know HTTP.

mod base;
mod column;
mod people;
mod record;
mod schema;
mod table;
mod webhook;

use std::collections::HashMap;

use chrono::{DateTime, Utc};

pub(super) use base::{BaseState, Stamp, linked};
pub(super) use column::Column;
pub(super) use people::{People, Person};
pub(super) use record::RecordState;
pub(super) use table::{TableState, View};
pub(super) use webhook::Webhook;

use super::iterators::Iterators;
use super::limiter::Limiter;
use super::{Grant, Id};
use crate::Courier;

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
    /// Who takes the notifications to their addresses.
    pub(super) courier: Courier,
}

impl World {
    pub(super) fn base(&self, id: Id) -> Option<&BaseState> {
        self.bases.iter().find(|base| base.id == id)
    }

    pub(super) fn base_mut(&mut self, id: Id) -> Option<&mut BaseState> {
        self.bases.iter_mut().find(|base| base.id == id)
    }

    /// Notifies the webhooks of the tables whose records have changed since this was last called.
    pub(super) fn notify(&mut self, now: DateTime<Utc>) {
        for base in &mut self.bases {
            let touched = std::mem::take(&mut base.touched);
            for webhook in base.webhooks.iter().filter(|webhook| webhook.hears_of(&touched, now)) {
                webhook.notify(&self.courier, base.id, now);
            }
        }
    }
}
