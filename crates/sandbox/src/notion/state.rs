//! Everything a running service holds.

mod page;
mod source;
mod user;

use std::collections::HashMap;

pub(super) use page::{PageState, Stamp};
pub(super) use source::{Column, SourceState};
pub(super) use user::User;

use super::cursors::Cursors;
use super::limits::Limiter;
use super::webhooks::Webhooks;
use super::{Grant, Id};

/// The whole service.
pub(super) struct World {
    pub(super) workspace: String,
    pub(super) databases: Vec<DatabaseState>,
    pub(super) sources: Vec<SourceState>,
    pub(super) users: Vec<User>,
    pub(super) tokens: HashMap<String, Grant>,
    pub(super) limiter: Limiter,
    pub(super) cursors: Cursors,
    pub(super) webhooks: Webhooks,
    pub(super) rng: fastrand::Rng,
}

/// A database: what people see as one, with one data source or several.
#[derive(Debug)]
pub(super) struct DatabaseState {
    pub(super) id: Id,
    pub(super) name: String,
    pub(super) stamp: Stamp,
    pub(super) in_trash: bool,
    /// Whether it is shared with integrations at all.
    pub(super) shared: bool,
}

impl World {
    pub(super) fn database(&self, id: Id) -> Option<&DatabaseState> {
        self.databases.iter().find(|database| database.id == id)
    }

    pub(super) fn database_mut(&mut self, id: Id) -> Option<&mut DatabaseState> {
        self.databases.iter_mut().find(|database| database.id == id)
    }

    pub(super) fn sources_of(&self, database: Id) -> impl Iterator<Item = &SourceState> {
        self.sources.iter().filter(move |source| source.database == database)
    }

    pub(super) fn source(&self, id: Id) -> Option<&SourceState> {
        self.sources.iter().find(|source| source.id == id)
    }

    pub(super) fn source_mut(&mut self, id: Id) -> Option<&mut SourceState> {
        self.sources.iter_mut().find(|source| source.id == id)
    }

    /// A page, wherever it is.
    pub(super) fn page(&self, id: Id) -> Option<(&SourceState, &PageState)> {
        self.sources.iter().find_map(|source| Some((source, source.page(id)?)))
    }

    pub(super) fn user(&self, id: Id) -> Option<&User> {
        self.users.iter().find(|user| user.id == id)
    }

    /// Adds a user; the same name is the same user.
    pub(super) fn add_user(&mut self, user: User) -> Id {
        let id = user.id;
        if self.user(id).is_none() {
            self.users.push(user);
        }
        id
    }

    /// Whether an integration sees a database.
    pub(super) fn sees(&self, grant: &Grant, database: Id) -> bool {
        grant.sees(database) && self.database(database).is_some_and(|database| database.shared)
    }
}
