//! The visitor, for handlers that have to know.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use hub::{Origin, Visitor};

use super::gate::unauthorized;
use crate::{ApiError, AppState};

/// Who is asking: whom the gate has let in.
pub(crate) struct CurrentUser(pub(crate) Visitor);

impl FromRequestParts<AppState> for CurrentUser {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<CurrentUser, ApiError> {
        parts.extensions.get::<Visitor>().cloned().map(CurrentUser).ok_or_else(unauthorized)
    }
}

/// Where a request comes from, whoever sends it.
pub(super) struct From(pub(super) Origin);

impl FromRequestParts<AppState> for From {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<From, ApiError> {
        Ok(From(parts.extensions.get::<Origin>().cloned().unwrap_or_default()))
    }
}
