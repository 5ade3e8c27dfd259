//! A deal: its fields, their three states, and what makes one valid.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::money::Money;
use crate::status::Status;
use crate::text::{Lang, Text};

/// The fields of a deal that a person or a service can set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DealField {
    /// Whom the deal is with. Required.
    Client,
    /// Where it stands.
    Statut,
    /// Its amount, greater than zero. Required.
    MontantBrut,
    /// The line of business.
    Secteur,
    /// The day it is due.
    DateEcheance,
    /// Who follows it.
    Assignee,
    /// Free text.
    Notes,
}

impl DealField {
    /// Every field, in the order of forms and tables.
    pub const ALL: [DealField; 7] = [
        DealField::Client,
        DealField::Statut,
        DealField::MontantBrut,
        DealField::Secteur,
        DealField::DateEcheance,
        DealField::Assignee,
        DealField::Notes,
    ];

    /// The field's name in SQL, JSON and mappings.
    pub fn key(self) -> &'static str {
        match self {
            DealField::Client => "client",
            DealField::Statut => "statut",
            DealField::MontantBrut => "montant_brut",
            DealField::Secteur => "secteur",
            DealField::DateEcheance => "date_echeance",
            DealField::Assignee => "assignee",
            DealField::Notes => "notes",
        }
    }

    /// The field of that name.
    pub fn from_key(key: &str) -> Option<DealField> {
        DealField::ALL.into_iter().find(|f| f.key() == key)
    }

    /// The name people see.
    pub fn label(self) -> Text {
        match self {
            DealField::Client => Text::fixed("Client", "Client"),
            DealField::Statut => Text::fixed("Statut", "Status"),
            DealField::MontantBrut => Text::fixed("Montant brut", "Gross amount"),
            DealField::Secteur => Text::fixed("Secteur", "Sector"),
            DealField::DateEcheance => Text::fixed("Date d'échéance", "Due date"),
            DealField::Assignee => Text::fixed("Responsable", "Assignee"),
            DealField::Notes => Text::fixed("Notes", "Notes"),
        }
    }

    /// A deal cannot be without it.
    pub fn required(self) -> bool {
        matches!(self, DealField::Client | DealField::MontantBrut)
    }

    /// The most characters its text may have; longer text is refused, never cut.
    ///
    /// 100,000 is what Airtable's long text holds.
    pub fn max_chars(self) -> usize {
        if self == DealField::Notes { 100_000 } else { 500 }
    }
}

/// A field that is not known, known to be empty, or known to hold a value.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Slot<T> {
    /// Nothing is known; never written anywhere.
    #[default]
    Absent,
    /// Known to hold nothing.
    Empty,
    /// The value.
    Set(T),
}

impl<T> Slot<T> {
    /// The value, if there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Slot::Set(value) => Some(value),
            Slot::Absent | Slot::Empty => None,
        }
    }

    /// `Set` or `Empty`.
    pub fn known(value: Option<T>) -> Slot<T> {
        value.map_or(Slot::Empty, Slot::Set)
    }

    /// Whether nothing is known.
    pub fn is_absent(&self) -> bool {
        matches!(self, Slot::Absent)
    }
}

/// What one field of a deal holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum FieldValue {
    /// Client, sector, assignee, notes.
    Text(String),
    /// The status.
    Status(Status),
    /// The amount.
    Money(Money),
    /// The due date.
    Date(NaiveDate),
}

impl FieldValue {
    /// The value as plain text, in the notation that reads back the same.
    pub fn to_text(&self) -> String {
        match self {
            FieldValue::Text(text) => text.clone(),
            FieldValue::Status(status) => status.word().to_owned(),
            FieldValue::Money(money) => money.to_string(),
            FieldValue::Date(date) => date.to_string(),
        }
    }
}

/// Some or all fields of a deal, each in one of the three states.
///
/// Its JSON form is an object of the known fields, `null` for an empty one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DealValues([Slot<FieldValue>; 7]);

impl DealValues {
    /// What is known of that field.
    pub fn get(&self, field: DealField) -> &Slot<FieldValue> {
        &self.0[field as usize]
    }

    /// Sets what is known of that field.
    pub fn set(&mut self, field: DealField, slot: Slot<FieldValue>) {
        self.0[field as usize] = slot;
    }

    /// The text of that field, if it holds one.
    pub fn text(&self, field: DealField) -> Option<&str> {
        match self.get(field).value() {
            Some(FieldValue::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The amount, if known.
    pub fn money(&self) -> Option<Money> {
        match self.get(DealField::MontantBrut).value() {
            Some(FieldValue::Money(money)) => Some(*money),
            _ => None,
        }
    }

    /// The status, if known.
    pub fn status(&self) -> Option<Status> {
        match self.get(DealField::Statut).value() {
            Some(FieldValue::Status(status)) => Some(*status),
            _ => None,
        }
    }

    /// The due date, if known.
    pub fn date(&self) -> Option<NaiveDate> {
        match self.get(DealField::DateEcheance).value() {
            Some(FieldValue::Date(date)) => Some(*date),
            _ => None,
        }
    }

    /// The fields of which something is known.
    pub fn known(&self) -> impl Iterator<Item = (DealField, &Slot<FieldValue>)> {
        DealField::ALL.into_iter().zip(&self.0).filter(|(_, slot)| !slot.is_absent())
    }

    /// Everything wrong with these values for a deal; empty when they are fine.
    ///
    /// `complete` asks for the required fields too, as a new deal needs them.
    pub fn faults(&self, complete: bool) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut fault = |field, text| faults.push(Fault { field, text });
        for field in DealField::ALL {
            match self.get(field) {
                Slot::Empty if field.required() => fault(field, missing(field)),
                Slot::Absent if field.required() && complete => fault(field, missing(field)),
                Slot::Set(FieldValue::Text(text)) if text.len() > field.max_chars() => {
                    let (chars, max) = (text.chars().count(), field.max_chars());
                    if chars > max {
                        let label = field.label();
                        fault(
                            field,
                            Text::new(
                                format!(
                                    "{} : {chars} caractères, la limite est de {max}. Raccourcissez ce texte.",
                                    label.fr
                                ),
                                format!(
                                    "{}: {chars} characters, the limit is {max}. Shorten this text.",
                                    label.en
                                ),
                            ),
                        );
                    }
                }
                Slot::Set(FieldValue::Money(money)) if money.cents() <= 0 => fault(
                    field,
                    Text::new(
                        format!("Montant brut : {} doit être supérieur à 0.", money.display(Lang::Fr)),
                        format!("Gross amount: {} must be greater than 0.", money.display(Lang::En)),
                    ),
                ),
                Slot::Absent | Slot::Empty | Slot::Set(_) => {}
            }
        }
        faults
    }
}

/// What to say of a required field that holds nothing.
fn missing(field: DealField) -> Text {
    let label = field.label();
    Text::new(format!("{} manquant.", label.fr), format!("{} is missing.", label.en))
}

/// Something wrong with one field of a deal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fault {
    /// The field.
    pub field: DealField,
    /// What is wrong and what to do.
    pub text: Text,
}

impl Serialize for DealValues {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.known().map(|(field, slot)| (field.key(), slot.value())))
    }
}

impl<'de> Deserialize<'de> for DealValues {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<DealValues, D::Error> {
        let typed = Typed::deserialize(deserializer)?;
        let text = |slot: Option<Option<String>>| slot.map(|v| v.map(FieldValue::Text));
        let slots = [
            text(typed.client),
            typed.statut.map(|v| v.map(FieldValue::Status)),
            typed.montant_brut.map(|v| v.map(FieldValue::Money)),
            text(typed.secteur),
            typed.date_echeance.map(|v| v.map(FieldValue::Date)),
            text(typed.assignee),
            text(typed.notes),
        ];
        Ok(DealValues(slots.map(|slot| slot.map_or(Slot::Absent, Slot::known))))
    }
}

/// The JSON form of [`DealValues`], field by field with its type.
#[derive(Deserialize)]
struct Typed {
    #[serde(default, deserialize_with = "present")]
    client: Option<Option<String>>,
    #[serde(default, deserialize_with = "present")]
    statut: Option<Option<Status>>,
    #[serde(default, deserialize_with = "present")]
    montant_brut: Option<Option<Money>>,
    #[serde(default, deserialize_with = "present")]
    secteur: Option<Option<String>>,
    #[serde(default, deserialize_with = "present")]
    date_echeance: Option<Option<NaiveDate>>,
    #[serde(default, deserialize_with = "present")]
    assignee: Option<Option<String>>,
    #[serde(default, deserialize_with = "present")]
    notes: Option<Option<String>>,
}

/// Tells `null` from a key that is not there.
fn present<'de, D, T>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Some)
}

/// A deal as the CRM keeps it.
#[derive(Clone, Debug, PartialEq)]
pub struct Deal {
    /// The CRM's id.
    pub id: i64,
    /// Its fields; none is absent.
    pub values: DealValues,
    /// When it came into the CRM.
    pub created_at: DateTime<Utc>,
    /// When one of its fields last changed.
    pub updated_at: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_states_survive_json() {
        let mut values = DealValues::default();
        values.set(DealField::Client, Slot::Set(FieldValue::Text("Élan".into())));
        values.set(DealField::MontantBrut, Slot::Set(FieldValue::Money(Money::from_cents(1_005))));
        values.set(DealField::Statut, Slot::Set(FieldValue::Status(Status::InProgress)));
        values.set(DealField::Notes, Slot::Empty);
        let json = serde_json::to_string(&values).unwrap();
        assert_eq!(
            json,
            r#"{"client":"Élan","statut":"gagné - en cours","montant_brut":10.05,"notes":null}"#
        );
        assert_eq!(serde_json::from_str::<DealValues>(&json).unwrap(), values);
    }

    #[test]
    fn every_fault_is_named() {
        let mut values = DealValues::default();
        values.set(DealField::MontantBrut, Slot::Set(FieldValue::Money(Money::from_cents(0))));
        values.set(DealField::Secteur, Slot::Set(FieldValue::Text("é".repeat(501))));
        let fields: Vec<DealField> = values.faults(true).into_iter().map(|f| f.field).collect();
        assert_eq!(fields, [DealField::Client, DealField::MontantBrut, DealField::Secteur]);
        let partial: Vec<DealField> = values.faults(false).into_iter().map(|f| f.field).collect();
        assert_eq!(partial, [DealField::MontantBrut, DealField::Secteur]);
    }
}
