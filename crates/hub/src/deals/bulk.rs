//! One change to many deals at once.

use std::collections::BTreeMap;

use model::Status;

use super::history::changed;
use super::{halfway, with_status};
use crate::{Caller, DealFilter, Error, Hub, Result};

/// How many deals go into one transaction: others who write wait a few milliseconds at most.
pub(super) const PORTION: usize = 500;

/// Which deals are meant.
#[derive(Clone, Debug)]
pub enum DealSelection {
    /// Those with these ids.
    Ids(Vec<i64>),
    /// Those with these ids, each with the status it was seen with, where that is known. Another status leaves
    /// alone what has changed its own since.
    Seen(BTreeMap<i64, Option<Status>>),
    /// Every deal of a filter, whatever its limit.
    Filter(DealFilter),
    /// Those that this import of a file created and that are still there.
    CreatedBy(i64),
}

impl DealSelection {
    /// The status each deal was seen with, where that is known.
    fn seen(&self) -> BTreeMap<i64, Option<Status>> {
        match self {
            DealSelection::Seen(deals) => deals.clone(),
            DealSelection::Ids(_) | DealSelection::Filter(_) | DealSelection::CreatedBy(_) => BTreeMap::new(),
        }
    }
}

/// What a change to many deals did.
#[derive(Clone, Debug, Default)]
pub struct BulkChange {
    /// How many were changed.
    pub changed: u64,
    /// How many were like that already.
    pub unchanged: u64,
    /// How many were left alone: their status is no longer the one they were seen with.
    pub overtaken: u64,
    /// How many ids are no deal's.
    pub missing: u64,
    /// What stopped it before its end.
    pub stopped: Option<Error>,
}

impl Hub {
    /// Gives many deals one status, five hundred to a transaction. What stops it when some of them have it already is
    /// told with what was done.
    ///
    /// # Errors
    /// The database could not write; then nothing was changed.
    pub async fn update_deals(
        &self,
        by: &Caller,
        which: DealSelection,
        status: Status,
    ) -> Result<BulkChange> {
        let mut done = BulkChange::default();
        match self.update_portions(by, which, status, &mut done).await {
            Err(cause) if done.changed > 0 => done.stopped = Some(halfway::changed(&done, cause)),
            ended => ended?,
        }
        Ok(done)
    }

    async fn update_portions(
        &self,
        by: &Caller,
        which: DealSelection,
        status: Status,
        done: &mut BulkChange,
    ) -> Result<()> {
        let seen = which.seen();
        for ids in self.selected(which).await?.chunks(PORTION) {
            let mut batch = self.store().begin().await?;
            let (at, mut events) = (self.at(), Vec::new());
            let deals = batch.deals_to_change(ids).await?;
            let (there, mut overtaken) = (deals.len() as u64, 0);
            for deal in deals {
                let values = with_status(&deal.values, status);
                if values == deal.values {
                    continue;
                }
                let seen = seen.get(&deal.id).copied().flatten();
                if seen.is_some() && seen != deal.values.status() {
                    overtaken += 1;
                    continue;
                }
                batch.update_deal(deal.id, &values, &at).await?;
                events.push(changed(deal.id, &deal.values, &values));
            }
            batch.add_deal_events(&events, &by.author(), &at).await?;
            batch.commit().await?;
            let changed = events.len() as u64;
            done.changed += changed;
            done.overtaken += overtaken;
            done.unchanged += there - changed - overtaken;
            done.missing += ids.len() as u64 - there;
        }
        Ok(())
    }

    /// The ids that are meant, each once.
    pub(super) async fn selected(&self, which: DealSelection) -> Result<Vec<i64>> {
        match which {
            DealSelection::Ids(mut ids) => {
                ids.sort_unstable();
                ids.dedup();
                Ok(ids)
            }
            DealSelection::Seen(deals) => Ok(deals.into_keys().collect()),
            DealSelection::Filter(filter) => Ok(self.store().deal_ids(&filter).await?),
            DealSelection::CreatedBy(run_id) => self.created_ids(run_id).await,
        }
    }
}
