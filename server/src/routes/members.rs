//! `/api/access/members`: who may enter.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use model::api::{InvitedBody, MemberBody, MemberDraft, MemberUpdate};

use super::docs::Numbered;
use crate::access::CurrentUser;
use crate::envelope::{Data, Failure, Removed};
use crate::extract::{Body, FromFields, Id};
use crate::fields::Fields;
use crate::{ApiError, AppState};

impl FromFields for MemberDraft {
    fn from_fields(fields: &mut Fields) -> Option<MemberDraft> {
        Some(MemberDraft {
            // What is absent is refused as what is empty.
            name: fields.text("name").unwrap_or_default(),
            role: fields.text("role").unwrap_or_default(),
        })
    }
}

impl FromFields for MemberUpdate {
    fn from_fields(fields: &mut Fields) -> Option<MemberUpdate> {
        Some(MemberUpdate { role: fields.text("role").unwrap_or_default() })
    }
}

/// Everybody who may enter, and who was invited.
#[utoipa::path(
    get, path = "/api/access/members", tag = "access",
    responses((status = 200, body = Data<Vec<MemberBody>>))
)]
pub(super) async fn list_members(
    State(state): State<AppState>,
) -> Result<Json<Data<Vec<MemberBody>>>, ApiError> {
    Ok(Data::of(state.hub.members().await?))
}

/// Invites somebody. The link they choose their password at is in this answer only.
#[utoipa::path(
    post, path = "/api/access/members", tag = "access", request_body = MemberDraft,
    responses((status = 201, body = Data<InvitedBody>), (status = 400, body = Failure))
)]
pub(super) async fn invite_member(
    State(state): State<AppState>,
    CurrentUser(visitor): CurrentUser,
    Body(draft): Body<MemberDraft>,
) -> Result<(StatusCode, Json<Data<InvitedBody>>), ApiError> {
    Ok((StatusCode::CREATED, Data::of(state.hub.invite(&visitor, &draft).await?)))
}

/// Gives a member a new link: they lost the first, or forgot their password.
#[utoipa::path(
    post, path = "/api/access/members/{id}/invitation", tag = "access", params(Numbered),
    responses((status = 200, body = Data<InvitedBody>), (status = 404, body = Failure))
)]
pub(super) async fn invite_member_again(
    State(state): State<AppState>,
    CurrentUser(visitor): CurrentUser,
    Id(id): Id,
) -> Result<Json<Data<InvitedBody>>, ApiError> {
    Ok(Data::of(state.hub.invite_again(&visitor, id).await?))
}

/// Gives a member another role, at once.
#[utoipa::path(
    put, path = "/api/access/members/{id}", tag = "access", params(Numbered), request_body = MemberUpdate,
    responses(
        (status = 200, body = Data<MemberBody>), (status = 400, body = Failure), (status = 404, body = Failure)
    )
)]
pub(super) async fn update_member(
    State(state): State<AppState>,
    CurrentUser(visitor): CurrentUser,
    Id(id): Id,
    Body(update): Body<MemberUpdate>,
) -> Result<Json<Data<MemberBody>>, ApiError> {
    Ok(Data::of(state.hub.change_role(&visitor, id, &update).await?))
}

/// Removes a member with their sessions and tokens. The last owner stays.
#[utoipa::path(
    delete, path = "/api/access/members/{id}", tag = "access", params(Numbered),
    responses(
        (status = 200, body = Data<Removed>), (status = 400, body = Failure), (status = 404, body = Failure)
    )
)]
pub(super) async fn remove_member(
    State(state): State<AppState>,
    CurrentUser(visitor): CurrentUser,
    Id(id): Id,
) -> Result<Json<Data<Removed>>, ApiError> {
    state.hub.remove_member(&visitor, id).await?;
    Ok(Data::of(Removed { id }))
}
