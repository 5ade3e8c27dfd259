//! `/api/sync/{provider}`: starts imports and exports, and says how a connection stands.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use model::Direction;
use model::api::{RunBody, SyncBody};
use serde::Serialize;
use utoipa::ToSchema;

use super::docs::{Connection, Hurry};
use super::outcome::{Started, answer};
use crate::envelope::{Data, Failure};
use crate::extract::{Body, FromFields};
use crate::faults;
use crate::fields::Fields;
use crate::reader::Reader;
use crate::{ApiError, AppState};

/// How a connection stands.
#[derive(Serialize, ToSchema)]
pub(super) struct SyncState {
    /// The connection's unique name.
    provider: String,
    /// Whether everything a sync needs is there.
    configured: bool,
    /// Whether syncs may run.
    is_active: bool,
    /// The run that began last.
    last_run: Option<RunBody>,
}

/// How a connection stands: its configuration and its last run.
#[utoipa::path(
    get, path = "/api/sync/{provider}", tag = "sync", params(Connection),
    responses((status = 200, body = Data<SyncState>), (status = 400, body = Failure))
)]
pub(super) async fn find_sync(
    State(state): State<AppState>,
    Reader(lang): Reader,
    Path(provider): Path<String>,
) -> Result<Json<Data<SyncState>>, ApiError> {
    let config = state.hub.config(&provider).await?;
    let last_run = state.hub.deal_runs(&provider, 1, lang).await?.pop();
    let (configured, is_active) = (config.configured, config.is_active);
    Ok(Data::of(SyncState { provider, configured, is_active, last_run }))
}

/// Which way the deals go.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Way {
    /// `import` or `export`.
    #[schema(value_type = String, pattern = "^(import|export)$", example = "import")]
    pub(super) direction: Direction,
}

impl FromFields for Way {
    fn from_fields(fields: &mut Fields) -> Option<Way> {
        let word = fields.text("direction").unwrap_or_default();
        let direction = Direction::from_word(&word);
        if direction.is_none() {
            let words = [Direction::Import, Direction::Export].map(Direction::word);
            fields.fault(faults::not_a_choice("direction", &word, &words));
        }
        direction.map(|direction| Way { direction })
    }
}

/// Starts an import or an export; the answer comes at its end, or at once with `Prefer: respond-async`.
#[utoipa::path(
    post, path = "/api/sync/{provider}", tag = "sync", params(Connection, Hurry), request_body = Way,
    responses(
        (status = 200, body = SyncBody), (status = 202, body = Started), (status = 400, body = Failure),
        (status = 409, body = Failure), (status = 500, body = SyncBody)
    )
)]
pub(super) async fn start_sync(
    State(state): State<AppState>,
    reader: Reader,
    Path(provider): Path<String>,
    headers: HeaderMap,
    Body(Way { direction }): Body<Way>,
) -> Result<Response, ApiError> {
    run(&state, reader, &headers, provider, direction).await
}

/// Imports the service's records as deals; answers as `POST /api/sync/{provider}`.
#[utoipa::path(
    post, path = "/api/sync/{provider}/import", tag = "sync", params(Connection, Hurry),
    responses(
        (status = 200, body = SyncBody), (status = 202, body = Started), (status = 400, body = Failure),
        (status = 409, body = Failure), (status = 500, body = SyncBody)
    )
)]
pub(super) async fn import_deals(
    State(state): State<AppState>,
    reader: Reader,
    Path(provider): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    run(&state, reader, &headers, provider, Direction::Import).await
}

/// Exports the deals to the service; answers as `POST /api/sync/{provider}`.
#[utoipa::path(
    post, path = "/api/sync/{provider}/export", tag = "sync", params(Connection, Hurry),
    responses(
        (status = 200, body = SyncBody), (status = 202, body = Started), (status = 400, body = Failure),
        (status = 409, body = Failure), (status = 500, body = SyncBody)
    )
)]
pub(super) async fn export_deals(
    State(state): State<AppState>,
    reader: Reader,
    Path(provider): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    run(&state, reader, &headers, provider, Direction::Export).await
}

async fn run(
    state: &AppState,
    reader: Reader,
    headers: &HeaderMap,
    provider: String,
    direction: Direction,
) -> Result<Response, ApiError> {
    let run_id = state.hub.start_sync(&provider, direction).await?;
    answer(state, reader, headers, run_id).await
}
