//! What happened to a deal.

use model::deal::FieldValue;
use model::deal_history::{DealEvent, DealEventKind, DealFieldChange};
use model::{DealField, DealValues, Money, Slot};
use serde::Deserialize;
use serde_json::Value;
use store::{DealEventRow, NewDealEvent};

use super::not_found;
use crate::{Hub, Result};

impl Hub {
    /// Who or which run changed what in a deal, newest first, at most `limit` events. A deal that was deleted
    /// keeps its history for as long as it can come back.
    ///
    /// What runs did goes with the details of the run (`PASSERELLE_KEEP_RUN_DETAILS_DAYS`); what happened
    /// before histories were kept is not in it.
    ///
    /// # Errors
    /// `NotFound` with « Deal non trouvé » when there is neither a deal nor anything to tell.
    pub async fn deal_history(&self, id: i64, limit: u32) -> Result<Vec<DealEvent>> {
        let rows = self.store().deal_events(id, limit).await?;
        if rows.is_empty() && self.store().deal(id).await?.is_none() {
            return Err(not_found());
        }
        Ok(rows.into_iter().map(event).collect())
    }
}

/// A deal that somebody made.
pub(super) fn created(deal_id: i64, values: &DealValues) -> NewDealEvent {
    event_of(deal_id, DealEventKind::Created, &DealValues::default(), values)
}

/// A deal whose fields somebody changed.
pub(super) fn changed(deal_id: i64, before: &DealValues, after: &DealValues) -> NewDealEvent {
    event_of(deal_id, DealEventKind::Changed, before, after)
}

fn event_of(deal_id: i64, kind: DealEventKind, before: &DealValues, after: &DealValues) -> NewDealEvent {
    let text = |slot: &Slot<FieldValue>| slot.value().map(FieldValue::to_text);
    let fields: Vec<DealFieldChange> = DealField::ALL
        .into_iter()
        .map(|field| (field, text(before.get(field)), text(after.get(field))))
        .filter(|(_, before, after)| before != after)
        .map(|(field, before, after)| DealFieldChange { field: field.key().to_owned(), before, after })
        .collect();
    NewDealEvent { deal_id, kind, fields: serde_json::json!(fields).to_string() }
}

fn event(DealEventRow { at, kind, actor, fields }: DealEventRow) -> DealEvent {
    // Written by this program as a list of such objects.
    let fields: Vec<Kept> = serde_json::from_str(&fields).unwrap_or_default();
    // A run keeps fields too in which it left things as they were.
    let fields = fields.into_iter().filter(|kept| kept.before != kept.after).map(Kept::told).collect();
    DealEvent { at, kind, actor, fields }
}

/// A field as a run or a person's change is kept.
#[derive(Deserialize)]
struct Kept {
    field: String,
    #[serde(default)]
    before: Value,
    #[serde(default)]
    after: Value,
}

impl Kept {
    fn told(self) -> DealFieldChange {
        DealFieldChange { field: self.field, before: plain(self.before), after: plain(self.after) }
    }
}

/// A value as plain text, the same whoever wrote it.
fn plain(value: Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text),
        Value::Number(number) => Some(
            number.as_f64().and_then(Money::from_f64).map_or_else(|| number.to_string(), |m| m.to_string()),
        ),
        other => Some(other.to_string()),
    }
}
