//! `/api/connections/{id}/sync` and `…/history`: what a connection brings, and what it brought.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use hub::AccountSync;
use model::api::{ConnectionRunBody, ConnectionSyncBody};
use utoipa::ToSchema;

use super::connection_bodies::sync_body;
use super::docs::Numbered;
use super::docs::{Hurry, Part};
use super::outcome::{Started, begun, in_a_hurry, status_of};
use crate::envelope::Failure;
use crate::extract::{Body, FromFields, FromParams, Id, Query};
use crate::fields::Fields;
use crate::params::Params;
use crate::reader::Reader;
use crate::{ApiError, AppState};

/// What to sync.
#[derive(Default, ToSchema)]
pub(super) struct Wanted {
    /// Into a dataset, wherever the rows go otherwise.
    save_as_dataset: Option<bool>,
    /// The dataset's name; the one the connection has when absent.
    dataset_name: Option<String>,
}

impl FromFields for Wanted {
    fn from_fields(fields: &mut Fields) -> Option<Wanted> {
        Some(Wanted {
            save_as_dataset: fields.flag("save_as_dataset"),
            dataset_name: fields.text("dataset_name"),
        })
    }
}

/// Syncs a connection; the answer comes at its end, or at once with `Prefer: respond-async`.
#[utoipa::path(
    post, path = "/api/connections/{id}/sync", tag = "connections", params(Numbered, Hurry),
    request_body = Option<Wanted>,
    responses(
        (status = 200, body = ConnectionSyncBody), (status = 202, body = Started),
        (status = 400, body = Failure), (status = 404, body = Failure), (status = 409, body = Failure),
        (status = 500, body = ConnectionSyncBody)
    )
)]
pub(super) async fn sync_connection(
    State(state): State<AppState>,
    Reader(lang): Reader,
    headers: HeaderMap,
    Id(id): Id,
    wanted: Option<Body<Wanted>>,
) -> Result<Response, ApiError> {
    let Wanted { save_as_dataset, dataset_name } = wanted.map(|Body(wanted)| wanted).unwrap_or_default();
    let wanted = AccountSync { as_dataset: save_as_dataset.unwrap_or_default(), dataset: dataset_name };
    let run_id = state.hub.start_account_sync(id, &wanted).await?;
    if in_a_hurry(&headers) {
        return Ok(begun(run_id));
    }
    let synced = state.hub.wait_account_sync(id, run_id, &wanted, lang).await?;
    let status = status_of(&synced.run.status, synced.code.as_deref());
    Ok((status, Json(sync_body(synced))).into_response())
}

/// Which part of a history.
pub(super) struct HistoryPart {
    limit: u32,
    offset: u32,
}

impl FromParams for HistoryPart {
    fn from_params(params: &mut Params) -> HistoryPart {
        HistoryPart {
            limit: params.number("limit", 1).unwrap_or(50).min(500),
            offset: params.number("offset", 0).unwrap_or_default(),
        }
    }
}

/// The syncs of a connection, newest first.
#[utoipa::path(
    get, path = "/api/connections/{id}/history", tag = "connections", params(Numbered, Part),
    responses(
        (status = 200, body = Vec<ConnectionRunBody>), (status = 400, body = Failure),
        (status = 404, body = Failure)
    )
)]
pub(super) async fn list_connection_history(
    State(state): State<AppState>,
    Reader(lang): Reader,
    Id(id): Id,
    Query(HistoryPart { limit, offset }): Query<HistoryPart>,
) -> Result<Json<Vec<ConnectionRunBody>>, ApiError> {
    Ok(Json(state.hub.account_history(id, limit, offset, lang).await?))
}
