//! The newcomer's playground: simulators in the process, with 24 deals each, as if they were the services.

use std::collections::BTreeMap;

use model::Text;
use model::api::ConfigBody;
use sandbox::{airtable, demo, notion};
use secrecy::SecretString;
use store::ConfigRow;

use crate::sync::{already_running, scope_name};
use crate::{Caller, DealSelection, Deletion, Error, Hub, Kind, Result};

/// The simulators that were started, by connection; they live as long as the program.
pub(crate) type Playground = BTreeMap<String, Simulated>;

/// A simulator with its demonstration data.
pub(crate) struct Simulated {
    simulator: Simulator,
    /// The base or database to point a connection at.
    base_id: String,
    /// The table in it.
    table_name: &'static str,
}

enum Simulator {
    Airtable(airtable::Simulator),
    Notion(notion::Simulator),
}

impl Simulated {
    /// Starts the simulator of that service. The connector keeps the service's pace anyway.
    async fn start(provider: &str) -> std::io::Result<Simulated> {
        let refused = |refusal: String| std::io::Error::other(refusal);
        if provider == "notion" {
            let simulator = notion::Simulator::start(notion::Options::unlimited()).await?;
            let source = demo::notion(&simulator).map_err(|refusal| refused(format!("{refusal:?}")))?;
            return Ok(Simulated {
                base_id: source.id().to_string(),
                table_name: demo::NOTION_DATABASE,
                simulator: Simulator::Notion(simulator),
            });
        }
        let simulator = airtable::Simulator::start(airtable::Options::unlimited()).await?;
        demo::airtable(&simulator).map_err(|refusal| refused(format!("{refusal:?}")))?;
        Ok(Simulated {
            base_id: demo::BASE.to_owned(),
            table_name: demo::DEALS,
            simulator: Simulator::Airtable(simulator),
        })
    }

    fn url(&self) -> String {
        match &self.simulator {
            Simulator::Airtable(simulator) => simulator.url().to_owned(),
            Simulator::Notion(simulator) => simulator.url().to_owned(),
        }
    }

    fn token(&self) -> SecretString {
        SecretString::from(match &self.simulator {
            Simulator::Airtable(simulator) => simulator.token(),
            Simulator::Notion(simulator) => simulator.token(),
        })
    }
}

impl Hub {
    /// Starts the built-in simulator and points the connection at it.
    ///
    /// # Errors
    /// `UnknownProvider`; `Invalid` when the connection has a token of the real service: it would be lost.
    pub async fn try_without_account(&self, provider: &str) -> Result<ConfigBody> {
        let mut row = self.config_row(provider).await?;
        if row.connector_type.is_some() {
            return Err(Error::invalid(Text::new(
                format!("Il n'y a pas de simulateur pour {provider}."),
                format!("There is no simulator for {provider}."),
            )));
        }
        if row.has_token && !row.sandbox {
            let name = self.connector(&row)?.spec().name;
            return Err(Error::invalid(Text::new(
                format!(
                    "{name} est déjà configuré avec votre token : l'essai le remplacerait. Retirez d'abord le token."
                ),
                format!(
                    "{name} is configured with your token already: the trial would replace it. Remove the token first."
                ),
            )));
        }
        let token = self
            .simulated(provider, |simulated| {
                row.base_id = Some(simulated.base_id.clone());
                row.table_name = Some(simulated.table_name.to_owned());
                simulated.token()
            })
            .await?;
        row.sandbox = true;
        row.is_active = true;
        row.field_mapping = None;
        row.stream = None;
        self.store_config(row, Some(Some(token))).await
    }

    /// Takes the connection back from the simulator: its settings are empty again, its links forgotten; with
    /// `delete_deals` the deals that came from it go too, unless another connection holds them as well. That can be
    /// taken back like every deletion: one's own deal may have been linked to one of the simulator's. If the deletion
    /// stops halfway, the connection stays as it is.
    ///
    /// # Errors
    /// `UnknownProvider`; `Invalid` when the connection is not with the simulator; `AlreadyRunning`; and as
    /// [`Hub::delete_deals`].
    pub async fn leave_playground(
        &self,
        by: &Caller,
        provider: &str,
        delete_deals: bool,
    ) -> Result<Deletion> {
        let row = self.config_row(provider).await?;
        if !row.sandbox {
            return Err(Error::invalid(Text::fixed(
                "Cette connexion n'est pas avec le simulateur.",
                "This connection is not with the simulator.",
            )));
        }
        if let Some(run_id) = self.store().running(provider).await? {
            return Err(already_running(provider, run_id));
        }
        let mut deletion = Deletion::default();
        if let Some(stream) = &row.stream {
            let scope = self.store().scope(&scope_name(&row, stream)).await?;
            if delete_deals {
                let deals = self.store().deals_linked_only_in(scope).await?;
                deletion = self.delete_deals(by, DealSelection::Ids(deals)).await?;
            }
            if deletion.stopped.is_some() {
                return Ok(deletion);
            }
            let mut batch = self.store().begin().await?;
            batch.unlink_all(scope).await?;
            batch.commit().await?;
        }
        let empty = ConfigRow { provider: row.provider, is_active: row.is_active, ..ConfigRow::default() };
        self.store_config(empty, Some(None)).await?;
        Ok(deletion)
    }

    /// The simulator's address; started when it is not there, as after a restart of the program.
    pub(crate) async fn playground_url(&self, provider: &str) -> Result<String> {
        self.simulated(provider, Simulated::url).await
    }

    async fn simulated<T>(&self, provider: &str, look: impl FnOnce(&Simulated) -> T) -> Result<T> {
        let mut playground = self.inner.playground.lock().await;
        if let Some(simulated) = playground.get(provider) {
            return Ok(look(simulated));
        }
        let simulated = Simulated::start(provider).await.map_err(|error| {
            tracing::error!(%error, provider, "the simulator could not be started");
            Error::new(
                Kind::Internal,
                Text::fixed("Le simulateur n'a pas pu démarrer.", "The simulator could not be started."),
            )
        })?;
        let looked = look(&simulated);
        playground.insert(provider.to_owned(), simulated);
        Ok(looked)
    }
}
