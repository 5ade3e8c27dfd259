//! `passerelle key`: a new encryption key, and the exchange of the one in use.

use std::io::Write;

use hub::{Keys, Serving};
use model::{Lang, Text};
use secrecy::{ExposeSecret, SecretString};

use super::Fault;
use super::out::{complain, say};
use crate::Config;

/// Prints a key, for `ENCRYPTION_KEY`.
pub(super) fn generate() {
    say(Keys::generate().expose_secret());
}

/// Seals every secret anew with another key. Those of a file are exchanged in it; a new one for the
/// environment is printed before anything is sealed with it.
pub(super) async fn rotate(config: Config) -> Result<(), Fault> {
    let (lang, url) = (config.lang, config.database_url.clone());
    let file = config.keys.file().map(|path| path.display().to_string());
    let hub = config.open_hub().await.map_err(Fault::Failed)?;
    let rotation = hub.begin_rotation()?;
    if let Some(key) = rotation.to_be_kept() {
        if Serving::goes_on(&url).await.map_err(hub::Error::from)? {
            return Err(Fault::Failed(SERVED));
        }
        hand_over(key, lang)?;
    }
    let is_new = rotation.to_be_kept().is_some();
    let count = hub.rotate(rotation).await?;
    complain(told(count, file.as_deref(), is_new).get(lang));
    Ok(())
}

/// A server cannot be given another key of the environment while it runs: it must know both first.
const SERVED: Text = Text::fixed(
    "Un serveur travaille avec ENCRYPTION_KEY et ne peut pas apprendre une nouvelle clé en marche.\n\
     1. Créez une clé : passerelle key generate\n\
     2. Redémarrez le serveur avec ENCRYPTION_KEY=NOUVELLE,ANCIENNE\n\
     3. Avec la même valeur : passerelle key rotate\n\
     4. Redémarrez-le avec la nouvelle seule. Une clé dans un fichier (ENCRYPTION_KEY_FILE) s'échange en marche.",
    "A server works with ENCRYPTION_KEY and cannot learn another key while it runs.\n\
     1. Make a key: passerelle key generate\n\
     2. Restart the server with ENCRYPTION_KEY=NEW,OLD\n\
     3. With the same value: passerelle key rotate\n\
     4. Restart it with the new one alone. A key in a file (ENCRYPTION_KEY_FILE) is exchanged while it runs.",
);

/// Prints the new key. What nobody received must seal nothing.
fn hand_over(key: &SecretString, lang: Lang) -> Result<(), Fault> {
    let words = Text::fixed(
        "Nouvelle clé, à donner désormais à ENCRYPTION_KEY :",
        "New key, for ENCRYPTION_KEY from now on:",
    );
    complain(words.get(lang));
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", key.expose_secret()).and_then(|()| out.flush()).map_err(|error| {
        Fault::Failed(Text::new(
            format!("La nouvelle clé n'a pas pu être affichée, rien n'a été modifié : {error}"),
            format!("The new key could not be printed, nothing was changed: {error}"),
        ))
    })
}

fn told(count: u64, file: Option<&str>, is_new: bool) -> Text {
    let (fr, en) = match (file, is_new) {
        (Some(file), _) => (
            format!("{file} ne contient plus que la nouvelle clé."),
            format!("{file} holds the new key alone."),
        ),
        (None, true) => {
            ("L'ancienne clé n'ouvre plus rien.".to_owned(), "The old key opens nothing any more.".to_owned())
        }
        (None, false) => (
            "Seule la première clé d'ENCRYPTION_KEY est encore nécessaire : retirez les autres.".to_owned(),
            "Only the first key of ENCRYPTION_KEY is still needed: remove the others.".to_owned(),
        ),
    };
    Text::new(
        format!(
            "Secrets chiffrés de nouveau : {count}. {fr} Les sauvegardes d'avant demandent encore l'ancienne."
        ),
        format!("Secrets encrypted anew: {count}. {en} Backups from before still need the old one."),
    )
}
