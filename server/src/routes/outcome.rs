//! How the start of a run is answered: at its end with its counts, or at once for a caller in a hurry.

use axum::Json;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::error::service_status;
use crate::reader::Reader;
use crate::{ApiError, AppState};

const PREFER: HeaderName = HeaderName::from_static("prefer");
const PREFERENCE_APPLIED: HeaderName = HeaderName::from_static("preference-applied");
const RESPOND_ASYNC: &str = "respond-async";

/// A run that has begun.
#[derive(Serialize, ToSchema)]
pub(super) struct Started {
    /// Always `true`.
    success: bool,
    /// The run, for `/api/sync/runs/{id}`.
    run_id: i64,
}

impl Started {
    pub(super) fn of(run_id: i64) -> Json<Started> {
        Json(Started { success: true, run_id })
    }
}

/// Answers for a run that has just been started.
pub(super) async fn answer(
    state: &AppState,
    Reader(lang): Reader,
    headers: &HeaderMap,
    run_id: i64,
) -> Result<Response, ApiError> {
    if in_a_hurry(headers) {
        return Ok(begun(run_id));
    }
    let body = state.hub.wait(run_id, lang).await?;
    Ok((status_of(&body.status, body.code.as_deref()), Json(body)).into_response())
}

/// The answer for a caller who does not wait.
pub(super) fn begun(run_id: i64) -> Response {
    let location = format!("/api/sync/runs/{run_id}");
    let told = [(PREFERENCE_APPLIED, RESPOND_ASYNC.to_owned()), (header::LOCATION, location)];
    (StatusCode::ACCEPTED, told, Started::of(run_id)).into_response()
}

/// A run in which the records were the trouble has done its work; one that was cut short by the
/// service has not.
pub(super) fn status_of(status: &str, code: Option<&str>) -> StatusCode {
    match code {
        Some(code) if status == "error" && code != "all_refused" => service_status(code),
        _ => StatusCode::OK,
    }
}

/// Whether the caller does not wait for the end.
pub(super) fn in_a_hurry(headers: &HeaderMap) -> bool {
    let values = headers.get_all(PREFER).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|word| word.trim().eq_ignore_ascii_case(RESPOND_ASYNC))
}
