//! `/api/access`: who is asking, and the browsers they have logged in with.

use axum::Json;
use axum::extract::State;
use model::api::{AuditBody, CallerBody, SessionBody};

use super::docs::{Numbered, Part};
use super::runs::Slice;
use crate::access::CurrentUser;
use crate::envelope::{Data, Failure, Removed};
use crate::extract::{Id, Query};
use crate::reader::Reader;
use crate::{ApiError, AppState};

/// Who is asking, and what they may do.
#[utoipa::path(
    get, path = "/api/access", tag = "access",
    responses((status = 200, body = Data<CallerBody>))
)]
pub(super) async fn find_caller(CurrentUser(visitor): CurrentUser) -> Json<Data<CallerBody>> {
    Data::of(visitor.caller.body())
}

/// The caller's sessions, the one that was seen last first.
#[utoipa::path(
    get, path = "/api/access/sessions", tag = "access",
    responses((status = 200, body = Data<Vec<SessionBody>>), (status = 400, body = Failure))
)]
pub(super) async fn list_sessions(
    State(state): State<AppState>,
    CurrentUser(visitor): CurrentUser,
) -> Result<Json<Data<Vec<SessionBody>>>, ApiError> {
    Ok(Data::of(state.hub.sessions(&visitor).await?))
}

/// Ends one of the caller's sessions, at once.
#[utoipa::path(
    delete, path = "/api/access/sessions/{id}", tag = "access", params(Numbered),
    responses(
        (status = 200, body = Data<Removed>), (status = 400, body = Failure), (status = 404, body = Failure)
    )
)]
pub(super) async fn revoke_session(
    State(state): State<AppState>,
    CurrentUser(visitor): CurrentUser,
    Id(id): Id,
) -> Result<Json<Data<Removed>>, ApiError> {
    state.hub.revoke_session(&visitor, id).await?;
    Ok(Data::of(Removed { id }))
}

/// What was done, newest first: logins, changes of configuration, syncs, downloads. It is kept for a year.
#[utoipa::path(
    get, path = "/api/access/audit", tag = "access", params(Part),
    responses((status = 200, body = Data<Vec<AuditBody>>))
)]
pub(super) async fn list_audit(
    State(state): State<AppState>,
    Reader(lang): Reader,
    Query(Slice { limit, offset }): Query<Slice>,
) -> Result<Json<Data<Vec<AuditBody>>>, ApiError> {
    Ok(Data::of(state.hub.audit_log(limit, offset, lang).await?.0))
}
