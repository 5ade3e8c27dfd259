//! `passerelle serve`: the pages and the JSON API.

use hub::{Hub, OpenError, Serving};
use model::{Lang, Text};
use secrecy::ExposeSecret;
use tokio::net::TcpListener;

use super::Fault;
use super::out::say;
use crate::config::OWNER_PASSWORD;
use crate::{Config, Edge, serve as server};

pub(super) async fn serve(config: Config) -> Result<(), Fault> {
    let (addr, lang, edge) = (config.addr, config.lang, config.edge());
    let owner_password = config.owner_password.clone();
    let is_ours_alone = addr.ip().is_loopback();
    // An owner is in the database. Where there is none, none is made just to refuse.
    if !is_ours_alone && owner_password.is_none() && !config.may_have_database() {
        return Err(Fault::Misuse(server::unprotected(addr)));
    }
    let listener = server::bind(addr).await.map_err(Fault::Misuse)?;
    let _serving = claim(&config.database_url).await?;
    let hub = config.open_hub().await.map_err(Fault::Failed)?;
    if let Some(password) = owner_password {
        hub.protect_from_environment(&password).await.map_err(of_environment)?;
    }
    let is_protected = hub.is_protected().await?;
    if !is_ours_alone && !is_protected {
        hub.close().await;
        return Err(Fault::Misuse(server::unprotected(addr)));
    }
    if !is_protected {
        let setup_code = hub.setup_code().expose_secret();
        tracing::info!(setup_code, "nobody has to log in; to protect the access, type this code at /access");
    }
    until_stopped(listener, hub, lang, edge, "").await
}

/// Names the variable whose password will not do.
fn of_environment(error: hub::Error) -> Fault {
    let Text { fr, en } = error.message;
    Fault::Misuse(Text::new(format!("{OWNER_PASSWORD} : {fr}"), format!("{OWNER_PASSWORD}: {en}")))
}

/// Claims the database before it is opened: a second server must not touch the first one's.
async fn claim(database_url: &str) -> Result<Serving, Fault> {
    let claimed =
        Serving::claim(database_url).await.map_err(|error| Fault::Failed(OpenError::from(error).told()))?;
    claimed.map_err(|other| {
        let number = other.map(|number| format!(" ({number})")).unwrap_or_default();
        Fault::Failed(Text::new(
            format!(
                "Un autre serveur{number} sert déjà cette base. Arrêtez-le d'abord, ou donnez une autre base (DATABASE_URL)."
            ),
            format!(
                "Another server{number} serves this database already. Stop it first, or give another database (DATABASE_URL)."
            ),
        ))
    })
}

/// Serves until the end is asked for; `then` is said after the line that tells the address.
pub(super) async fn until_stopped(
    listener: TcpListener,
    hub: Hub,
    lang: Lang,
    edge: Edge,
    then: &str,
) -> Result<(), Fault> {
    let ready = |addr| {
        say(&format!("listening on http://{addr}"));
        if !then.is_empty() {
            say(&then.replace("{addr}", &format!("http://{addr}")));
        }
    };
    server::serve(listener, hub, lang, edge, ready).await.map_err(|error| {
        Fault::Failed(Text::new(
            format!("Le serveur s'est arrêté : {error}"),
            format!("The server stopped: {error}"),
        ))
    })
}
