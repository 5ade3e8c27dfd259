//! The values of the form, as far as it shows them.

use std::collections::BTreeMap;

use model::ConnectorSpec;
use model::spec::FormField;
use secrecy::{ExposeSecret, SecretString};

use super::{spec, texts};
use crate::connector::Settings;
use crate::error::Result;

/// What was filled in. A field that is not shown is empty, whatever is left over in it.
pub(super) struct Form<'a> {
    spec: ConnectorSpec,
    values: BTreeMap<String, String>,
    secrets: &'a BTreeMap<String, SecretString>,
}

impl<'a> Form<'a> {
    /// # Errors
    /// `InvalidSettings` for the first field that is missing or holds something wrong.
    pub(super) fn read(settings: &'a Settings) -> Result<Form<'a>> {
        let spec = spec::spec();
        let clean =
            |field: &FormField| Some((field.key.clone(), field.clean(settings.values.get(&field.key)?)));
        let values: BTreeMap<String, String> = spec.fields().filter_map(clean).collect();
        let form = Form { spec, values, secrets: &settings.secrets };
        let mut all = form.values.clone();
        let secret =
            |(key, secret): (&String, &SecretString)| (key.clone(), secret.expose_secret().to_owned());
        all.extend(settings.secrets.iter().map(secret));
        if let Some(field) = form.spec.missing(&all).first() {
            return Err(texts::unusable(field, "est vide", "is empty"));
        }
        match form.spec.validate(&all).into_iter().next() {
            Some(fault) => Err(texts::wrong_field(form.field(&fault.key), &fault.text)),
            None => Ok(form),
        }
    }

    /// What a field holds; empty when it holds nothing.
    pub(super) fn text(&self, key: &str) -> &str {
        let shown = self.field(key).is_some_and(|field| self.spec.shows(field, &self.values));
        self.values.get(key).filter(|_| shown).map_or("", String::as_str)
    }

    /// What a field holds, or what an empty one means.
    pub(super) fn text_or<'s>(&'s self, key: &str, otherwise: &'s str) -> &'s str {
        Some(self.text(key)).filter(|text| !text.is_empty()).unwrap_or(otherwise)
    }

    /// The number of a field.
    pub(super) fn number(&self, key: &str) -> Option<u64> {
        self.text(key).parse().ok()
    }

    /// A secret; empty when there is none.
    pub(super) fn secret(&self, key: &str) -> SecretString {
        let shown = self.field(key).is_some_and(|field| self.spec.shows(field, &self.values));
        self.secrets.get(key).filter(|_| shown).cloned().unwrap_or_default()
    }

    /// A secret that was given although the form does not show its field; programs send no form.
    pub(super) fn hidden_secret(&self, key: &str) -> Option<SecretString> {
        self.secrets.get(key).filter(|secret| !secret.expose_secret().is_empty()).cloned()
    }

    /// The description of a field, for sentences about it.
    pub(super) fn field(&self, key: &str) -> Option<&FormField> {
        self.spec.fields().find(|field| field.key == key)
    }
}
