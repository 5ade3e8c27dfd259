//! What the form of a deal holds, read as people type it.
//!
//! Every field is read even when the first one is wrong: people mend every fault at once.

use std::collections::BTreeMap;

use app::DealTyped;
use chrono::{DateTime, Utc};
use model::deal::FieldValue;
use model::{DealField, DealValues, Slot, Status, Text, parse};

use crate::form::read;

/// The form as it was sent.
pub(crate) struct Sent {
    typed: DealTyped,
    values: DealValues,
    seen: Option<DateTime<Utc>>,
}

impl Sent {
    /// Reads a form. A field that is not in it is empty.
    pub(crate) fn read(form: &[u8]) -> Sent {
        let mut form = read(form);
        let (mut typed, mut values) = (BTreeMap::new(), DealValues::default());
        let mut faults = BTreeMap::new();
        for field in DealField::ALL {
            // Browsers end each line of a text with two signs; the CRM keeps one.
            let text = form.remove(field.key()).unwrap_or_default().replace("\r\n", "\n");
            let text = text.trim();
            match value(field, text) {
                Ok(slot) => values.set(field, slot),
                Err(fault) => {
                    faults.insert(field, fault);
                }
            }
            typed.insert(field, text.to_owned());
        }
        for fault in values.faults(true) {
            faults.entry(fault.field).or_insert(fault.text);
        }
        let seen = form.remove("seen").unwrap_or_default();
        Sent {
            seen: DateTime::parse_from_rfc3339(&seen).ok().map(|seen| seen.to_utc()),
            typed: DealTyped { values: typed, faults, seen, overtaken: None },
            values,
        }
    }

    /// The form as it was typed.
    pub(crate) fn typed(&self) -> &DealTyped {
        &self.typed
    }

    /// When the deal had last changed as its editor saw it; none for a new deal.
    pub(crate) fn seen(&self) -> Option<DateTime<Utc>> {
        self.seen
    }

    /// The fields of the deal, each known.
    ///
    /// # Errors
    /// The form to be shown again with what is wrong with it.
    pub(crate) fn values(self) -> Result<DealValues, DealTyped> {
        if self.typed.faults.is_empty() { Ok(self.values) } else { Err(self.typed) }
    }
}

fn value(field: DealField, text: &str) -> Result<Slot<FieldValue>, Text> {
    if text.is_empty() {
        return Ok(Slot::Empty);
    }
    if text.contains('\0') {
        return Err(Text::fixed(
            "Ce texte contient un caractère nul (U+0000) : retirez-le.",
            "This text contains a null character (U+0000): remove it.",
        ));
    }
    let value = match field {
        DealField::Statut => FieldValue::Status(Status::from_word(text).ok_or_else(|| no_status(text))?),
        DealField::MontantBrut => FieldValue::Money(parse::amount(text)?),
        DealField::DateEcheance => FieldValue::Date(parse::date(text)?),
        DealField::Client | DealField::Secteur | DealField::Assignee | DealField::Notes => {
            FieldValue::Text(text.to_owned())
        }
    };
    Ok(Slot::Set(value))
}

/// What is said of a word that is no status.
pub(crate) fn no_status(word: &str) -> Text {
    let (shown, known) = (parse::shorten(word), Status::ALL.map(Status::word).join(", "));
    Text::new(
        format!("« {shown} » n'est pas un statut. Statuts possibles : {known}."),
        format!("“{shown}” is not a status. Possible statuses: {known}."),
    )
}

#[cfg(test)]
mod tests {
    use model::Money;

    use super::*;

    fn sent(pairs: &[(&str, &str)]) -> Sent {
        let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        Sent::read(form.as_bytes())
    }

    #[test]
    fn a_deal_is_read_as_people_type_it() {
        let pairs = [
            ("client", " Boulangerie Élan "),
            ("statut", "négociation"),
            ("montant_brut", "1 234,56"),
            ("date_echeance", "2026-11-21"),
            ("notes", "un\r\ndeux"),
        ];
        let values = sent(&pairs).values().unwrap();
        assert_eq!(values.text(DealField::Client), Some("Boulangerie Élan"));
        assert_eq!(values.status(), Some(Status::Negotiation));
        assert_eq!(values.money(), Some(Money::from_cents(123_456)));
        assert_eq!(values.date().unwrap().to_string(), "2026-11-21");
        assert_eq!(values.text(DealField::Notes), Some("un\ndeux"));
        assert_eq!(values.get(DealField::Secteur), &Slot::Empty, "left empty, and so emptied");
        let english = sent(&[("client", "A"), ("montant_brut", "1234.56")]).values().unwrap();
        assert_eq!(english.money(), Some(Money::from_cents(123_456)));
    }

    #[test]
    fn every_fault_stands_at_its_field() {
        let long = "é".repeat(100_001);
        for (field, typed, says) in [
            ("client", "", "manquant"),
            ("client", "a\0b", "U+0000"),
            ("statut", "signé", "n'est pas un statut"),
            ("montant_brut", "", "manquant"),
            ("montant_brut", "douze", "douze"),
            ("montant_brut", "1,234", "1,234"),
            ("montant_brut", "-5", "supérieur à 0"),
            ("montant_brut", "999999999999999", "limite"),
            ("date_echeance", "30/02/2026", "n'est pas une date"),
            ("date_echeance", "2026-02-30", "n'est pas une date"),
            ("notes", &long, "la limite est de 100000"),
        ] {
            let mut pairs = vec![("client", "A"), ("montant_brut", "1"), ("notes", "gardé")];
            pairs.push((field, typed));
            let typed_again = sent(&pairs).values().unwrap_err();
            let faults: Vec<_> = typed_again.faults.iter().collect();
            let [(at, fault)] = faults[..] else { panic!("{field} {faults:?}") };
            assert_eq!(at.key(), field);
            assert!(fault.fr.contains(says), "{}", fault.fr);
            assert_eq!(typed_again.values[at], typed, "what was typed stays");
        }
    }
}
