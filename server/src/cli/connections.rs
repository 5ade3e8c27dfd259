//! `passerelle connections list`: the connections and how they stand.

use model::api::{ConfigBody, RunBody};
use model::{Lang, Text};

use super::Fault;
use super::out::say;
use crate::Config;

pub(super) async fn list(config: Config) -> Result<(), Fault> {
    let lang = config.lang;
    let hub = config.open_hub().await.map_err(Fault::Failed)?;
    for connection in hub.configs().await? {
        let last_run = hub.runs(Some(&connection.provider), 1, lang).await?.pop();
        say(&line(&connection, last_run.as_ref(), lang));
    }
    Ok(())
}

fn line(connection: &ConfigBody, last_run: Option<&RunBody>, lang: Lang) -> String {
    let state = match (connection.configured, connection.is_active) {
        (false, _) => Text::fixed("à configurer", "to be configured"),
        (true, false) => Text::fixed("désactivée", "switched off"),
        (true, true) => Text::fixed("configurée", "configured"),
    };
    let table = connection.table_name.as_deref().unwrap_or("–");
    let run = last_run.map_or_else(
        || Text::fixed("aucune synchronisation", "no run yet").get(lang).to_owned(),
        |run| format!("{} {} ({})", run.direction, run.status, run.started_at),
    );
    format!("{:<12} {:<18} {:<24} {run}", connection.provider, state.get(lang), table)
}
