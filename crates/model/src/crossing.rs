//! How values cross between a service and a deal.
//!
//! Both directions are pure and never fail as a whole: a value that cannot cross is a fault of its
//! record alone.

use std::collections::BTreeMap;

use crate::deal::{DealField, DealValues, Fault, FieldValue, Slot};
use crate::mapping::Resolved;
use crate::money::Money;
use crate::parse;
use crate::record::Record;
use crate::schema::{StreamField, ValueKind};
use crate::status::StatusWords;
use crate::text::Text;
use crate::value::Value;

/// A record seen as a deal.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mapped {
    /// What is known of the deal.
    pub values: DealValues,
    /// Why the record cannot become a deal; empty when it can.
    pub faults: Vec<Fault>,
    /// Why the record as a whole cannot be believed; what its fields say does not count then.
    pub broken: Option<Text>,
    /// What the faulty fields held, as far as it can be written as text.
    pub refused: BTreeMap<DealField, String>,
    /// The service's status word, when it is not one of the known words.
    pub unknown_status: Option<String>,
}

/// How much of a refused value is kept, in characters: enough to see what is wrong with it.
const HELD: usize = 500;

impl Mapped {
    /// What the record held, as text: what could be read, and what could not.
    pub fn held(&self) -> BTreeMap<DealField, String> {
        let read = self.values.known().filter_map(|(field, slot)| Some((field, slot.value()?.to_text())));
        let refused = self.refused.iter().map(|(field, text)| (*field, text.clone()));
        read.chain(refused).map(|(field, text)| (field, text.chars().take(HELD).collect())).collect()
    }
}

impl Resolved {
    /// Sees a record as a deal. A field that is absent from the record stays absent.
    pub fn read(&self, record: &Record) -> Mapped {
        let mut mapped = Mapped::default();
        for (field, source) in &self.fields {
            if let Some(value) = record.fields.get(source.id.as_str()) {
                mapped.take(*field, value, &self.status_words);
            }
        }
        for made in &self.made {
            match made.value(record) {
                Ok(Some(value)) => mapped.take(made.field, &value, &self.status_words),
                Ok(None) => {}
                Err(text) => mapped.refuse(made.field, made.held(record), text),
            }
        }
        mapped
    }
}

impl Mapped {
    fn take(&mut self, field: DealField, value: &Value, words: &StatusWords) {
        match from_service(field, value, words) {
            Ok(slot) => self.values.set(field, slot),
            Err(text) => self.refuse(field, value.to_text().unwrap_or_default(), text),
        }
        if field == DealField::Statut {
            self.unknown_status = value.to_text().filter(|word| words.status(word).is_none());
        }
    }

    pub(crate) fn refuse(&mut self, field: DealField, held: String, text: Text) {
        self.refused.insert(field, held);
        self.faults.push(Fault { field, text });
    }
}

/// Reads a service's value as a field of a deal.
///
/// # Errors
/// Why the value cannot be that field.
pub fn from_service(field: DealField, value: &Value, words: &StatusWords) -> Result<Slot<FieldValue>, Text> {
    let label = field.label();
    if let Value::Unreadable(what) = value {
        // An optional field that cannot be read is as good as not read; a deal cannot do without the
        // required ones.
        return if field.required() {
            Err(Text::new(
                format!("{} : valeur illisible ({what}). Corrigez ce champ dans le service.", label.fr),
                format!("{}: unreadable value ({what}). Correct this field in the service.", label.en),
            ))
        } else {
            Ok(Slot::Absent)
        };
    }
    let prefixed =
        |text: Text| Text::new(format!("{} : {}.", label.fr, text.fr), format!("{}: {}.", label.en, text.en));
    match field {
        DealField::Statut => {
            // An empty status is a first contact too: the CRM has no deal without a status.
            let status = value.to_text().and_then(|word| words.status(&word)).unwrap_or_default();
            Ok(Slot::Set(FieldValue::Status(status)))
        }
        DealField::MontantBrut => match value {
            Value::Empty => Ok(Slot::Empty),
            Value::Number(number) => Money::from_f64(*number).map(money).ok_or_else(|| {
                let number = parse::shorten(&number.to_string());
                Text::new(
                    format!("{} : {number} est hors limites.", label.fr),
                    format!("{}: {number} is out of range.", label.en),
                )
            }),
            Value::Text(text) => parse::amount(text).map(money).map_err(prefixed),
            other => {
                let shown = parse::shorten(&other.to_text().unwrap_or_default());
                Err(prefixed(Text::new(
                    format!("« {shown} » n'est pas un nombre"),
                    format!("“{shown}” is not a number"),
                )))
            }
        },
        DealField::DateEcheance => match value {
            Value::Empty => Ok(Slot::Empty),
            Value::Date(date) => Ok(Slot::Set(FieldValue::Date(*date))),
            Value::DateTime(instant) => Ok(Slot::Set(FieldValue::Date(instant.date_naive()))),
            other => {
                let text = other.to_text().unwrap_or_default();
                if text.trim().is_empty() {
                    return Ok(Slot::Empty);
                }
                parse::date(&text).map(|d| Slot::Set(FieldValue::Date(d))).map_err(prefixed)
            }
        },
        DealField::Notes => {
            let text = value.to_text().map(without_nul).filter(|t| !t.trim().is_empty());
            Ok(Slot::known(text.map(FieldValue::Text)))
        }
        DealField::Client | DealField::Secteur | DealField::Assignee => {
            let text = value.to_text().map(|t| without_nul(t).trim().to_owned()).filter(|t| !t.is_empty());
            Ok(Slot::known(text.map(FieldValue::Text)))
        }
    }
}

/// The text without the sign of number 0, which is no part of a text and which PostgreSQL refuses.
fn without_nul(text: String) -> String {
    if text.contains('\0') { text.replace('\0', "") } else { text }
}

fn money(amount: Money) -> Slot<FieldValue> {
    Slot::Set(FieldValue::Money(amount))
}

/// Writes a field of a deal as a value of the service's field, by that field's real type.
///
/// # Errors
/// Why the field cannot take it, such as an option that does not exist there.
pub fn to_service(
    value: Option<&FieldValue>,
    target: &StreamField,
    words: &StatusWords,
) -> Result<Value, Text> {
    let Some(value) = value else {
        return Ok(Value::Empty);
    };
    let cannot = || {
        let (name, kind) = (&target.name, &target.native_type);
        Text::new(
            format!(
                "Le champ « {name} » ({kind}) ne peut pas recevoir cette valeur. Choisissez un autre champ dans le mapping."
            ),
            format!(
                "The field “{name}” ({kind}) cannot take this value. Choose another field in the mapping."
            ),
        )
    };
    match target.kind {
        ValueKind::Text => Ok(Value::Text(value.to_text())),
        ValueKind::Number => match value {
            FieldValue::Money(money) => Ok(Value::Number(money.as_f64())),
            FieldValue::Text(text) => {
                text.trim().parse().ok().filter(|n: &f64| n.is_finite()).map(Value::Number).ok_or_else(cannot)
            }
            FieldValue::Status(_) | FieldValue::Date(_) => Err(cannot()),
        },
        ValueKind::Date | ValueKind::DateTime => match value {
            FieldValue::Date(date) => Ok(Value::Date(*date)),
            FieldValue::Text(_) | FieldValue::Status(_) | FieldValue::Money(_) => Err(cannot()),
        },
        ValueKind::Choice => option(value, target, words).map(Value::Text),
        ValueKind::List => {
            let FieldValue::Text(text) = value else {
                return option(value, target, words).map(|o| Value::List(vec![Value::Text(o)]));
            };
            let labels = text.split(',').map(str::trim).filter(|l| !l.is_empty());
            if target.options.is_empty() {
                // People, or labels the service did not tell: it knows which there are.
                return Ok(Value::List(labels.map(|label| Value::Text(label.to_owned())).collect()));
            }
            let options: Result<Vec<Value>, Text> = labels
                .map(|l| option(&FieldValue::Text(l.to_owned()), target, words).map(Value::Text))
                .collect();
            options.map(Value::List)
        }
        // Whether a name will do, or only an e-mail address, the service knows.
        ValueKind::Person => match value {
            FieldValue::Text(text) => Ok(Value::Text(text.clone())),
            FieldValue::Status(_) | FieldValue::Money(_) | FieldValue::Date(_) => Err(cannot()),
        },
        ValueKind::Bool | ValueKind::Unsupported => Err(cannot()),
    }
}

/// The option of a choice field that stands for this value: the same words, or a word for the same
/// status. An option is made only where the connection was told to; otherwise the word is refused.
fn option(value: &FieldValue, target: &StreamField, words: &StatusWords) -> Result<String, Text> {
    let word = value.to_text();
    let same = |o: &&String| **o == word;
    let same_but_case = |o: &&String| o.to_lowercase() == word.to_lowercase();
    let same_status =
        |o: &&String| matches!(value, FieldValue::Status(status) if words.status(o) == Some(*status));
    let options = &target.options;
    options
        .iter()
        .find(same)
        .or_else(|| options.iter().find(same_but_case))
        .or_else(|| options.iter().find(same_status))
        .cloned()
        .or_else(|| target.makes_options.then(|| word.clone()))
        .ok_or_else(|| {
            let name = &target.name;
            Text::new(
                format!("L'option « {word} » n'existe pas dans le champ « {name} ». Ajoutez-la dans le service, puis relancez l'export."),
                format!("The option “{word}” does not exist in the field “{name}”. Add it in the service, then export again."),
            )
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(kind: ValueKind, options: &[&str], makes_options: bool) -> StreamField {
        StreamField {
            id: "f".to_owned(),
            name: "F".to_owned(),
            kind,
            native_type: "x".to_owned(),
            writable: true,
            options: options.iter().map(|option| (*option).to_owned()).collect(),
            makes_options,
            stands_for: BTreeMap::new(),
        }
    }

    #[test]
    fn a_person_crosses_by_name_or_address() {
        let target = target(ValueKind::Person, &[], false);
        for word in ["Zoé Lefèvre", "zoe@example.com"] {
            let sent = to_service(Some(&FieldValue::Text(word.to_owned())), &target, &StatusWords::default());
            assert_eq!(sent, Ok(Value::Text(word.to_owned())));
        }
    }

    fn labels(labels: &[&str]) -> Value {
        Value::List(labels.iter().map(|label| Value::Text((*label).to_owned())).collect())
    }

    #[test]
    fn an_unknown_label_crosses_only_where_options_are_made_or_not_told() {
        use ValueKind::{Choice, List};
        let text = FieldValue::Text("tech, Vin".to_owned());
        for (target, expected) in [
            (target(Choice, &["Tech, vin"], false), Some(Value::Text("Tech, vin".to_owned()))),
            (target(Choice, &["Tech"], false), None),
            (target(Choice, &[], false), None),
            (target(Choice, &["Tech"], true), Some(Value::Text("tech, Vin".to_owned()))),
            (target(List, &["Tech", "Vin"], false), Some(labels(&["Tech", "Vin"]))),
            (target(List, &["Tech"], false), None),
            (target(List, &["Tech"], true), Some(labels(&["Tech", "Vin"]))),
            // People are not told as options: the service knows them.
            (target(List, &[], false), Some(labels(&["tech", "Vin"]))),
        ] {
            assert_eq!(
                to_service(Some(&text), &target, &StatusWords::default()).ok(),
                expected,
                "{target:?}"
            );
        }
    }
}
