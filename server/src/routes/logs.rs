//! `/api/sync/logs`: the history.

use axum::Json;
use axum::extract::State;
use model::api::RunBody;
use utoipa::IntoParams;

use crate::envelope::{Data, Failure};
use crate::extract::{FromParams, Query};
use crate::params::{Params, from_one};
use crate::reader::Reader;
use crate::{ApiError, AppState};

/// Which part of the history.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct LogQuery {
    /// Runs of this connection only.
    #[param(pattern = "^(airtable|notion)?$")]
    provider: Option<String>,
    /// At most that many: 50 when absent, 500 at most.
    #[param(schema_with = from_one, required = false)]
    limit: u32,
}

impl FromParams for LogQuery {
    fn from_params(params: &mut Params) -> LogQuery {
        LogQuery { provider: params.one("provider"), limit: params.number("limit", 1).unwrap_or(50).min(500) }
    }
}

/// The runs, newest first.
#[utoipa::path(
    get, path = "/api/sync/logs", tag = "runs", params(LogQuery),
    responses((status = 200, body = Data<Vec<RunBody>>), (status = 400, body = Failure))
)]
pub(super) async fn list_logs(
    State(state): State<AppState>,
    Reader(lang): Reader,
    Query(LogQuery { provider, limit }): Query<LogQuery>,
) -> Result<Json<Data<Vec<RunBody>>>, ApiError> {
    if let Some(provider) = &provider {
        // Names the accepted ones when there is no such connection.
        state.hub.config(provider).await?;
    }
    Ok(Data::of(state.hub.runs(provider.as_deref(), limit, lang).await?))
}
