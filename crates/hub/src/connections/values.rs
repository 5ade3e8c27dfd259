//! What a connection holds that is no secret, by key: in its row, in its form, as it was typed.

use std::collections::BTreeMap;

use model::api::ConfigUpdate;
use model::{ConnectorSpec, DealField, Mapping};
use store::ConfigRow;

use super::TOKEN;
use super::form::kind_of;
use crate::Hub;

/// Settings that have a place of their own in the table.
pub(super) const COLUMNS: [&str; 3] = [TOKEN, "base_id", "table_name"];

/// A mapping as the object people save.
pub(crate) fn entries_of(mapping: &Mapping) -> BTreeMap<String, String> {
    mapping
        .0
        .iter()
        .map(|(field, name): (&DealField, &String)| (field.key().to_owned(), name.clone()))
        .collect()
}

/// The plain values of a connection, by the keys of this form.
pub(crate) fn form_values(row: &ConfigRow, spec: &ConnectorSpec) -> BTreeMap<String, String> {
    let mut values = plain_values(row);
    values.retain(|key, _| spec.fields().any(|field| field.key == *key));
    values
}

/// Everything of a connection that is no secret, by key.
pub(crate) fn plain_values(row: &ConfigRow) -> BTreeMap<String, String> {
    [("base_id", &row.base_id), ("table_name", &row.table_name)]
        .into_iter()
        .filter_map(|(key, value)| Some((key.to_owned(), value.clone()?)))
        .chain(row.settings.clone())
        .collect()
}

impl Hub {
    /// Keeps the plain values of a form, each in its place, and the stream that one of them names.
    pub(crate) fn set_plain_values(&self, row: &mut ConfigRow, mut values: BTreeMap<String, String>) {
        row.base_id = values.remove("base_id");
        if let Some(table) = values.remove("table_name") {
            row.table_name = Some(table);
        }
        row.settings = values;
        let Some(connector) = self.inner.connectors.get(kind_of(row)) else { return };
        if let Some(setting) = connector.stream_setting() {
            let named = row.settings.get(setting).filter(|name| !name.is_empty()).cloned();
            row.table_name = named.or_else(|| connector.deals().map(|home| home.stream.to_owned()));
        }
    }
}

/// What a change of settings gives, by key.
pub(super) fn typed_values(token: Option<&str>, update: &ConfigUpdate) -> BTreeMap<String, String> {
    [(TOKEN, token), ("base_id", update.base_id.as_deref()), ("table_name", update.table_name.as_deref())]
        .into_iter()
        .filter_map(|(key, value)| Some((key.to_owned(), value?.to_owned())))
        .chain(update.settings.clone().into_iter().flatten())
        .collect()
}
