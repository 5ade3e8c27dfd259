//! What happened to deals, where they stand elsewhere, and the way back from a deletion.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use hub::Undone;
use model::deal_history::{DealEvent, DealOrigin};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::docs::Numbered;
use crate::access::{CurrentUser, note_restored};
use crate::envelope::{Data, Failure, Halfway, as_far_as_it_came};
use crate::extract::{FromParams, Id, Query};
use crate::params::{Params, from_one};
use crate::reader::Reader;
use crate::{ApiError, AppState};

/// How much of a history is asked for.
pub(super) struct HistoryQuery {
    limit: u32,
}

impl FromParams for HistoryQuery {
    fn from_params(params: &mut Params) -> HistoryQuery {
        HistoryQuery { limit: params.number("limit", 1).unwrap_or(100).min(1_000) }
    }
}

/// The same parameter, for the documentation.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "its field describes the parameter of `HistoryQuery`")]
pub(super) struct HistoryQueryDoc {
    /// At most that many: 100 when absent, 1,000 at most.
    #[param(schema_with = from_one)]
    limit: Option<u64>,
}

/// Who or which run changed what in a deal, newest first. A deleted deal keeps its history for 24 hours.
#[utoipa::path(
    get, path = "/api/deals/{id}/history", tag = "deals", params(Numbered, HistoryQueryDoc),
    responses(
        (status = 200, body = Data<Vec<DealEvent>>), (status = 400, body = Failure), (status = 404, body = Failure)
    )
)]
pub(super) async fn list_deal_history(
    State(state): State<AppState>,
    Id(id): Id,
    Query(HistoryQuery { limit }): Query<HistoryQuery>,
) -> Result<Json<Data<Vec<DealEvent>>>, ApiError> {
    Ok(Data::of(state.hub.deal_history(id, limit).await?))
}

/// The records of services that a deal is linked to; none for one that is linked to nothing.
#[utoipa::path(
    get, path = "/api/deals/{id}/origins", tag = "deals", params(Numbered),
    responses((status = 200, body = Data<Vec<DealOrigin>>), (status = 400, body = Failure))
)]
pub(super) async fn list_deal_origins(
    State(state): State<AppState>,
    Id(id): Id,
) -> Result<Json<Data<Vec<DealOrigin>>>, ApiError> {
    let mut origins = state.hub.deal_origins(&[id]).await?;
    Ok(Data::of(origins.remove(&id).unwrap_or_default()))
}

/// What came of taking a deletion back.
#[derive(Serialize, ToSchema)]
pub(super) struct UndoneBody {
    /// How many deals came back.
    restored: u64,
    /// How many could not.
    left_out: u64,
    /// The first hundred of those.
    named: Vec<NotRestoredBody>,
}

/// A deal that could not come back.
#[derive(Serialize, ToSchema)]
pub(super) struct NotRestoredBody {
    /// Its id.
    id: i64,
    /// Whom it was with.
    client: String,
    /// Why.
    reason: String,
}

/// Brings the deals of a deletion back, with their ids, links and instants. Once, and within 24 hours. What stops
/// before its end answers 500 with what was done; asked for again, it goes on.
#[utoipa::path(
    post, path = "/api/deals/deletions/{id}/undo", tag = "deals", params(Numbered),
    responses(
        (status = 200, body = Data<UndoneBody>), (status = 400, body = Failure), (status = 404, body = Failure),
        (status = 409, body = Failure), (status = 500, body = Halfway<UndoneBody>)
    )
)]
pub(super) async fn undo_deletion(
    State(state): State<AppState>,
    CurrentUser(visitor): CurrentUser,
    Reader(lang): Reader,
    Id(id): Id,
) -> Result<Response, ApiError> {
    let Undone { restored, left_out, named, stopped } = state.hub.undo_deletion(&visitor.caller, id).await?;
    note_restored(&state, &visitor, id, restored).await;
    let named = named.into_iter().map(|deal| NotRestoredBody {
        id: deal.id,
        client: deal.client,
        reason: deal.reason.get(lang).to_owned(),
    });
    Ok(as_far_as_it_came(UndoneBody { restored, left_out, named: named.collect() }, stopped, lang))
}
