//! How the deals of a connection are read from its service and written to it: which field is which, and which
//! stage stands for which status.

use std::collections::BTreeMap;

use model::deal::FieldValue;
use model::{DealField, Mapping, Status, StatusWords, StreamField, crossing};

use crate::sync::{find_stream, mapping_of};
use crate::{Hub, Result};

/// The mapping of one connection, with what its service offers.
#[derive(Clone, Debug, PartialEq)]
pub struct DealsMapping {
    /// Which field of the service is which of a deal: as saved, or as it is suggested.
    pub mapping: Mapping,
    /// The fields the service has.
    pub fields: Vec<StreamField>,
    /// The stages of the field that holds the status, in the service's order; none where it is free text.
    pub stages: Vec<Stage>,
    /// What each status is sent as; `None` where no stage stands for it, and such deals are refused.
    pub sent: Vec<(Status, Option<String>)>,
}

/// A stage of the service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// What the service calls it.
    pub label: String,
    /// The status a person chose for it.
    pub chosen: Option<Status>,
    /// The status it has otherwise: by its name, or by what the service says of it.
    pub usual: Option<Status>,
}

impl Hub {
    /// How the deals of a connection are mapped; its service is asked for its fields and stages.
    ///
    /// # Errors
    /// `NotFound`, `NotConfigured`; the service does not answer or refuses.
    pub async fn deals_mapping(&self, id: i64) -> Result<DealsMapping> {
        let row = self.account_row(id).await?;
        let account = self.connect(&row).await?;
        let stream = find_stream(account.connection.as_ref(), &row).await?;
        let mapping = mapping_of(&row, Some(&stream));
        let field = mapping.0.get(&DealField::Statut).and_then(|name| stream.find(name));
        let own = StatusWords::parse(&row.status_words).unwrap_or_default();
        let (stages, sent) = match field.filter(|field| !field.options.is_empty()) {
            Some(field) => (stages(field, &row.status_words), sent(field, own)),
            None => (Vec::new(), Vec::new()),
        };
        Ok(DealsMapping { mapping, fields: stream.fields, stages, sent })
    }
}

fn stages(field: &StreamField, own: &BTreeMap<String, String>) -> Vec<Stage> {
    let usual = StatusWords::default().with_stages(&field.stands_for);
    let stage = |label: &String| Stage {
        label: label.clone(),
        chosen: own.get(label).and_then(|word| Status::from_word(word)),
        usual: usual.status(label),
    };
    field.options.iter().map(stage).collect()
}

fn sent(field: &StreamField, own: StatusWords) -> Vec<(Status, Option<String>)> {
    let words = own.with_stages(&field.stands_for);
    let stage = |status| {
        let value = crossing::to_service(Some(&FieldValue::Status(status)), field, &words).ok()?;
        value.to_text()
    };
    Status::ALL.map(|status| (status, stage(status))).into()
}

#[cfg(test)]
mod tests {
    use model::ValueKind;

    use super::*;

    #[test]
    fn a_stage_is_what_the_person_says_then_its_name_then_the_service() {
        let labels = ["Premier contact", "Qualifié", "Devis", "Signé", "Abandonné"].map(str::to_owned);
        let field = StreamField {
            id: "stage".into(),
            name: "Étape".into(),
            kind: ValueKind::Choice,
            native_type: "stage".into(),
            writable: true,
            options: labels.to_vec(),
            makes_options: false,
            stands_for: labels
                .iter()
                .cloned()
                .zip([Status::Prospect, Status::Lost, Status::Qualified, Status::Won, Status::Lost])
                .collect(),
        };
        let own = BTreeMap::from([("Devis".to_owned(), "négociation".to_owned())]);
        let seen: Vec<_> =
            stages(&field, &own).into_iter().map(|stage| (stage.chosen, stage.usual)).collect();
        use Status::{InProgress, Lost, Negotiation, Prospect, Qualified, Won};
        assert_eq!(
            seen,
            [
                (None, Some(Prospect)),
                (None, Some(Qualified)),
                (Some(Negotiation), Some(Qualified)),
                (None, Some(Won)),
                (None, Some(Lost)),
            ]
        );
        let sent: BTreeMap<_, _> = sent(&field, StatusWords::parse(&own).expect("words"))
            .into_iter()
            .map(|(status, label)| (status.word(), label.unwrap_or_default()))
            .collect();
        let expected = [
            (Prospect, "Premier contact"),
            (Qualified, "Qualifié"),
            (Negotiation, "Devis"),
            (Won, "Signé"),
            (InProgress, ""),
            (Lost, "Abandonné"),
        ];
        assert_eq!(sent, expected.map(|(status, label)| (status.word(), label.to_owned())).into());
    }
}
