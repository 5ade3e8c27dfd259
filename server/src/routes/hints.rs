//! `/api/connections/{id}/hints`: whether a connection's service says when something changes.

use axum::Json;
use axum::extract::State;
use model::api::{HintsBody, HintsUpdate};

use super::docs::Numbered;
use crate::envelope::Failure;
use crate::extract::{Body, FromFields, Id};
use crate::fields::Fields;
use crate::reader::Reader;
use crate::{ApiError, AppState};

/// How a connection is told of changes in its service.
#[utoipa::path(
    get, path = "/api/connections/{id}/hints", tag = "connections", params(Numbered),
    responses((status = 200, body = HintsBody), (status = 404, body = Failure))
)]
pub(super) async fn find_hints(
    State(state): State<AppState>,
    Reader(lang): Reader,
    Id(id): Id,
) -> Result<Json<HintsBody>, ApiError> {
    Ok(Json(state.hub.hints(id, lang).await?))
}

/// Has the service say when something changes.
#[utoipa::path(
    put, path = "/api/connections/{id}/hints", tag = "connections", params(Numbered), request_body = HintsUpdate,
    responses(
        (status = 200, body = HintsBody), (status = 400, body = Failure), (status = 404, body = Failure),
        (status = 500, body = Failure),
    )
)]
pub(super) async fn turn_on_hints(
    State(state): State<AppState>,
    Reader(lang): Reader,
    Id(id): Id,
    Body(update): Body<HintsUpdate>,
) -> Result<Json<HintsBody>, ApiError> {
    Ok(Json(state.hub.turn_on_hints(id, update, lang).await?))
}

/// Has the service say nothing any more.
#[utoipa::path(
    delete, path = "/api/connections/{id}/hints", tag = "connections", params(Numbered),
    responses((status = 200, body = HintsBody), (status = 404, body = Failure))
)]
pub(super) async fn turn_off_hints(
    State(state): State<AppState>,
    Reader(lang): Reader,
    Id(id): Id,
) -> Result<Json<HintsBody>, ApiError> {
    Ok(Json(state.hub.turn_off_hints(id, lang).await?))
}

impl FromFields for HintsUpdate {
    fn from_fields(fields: &mut Fields) -> Option<HintsUpdate> {
        Some(HintsUpdate { secret: fields.text("secret") })
    }
}
