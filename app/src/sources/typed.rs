//! A form that was sent and is shown again.

use std::collections::BTreeMap;

use model::spec::{FieldFault, FormField};
use model::{ConnectorSpec, Text};

use crate::i18n::lang;

/// What was typed into the form of a source or a connection, and what is wrong with it; in the context, the
/// form shows both.
#[derive(Clone, Default)]
pub struct Typed {
    /// Its name.
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
    pub(crate) fn fault(&self, key: &str) -> Option<String> {
        self.faults.iter().find(|fault| fault.key == key).map(|fault| fault.text.get(lang()).to_owned())
    }

    /// Takes the secrets out that were sent and not stored, and asks for them again: shown as stored, one
    /// would be thought to be kept.
    pub fn forget_secrets(&mut self, kinds: &[ConnectorSpec]) {
        let is_refused = !self.faults.is_empty();
        let secrets = self.take_secrets(kinds);
        if is_refused {
            self.ask_again(
                secrets,
                &Text::fixed(
                    "À saisir de nouveau : rien n'a été enregistré.",
                    "To be typed again: nothing was stored.",
                ),
            );
        }
    }

    /// The same after a test, which stores nothing either.
    pub fn forget_tested_secrets(&mut self, kinds: &[ConnectorSpec]) {
        let secrets = self.take_secrets(kinds);
        self.ask_again(
            secrets,
            &Text::fixed(
                "À saisir de nouveau avant d'enregistrer : le test n'a rien gardé.",
                "To be typed again before saving: the test kept nothing.",
            ),
        );
    }

    /// Takes the secrets out; the keys of those that were typed.
    pub fn take_secrets(&mut self, kinds: &[ConnectorSpec]) -> Vec<String> {
        let is_secret = |key: &String, _: &mut String| kinds.iter().any(|spec| spec.is_secret(key));
        let secrets = self.values.extract_if(.., is_secret);
        secrets.filter(|(_, value)| !value.is_empty()).map(|(key, _)| key).collect()
    }

    /// What is wrong with such a field already says more.
    fn ask_again(&mut self, secrets: Vec<String>, text: &Text) {
        for key in secrets {
            if self.faults.iter().all(|fault| fault.key != key) {
                self.faults.push(FieldFault { key, text: text.clone() });
            }
        }
    }

    /// What was typed into a field.
    pub(super) fn value(&self, field: &FormField) -> String {
        self.values.get(&field.key).cloned().unwrap_or_default()
    }
}
