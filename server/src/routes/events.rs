//! `/api/sync/runs/{id}/events`: the progress of a run as server-sent events.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::{Stream, StreamExt};
use model::api::ProgressBody;
use utoipa::ToSchema;

use super::docs::Run;
use crate::envelope::Failure;
use crate::extract::Id;
use crate::reader::Reader;
use crate::{ApiError, AppState};

/// Proxies close a connection on which nothing comes for about a minute.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// A message about one step.
#[derive(ToSchema)]
#[expect(dead_code, reason = "its fields are read by the documentation only")]
struct Message {
    /// JSON: the run, its phase, its rate.
    data: String,
}

/// The progress of a run until it ends; the last event has the phase `done`.
#[utoipa::path(
    get, path = "/api/sync/runs/{id}/events", tag = "runs", params(Run),
    responses(
        (status = 200, description = "One message per step", content_type = "text/event-stream", body = Message),
        (status = 404, body = Failure)
    )
)]
pub(super) async fn watch_run(
    State(state): State<AppState>,
    Reader(lang): Reader,
    Id(id): Id,
) -> Result<impl IntoResponse, ApiError> {
    let progress = state.hub.progress(id, lang).await?;
    Ok(Sse::new(messages(progress)).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)))
}

fn messages(
    progress: impl Stream<Item = ProgressBody> + Send,
) -> impl Stream<Item = Result<Event, Infallible>> + Send {
    progress.filter_map(async |step| Event::default().json_data(step).ok()).map(Ok)
}
