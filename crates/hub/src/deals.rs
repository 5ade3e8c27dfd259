//! Deals of the CRM.

mod bulk;
mod deletion;
mod halfway;
mod history;
mod of_run;
mod origin;
mod status;
mod views;

use chrono::{DateTime, Utc};
use model::api::{DealBody, DealPage, instant};
use model::deal::FieldValue;
use model::notation;
use model::parse::shorten;
use model::{Deal, DealField, DealValues, Lang, Slot, Status, Text};

use crate::{Caller, DealFilter, Error, Hub, Kind, Result};

use history::{changed, created};

pub use bulk::{BulkChange, DealSelection};
pub use deletion::{Deletion, NotRestored, Undone};
pub use of_run::CreatedDeals;
pub use views::SavedView;

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
    pub async fn create_deal(&self, by: &Caller, mut values: DealValues) -> Result<DealBody> {
        if values.status().is_none() {
            values.set(DealField::Statut, Slot::Set(FieldValue::Status(Status::default())));
        }
        valid(&values, true)?;
        let mut batch = self.store().begin().await?;
        let at = self.at();
        let ids = batch.insert_deals(&[&values], &at).await?;
        let id = ids.first().copied().unwrap_or_default();
        let event = created(id, &values);
        batch.add_deal_events(&[event], &by.author(), &at).await?;
        batch.commit().await?;
        self.deal(id).await
    }

    /// Changes some fields of a deal. With `seen`, only if it has not changed since that instant, which is the
    /// `updated_at` its editor saw.
    ///
    /// # Errors
    /// `NotFound` with « Deal non trouvé »; `Invalid` names every fault; `Outdated` when somebody or a run was
    /// faster, with what the deal holds now.
    pub async fn update_deal(
        &self,
        by: &Caller,
        id: i64,
        values: DealValues,
        seen: Option<DateTime<Utc>>,
    ) -> Result<DealBody> {
        valid(&values, false)?;
        let mut batch = self.store().begin().await?;
        let deal = batch.deals_to_change(&[id]).await?.pop().ok_or_else(not_found)?;
        // What is kept, and so what is seen, has milliseconds.
        if seen.is_some_and(|seen| instant(seen) != instant(deal.updated_at)) {
            return Err(changed_since(&deal, &values));
        }
        let mut updated = deal.values.clone();
        for (field, slot) in values.known() {
            updated.set(field, slot.clone());
        }
        if updated != deal.values {
            let at = self.at();
            batch.update_deal(id, &updated, &at).await?;
            let event = changed(id, &deal.values, &updated);
            batch.add_deal_events(&[event], &by.author(), &at).await?;
        }
        batch.commit().await?;
        self.deal(id).await
    }

    /// The deals with these ids that exist, by id.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn deals_named(&self, ids: &[i64]) -> Result<Vec<DealBody>> {
        Ok(self.store().deals_with_ids(ids).await?.iter().map(DealBody::from).collect())
    }

    /// One deal.
    ///
    /// # Errors
    /// `NotFound` with « Deal non trouvé ».
    pub async fn deal(&self, id: i64) -> Result<DealBody> {
        let deal = self.store().deal(id).await?.ok_or_else(not_found)?;
        Ok(DealBody::from(&deal))
    }
}

/// Somebody was faster: what the deal holds now where its editor would have written something else, so that they can
/// decide.
fn changed_since(deal: &Deal, wished: &DealValues) -> Error {
    let held = |lang| {
        let others = deal.values.known().filter(|(field, now)| {
            let wish = wished.get(*field);
            !matches!(wish, Slot::Absent) && wish != *now
        });
        let fields = others.map(|(field, slot)| {
            let value = slot.value().map_or_else(|| "—".to_owned(), |value| shown(value, lang));
            match lang {
                Lang::Fr => format!("{} : {value}", field.label().fr),
                Lang::En => format!("{}: {value}", field.label().en),
            }
        });
        fields.collect::<Vec<_>>().join(" ; ")
    };
    let (fr, en) = (held(Lang::Fr), held(Lang::En));
    let told = |sentence: &str, holds: &str, fields: &str| match fields {
        "" => sentence.to_owned(),
        fields => format!("{sentence} {holds} {fields}."),
    };
    let message = Text::new(
        told("Ce deal a changé depuis que vous l'avez ouvert.", "Il contient maintenant :", &fr),
        told("This deal has changed since you opened it.", "It now holds:", &en),
    );
    Error::new(Kind::Outdated, message).hint(Some(Text::fixed(
        "Rechargez le deal, puis refaites votre modification si elle est encore utile.",
        "Load the deal again, then make your change anew if it is still of use.",
    )))
}

/// A value as people write it.
fn shown(value: &FieldValue, lang: Lang) -> String {
    match value {
        FieldValue::Money(amount) => amount.display(lang),
        FieldValue::Date(day) => notation::day(&day.to_string(), lang),
        _ => shorten(&value.to_text()),
    }
}

/// The same values with another status.
fn with_status(values: &DealValues, status: Status) -> DealValues {
    let mut values = values.clone();
    values.set(DealField::Statut, Slot::Set(FieldValue::Status(status)));
    values
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
