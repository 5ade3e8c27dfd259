//! One change to many deals at once.

use model::deal::FieldValue;
use model::{DealField, Slot, Status};

use super::history::changed;
use crate::{Caller, DealFilter, Hub, Result};

/// How many deals go into one transaction: others who write wait a few milliseconds at most.
pub(super) const PORTION: usize = 500;

/// Which deals are meant.
#[derive(Clone, Debug)]
pub enum DealSelection {
    /// Those with these ids.
    Ids(Vec<i64>),
    /// Every deal of a filter, whatever its limit.
    Filter(DealFilter),
    /// Those that this import of a file created and that are still there.
    CreatedBy(i64),
}

/// What a change to many deals did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BulkChange {
    /// How many were changed.
    pub changed: u64,
    /// How many were like that already.
    pub unchanged: u64,
    /// How many ids are no deal's.
    pub missing: u64,
}

impl Hub {
    /// Gives many deals one status, five hundred to a transaction.
    ///
    /// # Errors
    /// The database could not write; what earlier transactions changed stays.
    pub async fn update_deals(
        &self,
        by: &Caller,
        which: DealSelection,
        status: Status,
    ) -> Result<BulkChange> {
        let mut done = BulkChange::default();
        for ids in self.selected(which).await?.chunks(PORTION) {
            let mut batch = self.store().begin().await?;
            let (at, mut events) = (self.at(), Vec::new());
            let deals = batch.deals_to_change(ids).await?;
            let there = deals.len() as u64;
            for deal in deals {
                let mut values = deal.values.clone();
                values.set(DealField::Statut, Slot::Set(FieldValue::Status(status)));
                if values != deal.values {
                    batch.update_deal(deal.id, &values, &at).await?;
                    events.push(changed(deal.id, &deal.values, &values));
                }
            }
            batch.add_deal_events(&events, &by.author(), &at).await?;
            batch.commit().await?;
            let changed = events.len() as u64;
            done.changed += changed;
            done.unchanged += there - changed;
            done.missing += ids.len() as u64 - there;
        }
        Ok(done)
    }

    /// The ids that are meant, each once.
    pub(super) async fn selected(&self, which: DealSelection) -> Result<Vec<i64>> {
        match which {
            DealSelection::Ids(mut ids) => {
                ids.sort_unstable();
                ids.dedup();
                Ok(ids)
            }
            DealSelection::Filter(filter) => Ok(self.store().deal_ids(&filter).await?),
            DealSelection::CreatedBy(run_id) => self.created_ids(run_id).await,
        }
    }
}
