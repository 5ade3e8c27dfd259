//! Which value of a form is sealed, and that it goes nowhere it was not given for.

use std::collections::BTreeMap;

use model::spec::FieldKind;
use model::{ConnectorSpec, Text};
use secrecy::{ExposeSecret, SecretString};
use store::ConfigRow;
use url::Url;

use crate::{Hub, Result};

impl Hub {
    /// A connection's stored secrets, opened, by the keys of its form.
    pub(crate) async fn secrets(
        &self,
        row: &ConfigRow,
        spec: &ConnectorSpec,
    ) -> Result<BTreeMap<String, SecretString>> {
        let sealed = if row.has_token { self.store().secret(&row.provider).await? } else { None };
        Ok(sealed.map(|sealed| unpack(spec, &sealed)).unwrap_or_default())
    }

    /// What is to be sealed when these secrets were typed anew: they and the others that are stored; `None`
    /// when nothing was typed.
    pub(crate) async fn resealed(
        &self,
        row: &ConfigRow,
        spec: &ConnectorSpec,
        typed: BTreeMap<String, SecretString>,
    ) -> Result<Option<SecretString>> {
        if typed.is_empty() {
            return Ok(None);
        }
        let mut all = self.secrets(row, spec).await?;
        all.extend(typed);
        Ok(pack(spec, &all))
    }
}

/// What is said when an address changes and the secret is not typed anew.
pub(crate) const SECRET_STAYS: Text = Text::fixed(
    "L'adresse a changé : saisissez la clé de nouveau. Une clé enregistrée n'est jamais envoyée à une autre adresse.",
    "The address has changed: type the key again. A stored key is never sent to another address.",
);

/// One token is not all that this connection keeps.
pub(crate) const SEVERAL_SECRETS: Text = Text::fixed(
    "Cette connexion garde plusieurs secrets : changez-les dans ses réglages, sous Connexions.",
    "This connection keeps several secrets: change them among its settings, under Connections.",
);

/// The field of a form whose value is sealed, where there is one only; the first of several.
pub(crate) fn secret_key(spec: &ConnectorSpec) -> Option<&str> {
    secret_keys(spec).next()
}

/// The secrets of a form as they are sealed: the only one as it is, several as one JSON object.
fn pack(spec: &ConnectorSpec, secrets: &BTreeMap<String, SecretString>) -> Option<SecretString> {
    if secrets.is_empty() {
        return None;
    }
    if secret_keys(spec).count() < 2 {
        return secrets.values().next().cloned();
    }
    let plain: BTreeMap<&str, &str> =
        secrets.iter().map(|(key, secret)| (key.as_str(), secret.expose_secret())).collect();
    // Writing a map of strings to memory cannot fail.
    serde_json::to_string(&plain).ok().map(SecretString::from)
}

/// The secrets of a form out of what was sealed.
fn unpack(spec: &ConnectorSpec, sealed: &SecretString) -> BTreeMap<String, SecretString> {
    let mut keys = secret_keys(spec);
    match (keys.next(), keys.next()) {
        (None, _) => BTreeMap::new(),
        (Some(only), None) => BTreeMap::from([(only.to_owned(), sealed.clone())]),
        (Some(_), Some(_)) => {
            let plain: BTreeMap<String, String> =
                serde_json::from_str(sealed.expose_secret()).unwrap_or_default();
            plain.into_iter().map(|(key, secret)| (key, SecretString::from(secret))).collect()
        }
    }
}

/// The fields of a form whose values are sealed.
pub(crate) fn secret_keys(spec: &ConnectorSpec) -> impl Iterator<Item = &str> {
    spec.fields().filter(|field| field.kind.is_secret()).map(|field| field.key.as_str())
}

/// Whether a secret would go elsewhere with the new settings than before.
pub(crate) fn leads_elsewhere(
    spec: &ConnectorSpec,
    before: &BTreeMap<String, String>,
    after: &BTreeMap<String, String>,
) -> bool {
    let origin = |values: &BTreeMap<String, String>, key: &str| {
        values.get(key).and_then(|url| Url::parse(url).ok()).map(|url| url.origin())
    };
    let mut places = spec.fields().filter(|field| field.kind == FieldKind::Url);
    places.any(|field| origin(before, &field.key) != origin(after, &field.key))
}
