//! `/api/deals`: the deals of the CRM.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use hub::Deletion;
use model::Text;
use model::api::DealBody;
use serde::Serialize;
use utoipa::ToSchema;

use super::deal_filter::{DealQuery, DealQueryDoc};
use super::deal_input::{DealChange, NewDeal};
use crate::access::{CurrentUser, note_deleted};
use crate::envelope::{Data, Failure, Halfway, as_far_as_it_came};
use crate::extract::{Body, FromFields, Id, Query};
use crate::fields::Fields;
use crate::reader::Reader;
use crate::{ApiError, AppState};

/// How many deals fit, on all pages.
const TOTAL: HeaderName = HeaderName::from_static("x-total-count");

/// What deleting every deal asks for, word for word.
const CONFIRMATION: &str = "delete all";

/// The deals that fit a filter.
#[utoipa::path(
    get, path = "/api/deals", tag = "deals", params(DealQueryDoc),
    responses(
        (status = 200, body = Data<Vec<DealBody>>, headers(("X-Total-Count" = u64, description = "Deals that fit, on all pages"))),
        (status = 400, body = Failure)
    )
)]
pub(super) async fn list_deals(
    State(state): State<AppState>,
    Query(DealQuery(filter)): Query<DealQuery>,
) -> Result<impl IntoResponse, ApiError> {
    let page = state.hub.deals(&filter).await?;
    Ok(([(TOTAL, page.total)], Data::of(page.deals)))
}

/// A new deal; without a status it is a prospect.
#[utoipa::path(
    post, path = "/api/deals", tag = "deals", request_body = NewDeal,
    responses((status = 201, body = Data<DealBody>), (status = 400, body = Failure))
)]
pub(super) async fn create_deal(
    State(state): State<AppState>,
    CurrentUser(visitor): CurrentUser,
    Body(NewDeal(values)): Body<NewDeal>,
) -> Result<(StatusCode, Json<Data<DealBody>>), ApiError> {
    Ok((StatusCode::CREATED, Data::of(state.hub.create_deal(&visitor.caller, values).await?)))
}

/// Changes the given fields of a deal. With `updated_at`, only if it has not changed since: otherwise the
/// answer names what it holds now.
#[utoipa::path(
    put, path = "/api/deals/{id}", tag = "deals", params(("id" = i64, Path)), request_body = DealChange,
    responses(
        (status = 200, body = Data<DealBody>), (status = 400, body = Failure), (status = 404, body = Failure),
        (status = 409, body = Failure)
    )
)]
pub(super) async fn update_deal(
    State(state): State<AppState>,
    CurrentUser(visitor): CurrentUser,
    Id(id): Id,
    Body(DealChange { values, seen }): Body<DealChange>,
) -> Result<Json<Data<DealBody>>, ApiError> {
    Ok(Data::of(state.hub.update_deal(&visitor.caller, id, values, seen).await?))
}

/// What was deleted.
#[derive(Serialize, ToSchema)]
pub(super) struct Deleted {
    /// How many deals there were.
    deleted: u64,
    /// The number that takes it back within 24 hours; none when nothing was deleted.
    deletion: Option<i64>,
}

/// Deletes a deal.
#[utoipa::path(
    delete, path = "/api/deals/{id}", tag = "deals", params(("id" = i64, Path)),
    responses((status = 200, body = Data<Deleted>), (status = 404, body = Failure))
)]
pub(super) async fn delete_deal(
    State(state): State<AppState>,
    CurrentUser(visitor): CurrentUser,
    Id(id): Id,
) -> Result<Json<Data<Deleted>>, ApiError> {
    let number = state.hub.delete_deal(&visitor.caller, id).await?;
    Ok(Data::of(Deleted { deleted: 1, deletion: Some(number) }))
}

/// The agreement to delete every deal.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Confirmation {
    /// `delete all`, word for word.
    #[schema(value_type = String, pattern = "^delete all$", example = "delete all")]
    confirm: Option<String>,
}

impl FromFields for Confirmation {
    fn from_fields(fields: &mut Fields) -> Option<Confirmation> {
        Some(Confirmation { confirm: fields.text("confirm") })
    }
}

/// Deletes every deal, if the body says so. What stops before its end answers 500 with what was done.
#[utoipa::path(
    delete, path = "/api/deals", tag = "deals", request_body = Confirmation,
    responses(
        (status = 200, body = Data<Deleted>), (status = 400, body = Failure), (status = 500, body = Halfway<Deleted>)
    )
)]
pub(super) async fn delete_deals(
    State(state): State<AppState>,
    CurrentUser(visitor): CurrentUser,
    Reader(lang): Reader,
    Body(Confirmation { confirm }): Body<Confirmation>,
) -> Result<Response, ApiError> {
    if confirm.as_deref() != Some(CONFIRMATION) {
        return Err(ApiError::invalid(Text::fixed(
            "Tous les deals seraient supprimés : confirmez avec {\"confirm\":\"delete all\"}.",
            "Every deal would be deleted: confirm with {\"confirm\":\"delete all\"}.",
        )));
    }
    let done = state.hub.delete_all_deals(&visitor.caller).await?;
    note_deleted(&state, &visitor, &done).await;
    let Deletion { number, deleted, stopped, .. } = done;
    Ok(as_far_as_it_came(Deleted { deleted, deletion: number }, stopped, lang))
}
