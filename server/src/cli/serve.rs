//! `passerelle serve`: the pages and the JSON API.

use hub::Hub;
use model::{Lang, Text};
use tokio::net::TcpListener;

use super::Fault;
use super::out::say;
use crate::Config;
use crate::serve;

pub(super) async fn serve(config: Config) -> Result<(), Fault> {
    let listener = serve::bind(config.addr).await.map_err(Fault::Misuse)?;
    let lang = config.lang;
    let hub = config.open_hub().await.map_err(Fault::Failed)?;
    until_stopped(listener, hub, lang, "").await
}

/// Serves until the end is asked for; `then` is said after the line that tells the address.
pub(super) async fn until_stopped(
    listener: TcpListener,
    hub: Hub,
    lang: Lang,
    then: &str,
) -> Result<(), Fault> {
    let ready = |addr| {
        say(&format!("listening on http://{addr}"));
        if !then.is_empty() {
            say(&then.replace("{addr}", &format!("http://{addr}")));
        }
    };
    serve::serve(listener, hub, lang, ready).await.map_err(|error| {
        Fault::Failed(Text::new(
            format!("Le serveur s'est arrêté : {error}"),
            format!("The server stopped: {error}"),
        ))
    })
}
