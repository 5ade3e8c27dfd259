//! `/api/access/tokens`: the words programs enter with.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use model::api::{NewTokenBody, TokenBody, TokenDraft};

use super::docs::Numbered;
use crate::access::CurrentUser;
use crate::envelope::{Data, Failure, Removed};
use crate::extract::{Body, FromFields, Id};
use crate::fields::Fields;
use crate::{ApiError, AppState};

impl FromFields for TokenDraft {
    fn from_fields(fields: &mut Fields) -> Option<TokenDraft> {
        Some(TokenDraft {
            // What is absent is refused as what is empty.
            name: fields.text("name").unwrap_or_default(),
            scope: fields.text("scope").unwrap_or_default(),
        })
    }
}

/// The caller's tokens, newest first; everybody's for an owner.
#[utoipa::path(
    get, path = "/api/access/tokens", tag = "access",
    responses((status = 200, body = Data<Vec<TokenBody>>), (status = 400, body = Failure))
)]
pub(super) async fn list_tokens(
    State(state): State<AppState>,
    CurrentUser(visitor): CurrentUser,
) -> Result<Json<Data<Vec<TokenBody>>>, ApiError> {
    Ok(Data::of(state.hub.tokens(&visitor).await?))
}

/// Makes a token in the caller's name. It is in this answer only, and may no more than they may.
#[utoipa::path(
    post, path = "/api/access/tokens", tag = "access", request_body = TokenDraft,
    responses(
        (status = 201, body = Data<NewTokenBody>), (status = 400, body = Failure), (status = 403, body = Failure)
    )
)]
pub(super) async fn create_token(
    State(state): State<AppState>,
    CurrentUser(visitor): CurrentUser,
    Body(draft): Body<TokenDraft>,
) -> Result<(StatusCode, Json<Data<NewTokenBody>>), ApiError> {
    Ok((StatusCode::CREATED, Data::of(state.hub.create_token(&visitor, &draft).await?)))
}

/// Makes a token worthless, at once.
#[utoipa::path(
    delete, path = "/api/access/tokens/{id}", tag = "access", params(Numbered),
    responses(
        (status = 200, body = Data<Removed>), (status = 400, body = Failure), (status = 404, body = Failure)
    )
)]
pub(super) async fn revoke_token(
    State(state): State<AppState>,
    CurrentUser(visitor): CurrentUser,
    Id(id): Id,
) -> Result<Json<Data<Removed>>, ApiError> {
    state.hub.revoke_token(&visitor, id).await?;
    Ok(Data::of(Removed { id }))
}
