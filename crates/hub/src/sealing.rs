//! Which value of a form is sealed, and that it goes nowhere it was not given for.

use std::collections::BTreeMap;

use model::spec::FieldKind;
use model::{ConnectorSpec, Text};
use url::Url;

/// What is said when an address changes and the secret is not typed anew.
pub(crate) const SECRET_STAYS: Text = Text::fixed(
    "L'adresse a changé : saisissez la clé de nouveau. Une clé enregistrée n'est jamais envoyée à une autre adresse.",
    "The address has changed: type the key again. A stored key is never sent to another address.",
);

/// The field of a form whose value is sealed.
pub(crate) fn secret_key(spec: &ConnectorSpec) -> Option<&str> {
    spec.fields().find(|field| field.kind == FieldKind::Secret).map(|field| field.key.as_str())
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
