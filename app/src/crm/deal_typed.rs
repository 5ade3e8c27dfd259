//! What the form of a deal holds, and what is wrong with it.

use std::collections::BTreeMap;

use model::api::DealBody;
use model::{DealField, Lang, Status, Text, notation};

/// The form of a deal, stored or typed; in the context, it was sent and is not right yet.
#[derive(Clone, Debug, Default)]
pub struct DealTyped {
    /// The fields as they are typed.
    pub values: BTreeMap<DealField, String>,
    /// What is wrong with them.
    pub faults: BTreeMap<DealField, Text>,
    /// When the deal had last changed as its editor saw it; empty for a new one.
    pub seen: String,
    /// What the deal holds now, if somebody was faster.
    pub overtaken: Option<Text>,
}

impl DealTyped {
    /// What a new deal begins with.
    pub(super) fn blank() -> DealTyped {
        let values = BTreeMap::from([(DealField::Statut, Status::default().word().to_owned())]);
        DealTyped { values, ..DealTyped::default() }
    }

    /// What is stored, as the reader would type it.
    pub(super) fn stored(deal: &DealBody, lang: Lang) -> DealTyped {
        let values = DealField::ALL.into_iter().map(|field| {
            let value = match field {
                DealField::Client => Some(deal.client.clone()),
                DealField::Statut => Some(deal.statut.word().to_owned()),
                DealField::MontantBrut => Some(notation::typed(deal.montant_brut, lang)),
                DealField::Secteur => deal.secteur.clone(),
                DealField::DateEcheance => deal.date_echeance.clone(),
                DealField::Assignee => deal.assignee.clone(),
                DealField::Notes => deal.notes.clone(),
            };
            (field, value.unwrap_or_default())
        });
        DealTyped { values: values.collect(), seen: deal.updated_at.clone(), ..DealTyped::default() }
    }

    /// The same, told that somebody was faster. Sent once more, it counts: its editor knows now.
    #[must_use]
    pub fn overtaken(self, by: Text) -> DealTyped {
        DealTyped { seen: String::new(), overtaken: Some(by), ..self }
    }

    /// What a field holds.
    pub(super) fn value(&self, field: DealField) -> String {
        self.values.get(&field).cloned().unwrap_or_default()
    }

    /// The first field that is wrong.
    pub(super) fn first_wrong(&self) -> Option<DealField> {
        self.faults.keys().next().copied()
    }
}
