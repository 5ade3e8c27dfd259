//! The values of a connector's form, as far as it shows them.

use std::collections::BTreeMap;

use model::spec::FormField;
use model::{ConnectorSpec, Text};
use secrecy::{ExposeSecret, SecretString};

use crate::connector::Settings;
use crate::error::{Error, ErrorKind, Result};

/// What was filled in. A field that is not shown is empty, whatever is left over in it.
pub(crate) struct Form<'a> {
    spec: ConnectorSpec,
    values: BTreeMap<String, String>,
    secrets: &'a BTreeMap<String, SecretString>,
}

impl<'a> Form<'a> {
    /// The form of that description, with these values in it.
    ///
    /// # Errors
    /// `InvalidSettings` for the first field that is missing or holds something wrong.
    pub(crate) fn read(spec: ConnectorSpec, settings: &'a Settings) -> Result<Form<'a>> {
        let clean =
            |field: &FormField| Some((field.key.clone(), field.clean(settings.values.get(&field.key)?)));
        let values: BTreeMap<String, String> = spec.fields().filter_map(clean).collect();
        let form = Form { spec, values, secrets: &settings.secrets };
        let mut all = form.values.clone();
        let secret =
            |(key, secret): (&String, &SecretString)| (key.clone(), secret.expose_secret().to_owned());
        all.extend(settings.secrets.iter().map(secret));
        if let Some(field) = form.spec.missing(&all).first() {
            return Err(form.unusable(&field.key, "est vide", "is empty"));
        }
        match form.spec.validate(&all).into_iter().next() {
            Some(fault) => Err(form.wrong(&fault.key, &fault.text)),
            None => Ok(form),
        }
    }

    /// What a field holds; empty when it holds nothing.
    pub(crate) fn text(&self, key: &str) -> &str {
        let shown = self.field(key).is_some_and(|field| self.spec.shows(field, &self.values));
        self.values.get(key).filter(|_| shown).map_or("", String::as_str)
    }

    /// What a field holds, or what an empty one means.
    pub(crate) fn text_or<'s>(&'s self, key: &str, otherwise: &'s str) -> &'s str {
        Some(self.text(key)).filter(|text| !text.is_empty()).unwrap_or(otherwise)
    }

    /// The number of a field.
    pub(crate) fn number(&self, key: &str) -> Option<u64> {
        self.text(key).parse().ok()
    }

    /// A secret; empty when there is none.
    pub(crate) fn secret(&self, key: &str) -> SecretString {
        let shown = self.field(key).is_some_and(|field| self.spec.shows(field, &self.values));
        self.secrets.get(key).filter(|_| shown).cloned().unwrap_or_default()
    }

    /// The same in one word: without the spaces that come along when a key is copied.
    pub(crate) fn key(&self, key: &str) -> SecretString {
        SecretString::from(self.secret(key).expose_secret().trim())
    }

    /// A secret that was given although the form does not show its field; programs send no form.
    pub(crate) fn hidden_secret(&self, key: &str) -> Option<SecretString> {
        self.secrets.get(key).filter(|secret| !secret.expose_secret().is_empty()).cloned()
    }

    /// The description of a field, for sentences about it.
    fn field(&self, key: &str) -> Option<&FormField> {
        self.spec.fields().find(|field| field.key == key)
    }

    /// A field does not hold what it must, for a reason that ends a sentence.
    pub(crate) fn unusable(&self, key: &str, fr_why: &str, en_why: &str) -> Error {
        let Some(field) = self.field(key) else { return self.refused(key, key, Text::same(key)) };
        let (service, fr, en) = (&self.spec.name, &field.label.fr, &field.label.en);
        self.refused(
            format!("{service} : le champ « {fr} » {fr_why}."),
            format!("{service}: the field “{en}” {en_why}."),
            field.help.clone(),
        )
    }

    /// What was typed into a field is wrong for a reason that is a sentence already.
    pub(crate) fn wrong(&self, key: &str, why: &Text) -> Error {
        let field = self.field(key);
        let (fr, en) = field.map_or(("", ""), |field| (&*field.label.fr, &*field.label.en));
        let service = &self.spec.name;
        let hint = field.map_or_else(|| why.clone(), |field| field.help.clone());
        self.refused(format!("{service} : {fr} – {}", why.fr), format!("{service}: {en} – {}", why.en), hint)
    }

    fn refused(&self, fr: impl Into<String>, en: impl Into<String>, hint: Text) -> Error {
        Error::new(ErrorKind::InvalidSettings, Text::new(fr, en)).hint(hint)
    }
}
