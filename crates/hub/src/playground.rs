//! The newcomer's playground: the simulator in the process, with 24 deals, as if it were the service.

use model::Text;
use model::api::ConfigBody;
use sandbox::airtable::{Options, Simulator};
use secrecy::SecretString;

use crate::{Error, Hub, Kind, Result};

/// A simulator that lives as long as the program.
pub(crate) struct Playground {
    simulator: Simulator,
}

impl Hub {
    /// Starts the built-in simulator and points the connection at it.
    ///
    /// # Errors
    /// `Invalid` when the connection has a token of the real service: it would be lost.
    pub async fn try_without_account(&self, provider: &str) -> Result<ConfigBody> {
        let mut row = self.config_row(provider).await?;
        if provider != "airtable" {
            return Err(Error::invalid(Text::new(
                format!("L'essai sans compte n'existe pas encore pour {provider}."),
                format!("Trying without an account is not there yet for {provider}."),
            )));
        }
        if row.has_token && !row.sandbox {
            return Err(Error::invalid(Text::fixed(
                "Airtable est déjà configuré avec votre token : l'essai le remplacerait. Retirez d'abord le token.",
                "Airtable is configured with your token already: the trial would replace it. Remove the token first.",
            )));
        }
        self.playground_url().await?;
        let token = {
            let playground = self.inner.playground.lock().await;
            playground.as_ref().map(|p| p.simulator.token().to_owned())
        };
        row.sandbox = true;
        row.is_active = true;
        row.base_id = Some(sandbox::demo::BASE.to_owned());
        row.table_name = Some(sandbox::demo::DEALS.to_owned());
        row.field_mapping = None;
        row.stream = None;
        self.store_config(row, Some(token.map(SecretString::from))).await
    }

    /// The simulator's address; started when it is not there, as after a restart of the program.
    pub(crate) async fn playground_url(&self) -> Result<String> {
        let mut playground = self.inner.playground.lock().await;
        if playground.is_none() {
            let simulator = start().await.map_err(|error| {
                tracing::error!(%error, "the simulator could not be started");
                Error::new(
                    Kind::Internal,
                    Text::fixed("Le simulateur n'a pas pu démarrer.", "The simulator could not be started."),
                )
            })?;
            *playground = Some(Playground { simulator });
        }
        Ok(playground.as_ref().map(|p| p.simulator.url().to_owned()).unwrap_or_default())
    }
}

/// Starts the simulator with its demonstration base. The connector keeps the service's pace anyway.
async fn start() -> std::io::Result<Simulator> {
    let simulator = Simulator::start(Options::unlimited()).await?;
    sandbox::demo::airtable(&simulator).map_err(|refusal| std::io::Error::other(format!("{refusal:?}")))?;
    Ok(simulator)
}
