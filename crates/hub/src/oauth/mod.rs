//! What services grant to connections (OAuth 2.0): asked of a person, kept, renewed, lost.
//!
//! How tokens are asked for is the affair of `connectors::http::oauth2`; here is where they are kept, for
//! every process that works on the database, and the way of a person to the service's page and back.

mod consent;
mod keeper;
mod watch;

use std::collections::BTreeMap;
use std::sync::Arc;

use connectors::http::TokenKeeper;
use connectors::http::oauth2::Client;
use model::{ConnectorSpec, Text};
use store::ConfigRow;

pub use consent::Consent;
use keeper::Keeper;

use crate::sealing::leads_elsewhere;
use crate::{Hub, Result};

/// Settings that say to whom something is granted, beside addresses: with others it is not the same grant.
const CLIENT: [&str; 8] = [
    "token_url",
    "authorize_url",
    "client_id",
    "client_auth",
    "scope",
    "auth_type",
    "oauth_grant",
    "username",
];

/// What a service has granted to a connection.
#[derive(Clone, Debug, PartialEq)]
pub struct GrantView {
    /// Whether there are tokens to work with.
    pub connected: bool,
    /// When the present access token ends, where the service says so; RFC 3339, UTC. Another one is asked for
    /// before.
    pub expires_at: Option<String>,
    /// Why a person has to connect again, when the grant is gone.
    pub lost: Option<Text>,
}

/// A grant that is gone.
#[derive(Clone, Debug, PartialEq)]
pub struct LostGrant {
    /// The connection's unique name.
    pub provider: String,
    /// Why.
    pub why: Text,
    /// When that was noticed; RFC 3339, UTC. Another loss of the same connection has another moment.
    pub at: String,
}

impl Hub {
    /// What a service has granted to this connection; `None` before the first.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn grant(&self, provider: &str) -> Result<Option<GrantView>> {
        let row = self.store().grant(provider).await?;
        Ok(row.map(|row| GrantView {
            connected: row.has_tokens && row.lost.is_none(),
            expires_at: row.expires_at,
            lost: row.lost,
        }))
    }

    /// Every grant that is gone and waits for a person, by connection.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn lost_grants(&self) -> Result<Vec<LostGrant>> {
        let lost = self.store().grants().await?.into_iter().filter_map(|row| {
            Some(LostGrant { provider: row.provider, why: row.lost?, at: row.lost_at.unwrap_or_default() })
        });
        Ok(lost.collect())
    }

    /// Forgets what was granted to a connection, here; the service is not told.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn forget_grant(&self, provider: &str) -> Result<()> {
        let mut batch = self.store().begin().await?;
        batch.forget_grant(provider).await?;
        Ok(batch.commit().await?)
    }

    /// Keeps the tokens of a connection, for all who open it.
    pub(crate) fn keeper(&self, provider: &str) -> Arc<dyn TokenKeeper> {
        Arc::new(Keeper::new(self.store().clone(), provider, self.inner.clock.clone()))
    }

    /// Who a connection is at its authorization server; `None` when there is none.
    async fn oauth_client(&self, row: &ConfigRow) -> Result<Option<Client>> {
        let connector = self.connector(row)?;
        let (context, settings) = self.opening(row, &connector.spec()).await?;
        Ok(connector.oauth2(&context, &settings).transpose()?)
    }
}

/// Whether what was granted with the settings before is not meant for those after.
pub(crate) fn is_another_client(
    spec: &ConnectorSpec,
    before: &BTreeMap<String, String>,
    after: &BTreeMap<String, String>,
) -> bool {
    CLIENT.iter().any(|key| before.get(*key) != after.get(*key)) || leads_elsewhere(spec, before, after)
}
