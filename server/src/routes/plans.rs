//! `/api/sync/{provider}/preview` and `/api/sync/plans/{id}/apply`: a sync shown first, then done as shown.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use model::api::{PlanBody, SyncBody};
use serde::Serialize;
use utoipa::ToSchema;

use super::docs::{Connection, Hurry};
use super::outcome::{Started, answer};
use super::sync::Way;
use crate::envelope::Failure;
use crate::extract::{Body, Id};
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

/// Carries out a stored plan; answers as `POST /api/sync/{provider}`.
#[utoipa::path(
    post, path = "/api/sync/plans/{id}/apply", tag = "sync",
    params(("id" = i64, Path, description = "The plan's id"), Hurry),
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
