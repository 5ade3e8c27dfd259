//! `passerelle demo`: everything as it is, on the simulator's deals and a database that is thrown away.

use hub::Keys;
use model::Text;

use super::Fault;
use super::serve::until_stopped;
use crate::{Config, serve};

const WELCOME: Text = Text::fixed(
    "\nDémonstration : un simulateur d'Airtable avec 24 deals, rien ne sort de cette machine.\n\
     1. Ouvrez {addr}/connectors\n\
     2. Cliquez sur « Tester la connexion », puis « Importer depuis Airtable »\n\
     3. Retrouvez les deals sur {addr}\n\
     Ctrl+C arrête la démonstration et efface ses données.",
    "\nDemonstration: a simulator of Airtable with 24 deals, nothing leaves this machine.\n\
     1. Open {addr}/connectors\n\
     2. Click “Test the connection”, then “Import from Airtable”\n\
     3. Find the deals on {addr}\n\
     Ctrl+C ends the demonstration and deletes its data.",
);

pub(super) async fn demo(mut config: Config) -> Result<(), Fault> {
    if !config.addr.ip().is_loopback() {
        return Err(Fault::Misuse(serve::unprotected(config.addr)));
    }
    let listener = serve::bind(config.addr).await.map_err(Fault::Misuse)?;
    let folder = tempfile::tempdir().map_err(|error| {
        Fault::Failed(Text::new(
            format!("Aucun dossier temporaire : {error}"),
            format!("No temporary folder: {error}"),
        ))
    })?;
    config.database_url = format!("sqlite://{}", folder.path().join("demo.db").display());
    config.data_dirs = vec![folder.path().join("imports")];
    // A key of its own: the real one has nothing to do here.
    config.keys = Keys::parse(&Keys::generate()).map_err(hub::Error::from)?;
    // What the environment says of the real services must not reach the simulator.
    config.services.clear();
    let (lang, edge) = (config.lang, config.edge());
    let hub = config.open_hub().await.map_err(Fault::Failed)?;
    hub.try_without_account("airtable").await?;
    until_stopped(listener, hub, lang, edge, WELCOME.get(lang)).await
}
