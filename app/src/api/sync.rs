//! Imports and exports, and their history.

use leptos::prelude::*;
use model::Direction;
use model::api::{RunBody, SyncBody};
use serde::{Deserialize, Serialize};
use server_fn::codec::GetUrl;

use super::Answer;
use super::text_json::TextJson;

/// How many runs the history shows.
#[cfg(feature = "ssr")]
const HISTORY: u32 = 50;

/// A run in the history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct RunView {
    /// The run.
    pub(crate) run: RunBody,
    /// When it started by the server's clock, `2026-11-21` and `14:05`; the browser puts its own time
    /// zone in its place once the page is there.
    pub(crate) server_time: (String, String),
    /// How long it took, in milliseconds; nothing while it goes on.
    pub(crate) millis: Option<u64>,
}

/// Starts a run and tells its id at once. A plain form waits for the end, so that the page it is sent
/// back to shows how it went.
#[server(prefix = "/_app", endpoint = "start_sync", output = TextJson)]
pub(crate) async fn start_sync(provider: String, direction: Direction) -> Result<Answer<i64>, ServerFnError> {
    use model::access::Action;

    use crate::context::{back_to_tab, is_plain_form, note, request_lang};

    let hub = super::server::hub()?;
    let lang = request_lang();
    note(&hub, Action::SyncStarted, &format!("{provider} {}", direction.word())).await;
    let started = hub.start_sync(&provider, direction).await;
    if let (true, Ok(run_id)) = (is_plain_form(), &started) {
        // However it went, the history tells.
        let _ended = hub.wait(*run_id, lang).await;
    }
    back_to_tab(&provider, &format!("#{provider}-history"));
    Ok(started.map_err(|e| super::server::fault(&e, lang)))
}

/// Waits for the end of a run and tells how it went.
#[server(prefix = "/_app", endpoint = "sync_result", output = TextJson)]
pub(crate) async fn sync_result(run_id: i64) -> Result<Answer<SyncBody>, ServerFnError> {
    let hub = super::server::hub()?;
    let lang = crate::context::request_lang();
    Ok(hub.wait(run_id, lang).await.map_err(|e| super::server::fault(&e, lang)))
}

/// Asks a run to stop after the page it is at.
#[server(prefix = "/_app", endpoint = "cancel_sync", output = TextJson)]
pub(crate) async fn cancel_sync(run_id: i64) -> Result<Answer<()>, ServerFnError> {
    let hub = super::server::hub()?;
    Ok(hub.cancel(run_id).await.map_err(|e| super::server::fault(&e, crate::context::request_lang())))
}

/// The runs of a connection, newest first.
#[server(prefix = "/_app", endpoint = "runs", input = GetUrl, output = TextJson)]
pub(crate) async fn list_runs(provider: String) -> Result<Answer<Vec<RunView>>, ServerFnError> {
    let hub = super::server::hub()?;
    let lang = crate::context::request_lang();
    Ok(history(&hub, &provider, lang).await.map_err(|e| super::server::fault(&e, lang)))
}

/// The runs of a connection as the page shows them.
#[cfg(feature = "ssr")]
pub(crate) async fn history(hub: &hub::Hub, provider: &str, lang: model::Lang) -> hub::Result<Vec<RunView>> {
    Ok(hub.deal_runs(provider, HISTORY, lang).await?.into_iter().map(run_view).collect())
}

/// A run as the page shows it.
#[cfg(feature = "ssr")]
pub(crate) fn run_view(run: RunBody) -> RunView {
    use chrono::DateTime;

    let instant = |text: &str| DateTime::parse_from_rfc3339(text).ok();
    let started = instant(&run.started_at);
    let ended = run.completed_at.as_deref().and_then(instant);
    let millis = started.zip(ended).map(|(from, to)| (to - from).num_milliseconds().max(0).unsigned_abs());
    RunView { server_time: server_time(&run.started_at), millis, run }
}

/// The day and the time of an instant by the server's clock.
#[cfg(feature = "ssr")]
pub(crate) fn server_time(instant: &str) -> (String, String) {
    use chrono::{DateTime, Local};

    let local = DateTime::parse_from_rfc3339(instant).ok().map(|at| at.with_timezone(&Local));
    let shown = |format| local.map(|at| at.format(format).to_string()).unwrap_or_default();
    (shown("%Y-%m-%d"), shown("%H:%M"))
}
