//! `passerelle connections list`: the connections and how they stand.

use hub::{AccountView, SourceView};
use model::api::{ConfigBody, Health, RunBody};
use model::{Destination, Lang, Text};

use super::Fault;
use super::out::say;
use crate::Config;

pub(super) async fn list(config: Config) -> Result<(), Fault> {
    let lang = config.lang;
    let hub = config.open_hub().await.map_err(Fault::Failed)?;
    for connection in hub.configs().await? {
        let last_run = hub.deal_runs(&connection.provider, 1, lang).await?.pop();
        say(&line(&connection, last_run.as_ref(), lang));
    }
    for source in hub.sources(lang).await? {
        say(&source_line(&source, lang));
    }
    for account in hub.accounts(lang).await? {
        if matches!(account.destination, Destination::Dataset { .. }) {
            say(&dataset_line(&account, lang));
        }
    }
    Ok(())
}

const NO_RUN: Text = Text::fixed("aucune synchronisation", "no run yet");

/// A connection whose rows go into a dataset.
fn dataset_line(account: &AccountView, lang: Lang) -> String {
    let state = standing(account.health);
    let run = account
        .last
        .as_ref()
        .map_or_else(|| NO_RUN.get(lang).to_owned(), |run| format!("{} ({})", run.status, run.started_at));
    format!("{:<12} {:<18} {:<24} {run}", account.provider, state.get(lang), account.kind_name)
}

/// A source of data: its rows go into the tables, not into the deals.
fn source_line(source: &SourceView, lang: Lang) -> String {
    let state = standing(source.health);
    let run = source
        .last
        .as_ref()
        .map_or_else(|| NO_RUN.get(lang).to_owned(), |load| format!("{} ({})", load.status, load.timestamp));
    format!("{:<12} {:<18} {:<24} {run}", source.name, state.get(lang), source.kind_name)
}

fn standing(health: Health) -> Text {
    match health {
        Health::Healthy => Text::fixed("saine", "healthy"),
        Health::Error => Text::fixed("en erreur", "in error"),
        Health::Syncing => Text::fixed("en cours", "syncing"),
        Health::Idle => Text::fixed("jamais testée", "never tested"),
    }
}

fn line(connection: &ConfigBody, last_run: Option<&RunBody>, lang: Lang) -> String {
    let state = match (connection.configured, connection.is_active) {
        (false, _) => Text::fixed("à configurer", "to be configured"),
        (true, false) => Text::fixed("désactivée", "switched off"),
        (true, true) => Text::fixed("configurée", "configured"),
    };
    let table = connection.table_name.as_deref().unwrap_or("–");
    let run = last_run.map_or_else(
        || NO_RUN.get(lang).to_owned(),
        |run| format!("{} {} ({})", run.direction, run.status, run.started_at),
    );
    format!("{:<12} {:<18} {:<24} {run}", connection.provider, state.get(lang), table)
}
