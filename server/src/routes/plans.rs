//! `/api/sync/{provider}/preview` and `/api/sync/plans/{id}/apply`: a sync shown first, then done as shown.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use model::api::{ChangeBody, PlanBody, RecordErrorBody, SyncBody};
use serde::Serialize;
use utoipa::ToSchema;

use super::docs::{Connection, Hurry, Part, Plan};
use super::outcome::{Started, answer};
use super::runs::Slice;
use super::sync::Way;
use crate::envelope::{Data, Failure};
use crate::extract::{Body, Id, Query};
use crate::reader::Reader;
use crate::{ApiError, AppState};

/// A stored plan.
#[derive(Serialize, ToSchema)]
pub(super) struct Planned {
    /// Always `true`.
    success: bool,
    #[serde(flatten)]
    plan: PlanBody,
}

/// What a sync would do, stored so that exactly that can be applied. No deal and no record is written.
#[utoipa::path(
    post, path = "/api/sync/{provider}/preview", tag = "sync", params(Connection), request_body = Way,
    responses((status = 200, body = Planned), (status = 400, body = Failure), (status = 500, body = Failure))
)]
pub(super) async fn preview_sync(
    State(state): State<AppState>,
    Reader(lang): Reader,
    Path(provider): Path<String>,
    Body(Way { direction }): Body<Way>,
) -> Result<Json<Planned>, ApiError> {
    Ok(Json(Planned { success: true, plan: state.hub.preview(&provider, direction, lang).await? }))
}

/// A stored plan, with the first of its changes and refused records.
#[utoipa::path(
    get, path = "/api/sync/plans/{id}", tag = "sync", params(Plan),
    responses((status = 200, body = Data<PlanBody>), (status = 404, body = Failure))
)]
pub(super) async fn find_plan(
    State(state): State<AppState>,
    Reader(lang): Reader,
    Id(id): Id,
) -> Result<Json<Data<PlanBody>>, ApiError> {
    Ok(Data::of(state.hub.plan(id, lang).await?))
}

/// The changes of a plan, in the order they would happen.
#[utoipa::path(
    get, path = "/api/sync/plans/{id}/changes", tag = "sync", params(Plan, Part),
    responses((status = 200, body = Data<Vec<ChangeBody>>), (status = 404, body = Failure))
)]
pub(super) async fn list_plan_changes(
    State(state): State<AppState>,
    Id(id): Id,
    Query(Slice { limit, offset }): Query<Slice>,
) -> Result<Json<Data<Vec<ChangeBody>>>, ApiError> {
    Ok(Data::of(state.hub.plan_changes(id, limit, offset).await?))
}

/// The records a plan would refuse, in order.
#[utoipa::path(
    get, path = "/api/sync/plans/{id}/failures", tag = "sync", params(Plan, Part),
    responses((status = 200, body = Data<Vec<RecordErrorBody>>), (status = 404, body = Failure))
)]
pub(super) async fn list_plan_failures(
    State(state): State<AppState>,
    Reader(lang): Reader,
    Id(id): Id,
    Query(Slice { limit, offset }): Query<Slice>,
) -> Result<Json<Data<Vec<RecordErrorBody>>>, ApiError> {
    Ok(Data::of(state.hub.plan_failures(id, limit, offset, lang).await?))
}

/// Carries out a stored plan; answers as `POST /api/sync/{provider}`.
#[utoipa::path(
    post, path = "/api/sync/plans/{id}/apply", tag = "sync",
    params(Plan, Hurry),
    responses(
        (status = 200, body = SyncBody), (status = 202, body = Started), (status = 400, body = Failure),
        (status = 404, body = Failure), (status = 409, body = Failure), (status = 500, body = SyncBody)
    )
)]
pub(super) async fn apply_plan(
    State(state): State<AppState>,
    reader: Reader,
    Id(id): Id,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let run_id = state.hub.apply(id).await?;
    answer(&state, reader, &headers, run_id).await
}
