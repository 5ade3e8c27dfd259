//! Opens the account of a connection.

use std::sync::Arc;

use connectors::{Connection, Context, Settings};
use model::api::MASK;
use model::spec::{Capabilities, FieldKind, FormField};
use model::{ConnectorSpec, Lang, Text};
use store::ConfigRow;

use super::form::kind_of;
use super::values::plain_values;
use crate::sealing::secret_key;
use crate::{Error, Hub, Kind, Result, ServiceOptions};

/// An open account, with what its service can do.
pub(crate) struct ConnectedAccount {
    /// The account.
    pub connection: Arc<dyn Connection>,
    /// What its service can do.
    pub capabilities: Capabilities,
}

impl Hub {
    /// What the environment says of this connection's service.
    pub(crate) fn service(&self, row: &ConfigRow) -> ServiceOptions {
        self.inner.services.get(kind_of(row)).cloned().unwrap_or_default()
    }

    /// Opens the configured account; nothing is sent yet.
    ///
    /// # Errors
    /// `NotConfigured` when something required is missing.
    pub(crate) async fn connect(&self, row: &ConfigRow) -> Result<ConnectedAccount> {
        let connector = self.connector(row)?;
        let spec = connector.spec();
        let (context, settings) = self.opening(row, &spec).await?;
        let mut values = settings.values.clone();
        values.extend(settings.secrets.keys().map(|key| (key.clone(), MASK.to_owned())));
        let missing = spec.missing(&values);
        if !missing.is_empty() {
            return Err(not_configured(&row.provider, &missing));
        }
        let connection = connector.connect(&context, settings)?;
        Ok(ConnectedAccount { connection, capabilities: spec.capabilities })
    }

    /// What a connector gets to open an account with.
    pub(crate) async fn opening(&self, row: &ConfigRow, spec: &ConnectorSpec) -> Result<(Context, Settings)> {
        let mut secrets = self.secrets(row, spec).await?;
        let service = self.service(row);
        let base_url = if row.sandbox {
            Some(self.playground_url(&row.provider).await?)
        } else {
            // The operator's secret goes where the operator knows, not to an address that somebody typed.
            let is_typed = spec.fields().any(|field| field.kind == FieldKind::Url);
            let token = service.token.filter(|_| !is_typed || service.base_url.is_some());
            if let (Some(token), Some(key)) = (token, secret_key(spec)) {
                secrets.entry(key.to_owned()).or_insert(token);
            }
            service.base_url
        };
        let context = Context { tokens: Some(self.keeper(&row.provider)), ..self.context(base_url) };
        Ok((context, Settings { values: plain_values(row), secrets }))
    }
}

/// What is asked of a connection before its form is filled.
fn not_configured(provider: &str, missing: &[&FormField]) -> Error {
    let list = |lang| missing.iter().map(|f| f.label.get(lang)).collect::<Vec<_>>().join(", ");
    Error::new(
        Kind::NotConfigured,
        Text::new(
            format!("Aucune configuration trouvée pour {provider}. Configurez d'abord le connecteur."),
            format!("No configuration found for {provider}. Configure the connector first."),
        ),
    )
    .hint(Some(Text::new(
        format!("À renseigner : {}.", list(Lang::Fr)),
        format!("Still to fill in: {}.", list(Lang::En)),
    )))
}
