//! `passerelle sync <connection> import`: whatever the connection brings in.

use hub::Hub;
use model::api::{LoadBody, TableCountsBody};
use model::{Lang, Subject, Text};

use super::out::{complain, say};
use super::{Fault, sync};
use crate::Config;

/// Brings deals, tables or a dataset in, wherever the rows of the connection go.
pub(super) async fn load_or_import(config: Config, connection: &str) -> Result<(), Fault> {
    let lang = config.lang;
    let hub = config.open_hub().await.map_err(Fault::Failed)?;
    match hub.start_import(connection).await? {
        (Subject::Tables, run_id) => wait(&hub, run_id, lang).await,
        (Subject::Deals | Subject::Dataset, run_id) => sync::wait(&hub, run_id, lang).await,
    }
}

async fn wait(hub: &Hub, run_id: i64, lang: Lang) -> Result<(), Fault> {
    sync::cancel_on_request(hub, run_id, hub.wait_load(run_id, lang)).await;
    let load = hub.wait_load(run_id, lang).await?;
    for told in load.warnings.iter().chain(load.errors.iter().filter(|_| load.success)) {
        complain(told);
    }
    for table in &load.tables {
        say(&line(table, lang));
    }
    say(&end(&load, lang));
    if load.success {
        return Ok(());
    }
    let words: Vec<String> = load.errors.into_iter().chain(load.hint).collect();
    Err(Fault::Failed(Text::same(words.join("\n"))))
}

fn line(table: &TableCountsBody, lang: Lang) -> String {
    let TableCountsBody { table, processed, created, updated, unchanged, failed } = table;
    let text = Text::new(
        format!(
            "{table:<16} {processed} lignes : {created} créées, {updated} mises à jour, {unchanged} inchangées, \
             {failed} refusées"
        ),
        format!(
            "{table:<16} {processed} rows: {created} created, {updated} updated, {unchanged} unchanged, \
             {failed} refused"
        ),
    );
    text.get(lang).to_owned()
}

fn end(load: &LoadBody, lang: Lang) -> String {
    let (rows, seconds) = (load.processed(), load.duration_seconds);
    let text =
        Text::new(format!("{rows} lignes en {seconds:.1} s"), format!("{rows} rows in {seconds:.1} s"));
    format!("{} · {}", text.get(lang), load.status)
}
