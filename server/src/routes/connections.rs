//! `/api/connections`: connections of any kind. Answers are plain JSON; refusals have the envelope.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use model::api::{
    ConnectionBody, ConnectionSchemaBody, ConnectionTestBody, ConnectionTypeBody, ScheduleBody,
    ScheduleUpdate,
};

use super::connection_bodies::{body, test_body, type_body};
use super::connection_input::{Changed, Described, refused};
use super::docs::Numbered;
use crate::envelope::Failure;
use crate::extract::{Body, Id};
use crate::reader::Reader;
use crate::{ApiError, AppState};

/// The kinds of connections there are, each with its form.
#[utoipa::path(
    get, path = "/api/connections/types", tag = "connections",
    responses((status = 200, body = Vec<ConnectionTypeBody>))
)]
pub(super) async fn list_connection_types(
    State(state): State<AppState>,
    Reader(lang): Reader,
) -> Json<Vec<ConnectionTypeBody>> {
    Json(state.hub.account_kinds().into_iter().map(|kind| type_body(kind, lang)).collect())
}

/// Makes a connection.
#[utoipa::path(
    post, path = "/api/connections/", tag = "connections", request_body = Described,
    responses((status = 201, body = ConnectionBody), (status = 400, body = Failure))
)]
pub(super) async fn create_connection(
    State(state): State<AppState>,
    Reader(lang): Reader,
    Body(described): Body<Described>,
) -> Result<(StatusCode, Json<ConnectionBody>), ApiError> {
    let id = state.hub.create_account(described.draft()).await.map_err(refused)?;
    Ok((StatusCode::CREATED, Json(body(state.hub.account(id, lang).await?))))
}

/// Every connection.
#[utoipa::path(
    get, path = "/api/connections/", tag = "connections",
    responses((status = 200, body = Vec<ConnectionBody>))
)]
pub(super) async fn list_connections(
    State(state): State<AppState>,
    Reader(lang): Reader,
) -> Result<Json<Vec<ConnectionBody>>, ApiError> {
    Ok(Json(state.hub.accounts(lang).await?.into_iter().map(body).collect()))
}

/// One connection.
#[utoipa::path(
    get, path = "/api/connections/{id}", tag = "connections", params(Numbered),
    responses((status = 200, body = ConnectionBody), (status = 404, body = Failure))
)]
pub(super) async fn find_connection(
    State(state): State<AppState>,
    Reader(lang): Reader,
    Id(id): Id,
) -> Result<Json<ConnectionBody>, ApiError> {
    Ok(Json(body(state.hub.account(id, lang).await?)))
}

/// Changes a connection.
#[utoipa::path(
    put, path = "/api/connections/{id}", tag = "connections", params(Numbered), request_body = Changed,
    responses(
        (status = 200, body = ConnectionBody), (status = 400, body = Failure), (status = 404, body = Failure),
        (status = 409, body = Failure)
    )
)]
pub(super) async fn update_connection(
    State(state): State<AppState>,
    Reader(lang): Reader,
    Id(id): Id,
    Body(changed): Body<Changed>,
) -> Result<Json<ConnectionBody>, ApiError> {
    state.hub.update_account(id, changed.update()).await.map_err(refused)?;
    Ok(Json(body(state.hub.account(id, lang).await?)))
}

/// Removes a connection with its credentials. Its history and what it brought stay.
#[utoipa::path(
    delete, path = "/api/connections/{id}", tag = "connections", params(Numbered),
    responses(
        (status = 200, body = ConnectionBody), (status = 404, body = Failure), (status = 409, body = Failure)
    )
)]
pub(super) async fn delete_connection(
    State(state): State<AppState>,
    Reader(lang): Reader,
    Id(id): Id,
) -> Result<Json<ConnectionBody>, ApiError> {
    let view = state.hub.account(id, lang).await?;
    state.hub.delete_account(id).await?;
    Ok(Json(body(view)))
}

/// Tests settings; nothing is stored. A service that says no is an answer too: 200 with `success: false`.
#[utoipa::path(
    post, path = "/api/connections/test", tag = "connections", request_body = Described,
    responses((status = 200, body = ConnectionTestBody), (status = 400, body = Failure))
)]
pub(super) async fn test_connection_settings(
    State(state): State<AppState>,
    Reader(lang): Reader,
    Body(described): Body<Described>,
) -> Result<Json<ConnectionTestBody>, ApiError> {
    let test = state.hub.test_account_draft(&described.draft(), None, lang).await.map_err(refused)?;
    Ok(Json(test_body(test)))
}

/// The tables of a connection and their columns, asked of its service.
#[utoipa::path(
    get, path = "/api/connections/{id}/schema", tag = "connections", params(Numbered),
    responses(
        (status = 200, body = ConnectionSchemaBody), (status = 400, body = Failure),
        (status = 404, body = Failure), (status = 500, body = Failure)
    )
)]
pub(super) async fn find_connection_schema(
    State(state): State<AppState>,
    Id(id): Id,
) -> Result<Json<ConnectionSchemaBody>, ApiError> {
    Ok(Json(state.hub.account_schema(id).await?))
}

/// When a connection syncs by itself, and its next three runs.
#[utoipa::path(
    get, path = "/api/connections/{id}/schedule", tag = "connections", params(Numbered),
    responses((status = 200, body = ScheduleBody), (status = 404, body = Failure))
)]
pub(super) async fn find_schedule(
    State(state): State<AppState>,
    Reader(lang): Reader,
    Id(id): Id,
) -> Result<Json<ScheduleBody>, ApiError> {
    Ok(Json(state.hub.account(id, lang).await?.schedule))
}

/// Changes when a connection syncs by itself; what is absent stays.
#[utoipa::path(
    put, path = "/api/connections/{id}/schedule", tag = "connections", params(Numbered),
    request_body = ScheduleUpdate,
    responses((status = 200, body = ScheduleBody), (status = 400, body = Failure), (status = 404, body = Failure))
)]
pub(super) async fn update_schedule(
    State(state): State<AppState>,
    Reader(lang): Reader,
    Id(id): Id,
    Body(update): Body<ScheduleUpdate>,
) -> Result<Json<ScheduleBody>, ApiError> {
    let provider = state.hub.account(id, lang).await?.provider;
    Ok(Json(state.hub.save_schedule(&provider, update, lang).await?))
}
