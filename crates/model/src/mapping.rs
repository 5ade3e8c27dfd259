//! Which field of a service holds which field of a deal.

use std::collections::{BTreeMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::deal::DealField;
use crate::made::Made;
use crate::schema::{StreamField, StreamSchema, ValueKind};
use crate::status::StatusWords;
use crate::text::Text;

/// The service's field, by name or id, for each mapped field of a deal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Mapping(pub BTreeMap<DealField, String>);

/// The names most people give their columns.
impl Default for Mapping {
    fn default() -> Mapping {
        let names = ["Name", "Status", "Amount", "Sector", "Due Date", "Assignee", "Notes"];
        Mapping(DealField::ALL.into_iter().zip(names.map(str::to_owned)).collect())
    }
}

/// A mapping whose fields were found in a stream.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resolved {
    /// The mapped fields, in the order of [`DealField::ALL`].
    pub fields: Vec<(DealField, StreamField)>,
    /// The fields that recipes make; they are read and never written.
    pub made: Vec<Made>,
    /// Mapped fields the stream does not have; nothing is known of them and nothing is written.
    pub not_found: Vec<(DealField, String)>,
    /// The person's own words for statuses.
    pub status_words: StatusWords,
}

/// What people call the fields of a deal, beside the default names, the most telling first; without case.
const OTHER_NAMES: [(DealField, &[&str]); 7] = [
    (
        DealField::Client,
        &["client", "société", "entreprise", "compte", "nom", "company", "account", "customer"],
    ),
    (DealField::Statut, &["statut", "étape", "stage", "état"]),
    (DealField::MontantBrut, &["montant", "montant brut", "montant deal", "valeur", "value", "deal value"]),
    (DealField::Secteur, &["secteur", "industry", "industrie", "tags"]),
    (DealField::DateEcheance, &["échéance", "date d'échéance", "date échéance", "deadline", "close date"]),
    (DealField::Assignee, &["responsable", "assigné", "assignees", "owner", "commercial"]),
    (DealField::Notes, &["note", "commentaires", "commentaire", "comments", "description"]),
];

impl Mapping {
    /// The mapping a table's own fields suggest: the default name where the table has it, else another
    /// name people use, else the default name. No field is taken twice.
    pub fn suggested(stream: &StreamSchema) -> Mapping {
        let mut mapping = Mapping::default();
        let defaults: Vec<String> = mapping.0.values().cloned().collect();
        for (field, names) in OTHER_NAMES {
            let usable = |name: &str| stream.find(name).filter(|found| found.kind != ValueKind::Unsupported);
            let has_default = mapping.0.get(&field).is_some_and(|name| usable(name).is_some());
            let other = names.iter().find_map(|name| {
                usable(name).filter(|found| !defaults.iter().any(|d| stream.find(d) == Some(*found)))
            });
            if let (false, Some(found)) = (has_default, other) {
                mapping.0.insert(field, found.name.clone());
            }
        }
        mapping
    }

    /// Reads the object people save: field names to service names; empty names are left out.
    ///
    /// # Errors
    /// Every fault: an unknown CRM field, two CRM fields on one service field, nothing mapped.
    pub fn parse(entries: &BTreeMap<String, String>) -> Result<Mapping, Vec<Text>> {
        let mut faults = Vec::new();
        let mut mapping = BTreeMap::new();
        let mut taken: BTreeMap<String, DealField> = BTreeMap::new();
        for (key, name) in entries {
            let name = name.trim();
            let Some(field) = DealField::from_key(key) else {
                let known = DealField::ALL.map(DealField::key).join(", ");
                faults.push(Text::new(
                    format!("« {key} » n'est pas un champ du CRM. Champs possibles : {known}."),
                    format!("“{key}” is not a field of the CRM. Possible fields: {known}."),
                ));
                continue;
            };
            if name.is_empty() {
                continue;
            }
            if let Some(other) = taken.insert(name.to_lowercase(), field) {
                let (a, b) = (other.key(), field.key());
                faults.push(Text::new(
                    format!("« {name} » est associé à la fois à {a} et à {b}. Choisissez un champ différent pour l'un des deux."),
                    format!("“{name}” is mapped to both {a} and {b}. Choose another field for one of them."),
                ));
            }
            mapping.insert(field, name.to_owned());
        }
        if mapping.is_empty() && faults.is_empty() {
            faults.push(Text::fixed(
                "Le mapping est vide. Associez au moins le client et le montant brut à un champ du service.",
                "The mapping is empty. Map at least the client and the gross amount to a field of the service.",
            ));
        }
        if faults.is_empty() { Ok(Mapping(mapping)) } else { Err(faults) }
    }

    /// Finds the mapped fields in a stream. `pinned` gives the ids they had when last seen, so that a
    /// renamed field is still the same field. What recipes make counts before what is mapped.
    ///
    /// # Errors
    /// What keeps the mapping from being used at all: a required field is not mapped or not found, or
    /// two fields turn out to be the same one.
    pub fn resolve(
        &self,
        stream: &StreamSchema,
        pinned: &BTreeMap<DealField, String>,
        made: Vec<Made>,
    ) -> Result<Resolved, Vec<Text>> {
        let mut resolved = Resolved::default();
        let mut faults = Vec::new();
        let mut used = HashSet::new();
        let is_mapped = |field: &DealField| !made.iter().any(|made| made.field == *field);
        for field in DealField::ALL.into_iter().filter(is_mapped) {
            let label = field.label();
            match self.0.get(&field) {
                None if field.required() => faults.push(Text::new(
                    format!("{} n'est associé à aucun champ. Complétez le mapping.", label.fr),
                    format!("{} is not mapped to any field. Complete the mapping.", label.en),
                )),
                None => {}
                Some(name) => {
                    match pinned.get(&field).and_then(|id| stream.find(id)).or_else(|| stream.find(name)) {
                        Some(found) if !used.insert(found.id.clone()) => faults.push(Text::new(
                            format!(
                                "Le champ « {} » est associé deux fois. Choisissez un champ différent.",
                                found.name
                            ),
                            format!("The field “{}” is mapped twice. Choose another field.", found.name),
                        )),
                        Some(found) => resolved.fields.push((field, found.clone())),
                        None if field.required() => faults.push(not_found(field, name, stream)),
                        None => resolved.not_found.push((field, name.clone())),
                    }
                }
            }
        }
        if faults.is_empty() { Ok(Resolved { made, ..resolved }) } else { Err(faults) }
    }
}

/// What to say of a mapped field the stream does not have.
pub fn not_found(field: DealField, name: &str, stream: &StreamSchema) -> Text {
    let label = field.label();
    let names: Vec<&str> = stream.fields.iter().map(|f| f.name.as_str()).take(12).collect();
    let names = names.join(", ");
    Text::new(
        format!(
            "Le champ « {name} » ({}) n'existe pas dans la table « {} ». Corrigez le mapping. Champs présents : {names}.",
            label.fr, stream.name
        ),
        format!(
            "The field “{name}” ({}) does not exist in the table “{}”. Correct the mapping. Fields there: {names}.",
            label.en, stream.name
        ),
    )
}

impl Resolved {
    /// The service's field for that field of a deal.
    pub fn field(&self, field: DealField) -> Option<&StreamField> {
        self.fields.iter().find(|(f, _)| *f == field).map(|(_, s)| s)
    }

    /// Every field of the service that is read, each once.
    pub fn sources(&self) -> Vec<StreamField> {
        let mut sources: Vec<StreamField> = Vec::new();
        let mapped = self.fields.iter().map(|(_, field)| field);
        for field in mapped.chain(self.made.iter().flat_map(Made::sources)) {
            if !sources.iter().any(|known| known.id == field.id) {
                sources.push(field.clone());
            }
        }
        sources
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Whatever is saved: a mapping that can be saved again as it is, or every fault.
        #[test]
        fn what_was_read_is_read_again(entries in proptest::collection::btree_map(
            prop_oneof![proptest::sample::select(DealField::ALL.map(DealField::key).to_vec()).prop_map(str::to_owned), ".{0,8}"],
            "[ A-Za-zé]{0,6}|.{0,8}",
            0..6,
        )) {
            match Mapping::parse(&entries) {
                Ok(mapping) => {
                    let saved = mapping.0.iter().map(|(field, name)| (field.key().to_owned(), name.clone())).collect();
                    prop_assert_eq!(Mapping::parse(&saved), Ok(mapping));
                }
                Err(faults) => prop_assert!(!faults.is_empty()),
            }
        }
    }

    #[test]
    fn what_cannot_be_read_is_not_suggested() {
        let field = |name: &str, kind| StreamField {
            id: name.to_owned(),
            name: name.to_owned(),
            kind,
            native_type: "x".to_owned(),
            writable: true,
            options: Vec::new(),
            makes_options: false,
            stands_for: BTreeMap::new(),
        };
        let fields = vec![field("Tags", ValueKind::Unsupported), field("Client", ValueKind::Text)];
        let found = Mapping::suggested(&StreamSchema { id: "t".into(), name: "T".into(), fields });
        assert_eq!(found.0[&DealField::Client], "Client");
        assert_eq!(found.0[&DealField::Secteur], "Sector");
    }
}
