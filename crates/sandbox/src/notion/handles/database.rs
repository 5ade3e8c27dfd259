//! A database seen from the inside.

use std::sync::Arc;

use super::DataSource;
use crate::notion::state::{DatabaseState, SourceState, World};
use crate::notion::{Id, Property};
use crate::service::Service;

/// A database of a running simulator. Clones are the same database.
#[derive(Clone)]
pub struct Database {
    service: Arc<Service<World>>,
    id: Id,
}

impl Database {
    pub(in crate::notion) fn new(service: Arc<Service<World>>, id: Id) -> Self {
        Self { service, id }
    }

    /// Its id, which is never that of a data source.
    #[must_use]
    pub fn id(&self) -> Id {
        self.id
    }

    /// Adds a data source; its id follows from the database and the name.
    pub fn data_source(&self, name: &str, properties: impl IntoIterator<Item = Property>) -> DataSource {
        let mut world = self.service.world();
        let id = Id::named(&format!("data source/{}/{name}", self.id));
        if let Some(database) = world.database(self.id) {
            let mut source = SourceState::new(id, self.id, name, database.stamp);
            for property in properties {
                source.add_column(property);
            }
            world.sources.retain(|known| known.id != id);
            world.sources.push(source);
        }
        DataSource::new(Arc::clone(&self.service), id)
    }

    /// The data source of this name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<DataSource> {
        let world = self.service.world();
        let id = world.sources_of(self.id).find(|source| source.name == name)?.id;
        Some(DataSource::new(Arc::clone(&self.service), id))
    }

    /// Shares it with the integrations again.
    pub fn share(&self) {
        self.change(|database| database.shared = true);
    }

    /// Hides it from every integration.
    pub fn unshare(&self) {
        self.change(|database| database.shared = false);
    }

    /// Puts it into the trash, or takes it out.
    pub fn set_trashed(&self, in_trash: bool) {
        self.change(|database| database.in_trash = in_trash);
    }

    /// Renames it.
    pub fn rename(&self, name: &str) {
        self.change(|database| name.clone_into(&mut database.name));
    }

    fn change(&self, change: impl FnOnce(&mut DatabaseState)) {
        if let Some(database) = self.service.world().database_mut(self.id) {
            change(database);
        }
    }
}

impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Database({})", self.id)
    }
}
