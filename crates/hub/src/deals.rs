//! Deals of the CRM.

use model::api::{DealBody, DealPage};
use model::deal::FieldValue;
use model::{DealField, DealValues, Lang, Slot, Status, Text};

use crate::{DealFilter, Error, Hub, Kind, Result};

impl Hub {
    /// Deals that fit a filter.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn deals(&self, filter: &DealFilter) -> Result<DealPage> {
        let (deals, total) = self.store().deals(filter).await?;
        Ok(DealPage { deals: deals.iter().map(DealBody::from).collect(), total })
    }

    /// A new deal. Without a status it is a prospect.
    ///
    /// # Errors
    /// `Invalid` names every fault.
    pub async fn create_deal(&self, mut values: DealValues) -> Result<DealBody> {
        if values.status().is_none() {
            values.set(DealField::Statut, Slot::Set(FieldValue::Status(Status::default())));
        }
        valid(&values, true)?;
        let mut batch = self.store().begin().await?;
        let ids = batch.insert_deals(&[&values], &self.at()).await?;
        batch.commit().await?;
        let id = ids.first().copied().unwrap_or_default();
        self.deal(id).await
    }

    /// Changes some fields of a deal.
    ///
    /// # Errors
    /// `NotFound` with « Deal non trouvé »; `Invalid` names every fault.
    pub async fn update_deal(&self, id: i64, values: DealValues) -> Result<DealBody> {
        valid(&values, false)?;
        let mut batch = self.store().begin().await?;
        let deal = batch.deals(&[id]).await?.pop().ok_or_else(not_found)?;
        let mut updated = deal.values.clone();
        for (field, slot) in values.known() {
            updated.set(field, slot.clone());
        }
        if updated != deal.values {
            batch.update_deal(id, &updated, &self.at()).await?;
        }
        batch.commit().await?;
        self.deal(id).await
    }

    /// Deletes a deal.
    ///
    /// # Errors
    /// `NotFound` with « Deal non trouvé ».
    pub async fn delete_deal(&self, id: i64) -> Result<()> {
        let mut batch = self.store().begin().await?;
        let existed = batch.delete_deal(id).await?;
        batch.commit().await?;
        if existed { Ok(()) } else { Err(not_found()) }
    }

    /// Deletes every deal; returns how many there were.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn delete_all_deals(&self) -> Result<u64> {
        let mut batch = self.store().begin().await?;
        let deleted = batch.delete_all_deals().await?;
        batch.commit().await?;
        Ok(deleted)
    }

    async fn deal(&self, id: i64) -> Result<DealBody> {
        let deal = self.store().deal(id).await?.ok_or_else(not_found)?;
        Ok(DealBody::from(&deal))
    }
}

fn not_found() -> Error {
    Error::new(Kind::NotFound, Text::fixed("Deal non trouvé", "Deal not found"))
}

fn valid(values: &DealValues, complete: bool) -> Result<()> {
    let faults = values.faults(complete);
    if faults.is_empty() {
        return Ok(());
    }
    let join = |lang| faults.iter().map(|f| f.text.get(lang)).collect::<Vec<_>>().join(" ");
    Err(Error::invalid(Text::new(join(Lang::Fr), join(Lang::En))))
}
