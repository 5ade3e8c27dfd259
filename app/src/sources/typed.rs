//! A form that was sent and is shown again.

use std::collections::BTreeMap;

use model::spec::{FieldFault, FormField};
use model::{ConnectorSpec, Text};

use crate::i18n::lang;

/// What was typed into the form of a source, and what is wrong with it; in the context, the form shows
/// both.
#[derive(Clone, Default)]
pub struct Typed {
    /// The source's name.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// The other values, by field.
    pub values: BTreeMap<String, String>,
    /// What is wrong with which field.
    pub faults: Vec<FieldFault>,
}

impl Typed {
    /// What is wrong with a field, in the reader's language.
    pub(super) fn fault(&self, key: &str) -> Option<String> {
        self.faults.iter().find(|fault| fault.key == key).map(|fault| fault.text.get(lang()).to_owned())
    }

    /// Takes the secrets out that were sent and not stored, and asks for them again: shown as stored, one
    /// would be thought to be kept.
    pub fn forget_secrets(&mut self, kinds: &[ConnectorSpec]) {
        let is_secret = |key: &String, _: &mut String| kinds.iter().any(|spec| spec.is_secret(key));
        for (key, value) in self.values.extract_if(.., is_secret) {
            if !value.is_empty()
                && !self.faults.is_empty()
                && self.faults.iter().all(|fault| fault.key != key)
            {
                let text = Text::fixed(
                    "À saisir de nouveau : rien n'a été enregistré.",
                    "To be typed again: nothing was stored.",
                );
                self.faults.push(FieldFault { key, text });
            }
        }
    }

    /// What was typed into a field.
    pub(super) fn value(&self, field: &FormField) -> String {
        self.values.get(&field.key).cloned().unwrap_or_default()
    }
}
