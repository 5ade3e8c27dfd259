//! `/api/sync/runs/{id}`: one run, what it changed, what it refused; cancelled, or run again.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use model::api::{ChangeBody, RecordErrorBody, RunBody, SyncBody};

use super::docs::{Hurry, Part, Run};
use super::outcome::{Started, answer};
use crate::envelope::{Data, Failure};
use crate::extract::{FromParams, Id, Query};
use crate::params::Params;
use crate::reader::Reader;
use crate::{ApiError, AppState};

/// One run: its counts, how it stands, when it began and ended.
#[utoipa::path(
    get, path = "/api/sync/runs/{id}", tag = "runs", params(Run),
    responses((status = 200, body = Data<RunBody>), (status = 404, body = Failure))
)]
pub(super) async fn find_run(
    State(state): State<AppState>,
    Reader(lang): Reader,
    Id(id): Id,
) -> Result<Json<Data<RunBody>>, ApiError> {
    Ok(Data::of(state.hub.run(id, lang).await?))
}

/// A part of a long list.
pub(super) struct Slice {
    pub(super) limit: u32,
    pub(super) offset: u32,
}

impl FromParams for Slice {
    fn from_params(params: &mut Params) -> Slice {
        Slice {
            limit: params.number("limit", 1).unwrap_or(100).min(1_000),
            offset: params.number("offset", 0).unwrap_or_default(),
        }
    }
}

/// The changes a run made, in order: field, before, after, reason.
#[utoipa::path(
    get, path = "/api/sync/runs/{id}/changes", tag = "runs", params(Run, Part),
    responses((status = 200, body = Data<Vec<ChangeBody>>), (status = 404, body = Failure))
)]
pub(super) async fn list_changes(
    State(state): State<AppState>,
    Id(id): Id,
    Query(Slice { limit, offset }): Query<Slice>,
) -> Result<Json<Data<Vec<ChangeBody>>>, ApiError> {
    Ok(Data::of(state.hub.changes(id, limit, offset).await?))
}

/// The records a run refused, in order.
#[utoipa::path(
    get, path = "/api/sync/runs/{id}/failures", tag = "runs", params(Run, Part),
    responses((status = 200, body = Data<Vec<RecordErrorBody>>), (status = 404, body = Failure))
)]
pub(super) async fn list_failures(
    State(state): State<AppState>,
    Reader(lang): Reader,
    Id(id): Id,
    Query(Slice { limit, offset }): Query<Slice>,
) -> Result<Json<Data<Vec<RecordErrorBody>>>, ApiError> {
    Ok(Data::of(state.hub.failures(id, limit, offset, lang).await?))
}

/// Asks a run to stop after the page it is at; what was committed stays.
#[utoipa::path(
    post, path = "/api/sync/runs/{id}/cancel", tag = "runs", params(Run),
    responses((status = 200, body = Started), (status = 400, body = Failure), (status = 404, body = Failure))
)]
pub(super) async fn cancel_run(State(state): State<AppState>, Id(id): Id) -> Result<Json<Started>, ApiError> {
    state.hub.cancel(id).await?;
    Ok(Started::of(id))
}

/// Runs the refused records of a run again, as a new run; answers as `POST /api/sync/{provider}`.
#[utoipa::path(
    post, path = "/api/sync/runs/{id}/replay", tag = "runs", params(Run, Hurry),
    responses(
        (status = 200, body = SyncBody), (status = 202, body = Started), (status = 400, body = Failure),
        (status = 404, body = Failure), (status = 409, body = Failure), (status = 500, body = SyncBody)
    )
)]
pub(super) async fn replay_run(
    State(state): State<AppState>,
    reader: Reader,
    Id(id): Id,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let run_id = state.hub.replay(id).await?;
    answer(&state, reader, &headers, run_id).await
}

/// Goes on with a run that stopped on the way, as a new run; answers as `POST /api/sync/{provider}`.
#[utoipa::path(
    post, path = "/api/sync/runs/{id}/resume", tag = "runs", params(Run, Hurry),
    responses(
        (status = 200, body = SyncBody), (status = 202, body = Started), (status = 400, body = Failure),
        (status = 404, body = Failure), (status = 409, body = Failure), (status = 500, body = SyncBody)
    )
)]
pub(super) async fn resume_run(
    State(state): State<AppState>,
    reader: Reader,
    Id(id): Id,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let run_id = state.hub.resume(id).await?;
    answer(&state, reader, &headers, run_id).await
}
