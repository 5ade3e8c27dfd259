//! Which connections there are, and what each is asked for.

use connectors::Connector;
use model::{ConnectorSpec, Destination, Text};
use store::ConfigRow;

use super::{PROVIDERS, TOKEN};
use crate::sealing::secret_keys;
use crate::{Error, Hub, Kind, Result};

impl Hub {
    /// The form of a connection's deals: that of its connector, under the connection's name, with the one
    /// name all connections have for their secret.
    ///
    /// # Errors
    /// `UnknownProvider`.
    pub async fn connection_form(&self, provider: &str) -> Result<ConnectorSpec> {
        self.form_of(&self.config_row(provider).await?)
    }

    pub(super) fn form_of(&self, row: &ConfigRow) -> Result<ConnectorSpec> {
        let mut spec = self.connector(row)?.spec();
        if row.provider != spec.id {
            spec.name = format!("{} · {}", spec.name, row.provider);
            spec.id.clone_from(&row.provider);
        }
        for field in spec.groups.iter_mut().flat_map(|group| &mut group.fields) {
            if field.kind.is_secret() {
                TOKEN.clone_into(&mut field.key);
            }
        }
        Ok(spec)
    }

    /// The connector behind a connection.
    ///
    /// # Errors
    /// `UnknownProvider` for a source whose service has no deals.
    pub(crate) fn connector(&self, row: &ConfigRow) -> Result<&dyn Connector> {
        let known = self.inner.connectors.get(kind_of(row));
        known.map(AsRef::as_ref).ok_or_else(unknown_provider)
    }

    /// Whether it is a connection with deals, beside those that are there from the beginning.
    pub(super) fn is_other(&self, row: &ConfigRow) -> bool {
        let has_deals = matches!(self.destination(row), Destination::Deals | Destination::Tables);
        row.connector_type.is_some() && has_deals && self.connector(row).is_ok()
    }

    /// Whether its settings are those of deals: a table and one token. The others are under `/connections`.
    pub(super) fn has_plain_form(&self, row: &ConfigRow) -> bool {
        self.connector(row).is_ok_and(|connector| secret_keys(&connector.spec()).count() < 2)
    }

    /// The stored settings, or the defaults of a connection never configured.
    pub(crate) async fn config_row(&self, provider: &str) -> Result<ConfigRow> {
        match self.store().config(provider).await? {
            Some(row) if PROVIDERS.contains(&provider) || self.is_other(&row) => Ok(row),
            None if PROVIDERS.contains(&provider) => {
                Ok(ConfigRow { provider: provider.to_owned(), is_active: true, ..ConfigRow::default() })
            }
            _ => Err(unknown_provider()),
        }
    }
}

/// The kind of a connection; those that are there from the beginning are called as it is.
pub(crate) fn kind_of(row: &ConfigRow) -> &str {
    row.connector_type.as_deref().unwrap_or(&row.provider)
}

/// The error of a connection that does not exist, in the words of the API.
fn unknown_provider() -> Error {
    let list = PROVIDERS.join(", ");
    Error::new(
        Kind::UnknownProvider,
        Text::new(
            format!("Provider non supporté. Valeurs acceptées: {list}"),
            format!("Unsupported provider. Accepted values: {list}"),
        ),
    )
}
