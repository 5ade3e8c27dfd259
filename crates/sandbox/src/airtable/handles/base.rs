//! A base seen from the inside.

use std::sync::Arc;

use super::Table;
use crate::airtable::service::Service;
use crate::airtable::{Field, Id};

/// A base of a running simulator. Clones are the same base.
#[derive(Clone)]
pub struct Base {
    service: Arc<Service>,
    id: Id,
}

impl Base {
    pub(in crate::airtable) fn new(service: Arc<Service>, id: Id) -> Self {
        Self { service, id }
    }

    /// `app…`.
    #[must_use]
    pub fn id(&self) -> Id {
        self.id
    }

    /// Adds a table. The first field is the primary one; a link adds its inverse on the other side.
    pub fn table(&self, name: &str, fields: impl IntoIterator<Item = Field>) -> Table {
        let mut world = self.service.world();
        let id = match world.base_mut(self.id) {
            Some(base) => {
                let id = base.add_table(name, None);
                for field in fields {
                    base.add_field(id, field);
                }
                id
            }
            // The base was removed meanwhile: the handle leads nowhere, as its table does.
            None => self.id,
        };
        Table::new(Arc::clone(&self.service), self.id, id)
    }

    /// The table of this name or id.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<Table> {
        let id = self.service.world().base(self.id)?.table(key)?.id;
        Some(Table::new(Arc::clone(&self.service), self.id, id))
    }

    /// How many webhooks it has, those included that have expired.
    #[must_use]
    pub fn webhooks(&self) -> usize {
        self.service.world().base(self.id).map_or(0, |base| base.webhooks.len())
    }

    /// Stops all notifications, as the service does where nobody answers them.
    pub fn stop_notifications(&self) {
        if let Some(base) = self.service.world().base_mut(self.id) {
            base.webhooks.iter_mut().for_each(|webhook| webhook.notifies = false);
        }
    }

    /// Deletes a table.
    pub fn delete_table(&self, key: &str) {
        if let Some(base) = self.service.world().base_mut(self.id) {
            base.tables.retain(|table| !table.is(key));
            base.schema_changed();
        }
    }
}

impl std::fmt::Debug for Base {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Base({})", self.id)
    }
}
