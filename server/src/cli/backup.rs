//! `passerelle backup` and `passerelle restore`.

use std::path::Path;

use model::Text;

use super::Fault;
use super::out::{complain, say};
use crate::Config;

/// Writes a backup, also while a server works on the database.
pub(super) async fn back_up(config: Config, path: &str) -> Result<(), Fault> {
    let lang = config.lang;
    let hub = config.open_hub().await.map_err(Fault::Failed)?;
    hub.back_up(Path::new(path)).await?;
    say(path);
    let words = Text::fixed(
        "La clé de chiffrement n'est pas dans la sauvegarde : gardez-la ailleurs, les secrets en dépendent.",
        "The encryption key is not in the backup: keep it elsewhere, the secrets depend on it.",
    );
    complain(words.get(lang));
    Ok(())
}

/// Puts a backup in the place of the database, and opens it to see that all is well.
pub(super) async fn restore(config: Config, path: &str, over: bool) -> Result<(), Fault> {
    let lang = config.lang;
    let aside = hub::restore(&config.database_url, Path::new(path), over).await?;
    if let Some(aside) = aside {
        let aside = aside.display();
        let words = Text::new(
            format!("L'ancienne base est gardée ici : {aside}"),
            format!("The earlier database is kept here: {aside}"),
        );
        complain(words.get(lang));
    }
    // The right key may still have to be brought.
    config.open_hub().await.map_err(Fault::Failed)?;
    let words = Text::new(format!("Restauré depuis {path}."), format!("Restored from {path}."));
    say(words.get(lang));
    Ok(())
}
