//! `/connectors/{name}`: sources of data, tested and synced, and how they stand.
//!
//! Programs get JSON; a browser that sends a form without script is led to the source's page instead.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, NaiveDateTime, Utc};
use hub::LoadRequest;
use model::Text;
use model::api::{LoadBody, LoadLogBody, SourceMetricsBody, SourceStatusBody, SourceTestBody};
use model::canonical::Entity;
use model::parse::shorten;
use utoipa::{IntoParams, ToSchema};

use super::docs::{Hurry, Source};
use super::outcome::{Started, begun, in_a_hurry, status_of};
use crate::accept::wants_page;
use crate::drawing::Sender;
use crate::envelope::Failure;
use crate::extract::{Body, FromFields, FromParams, Query};
use crate::fields::Fields;
use crate::params::{Params, from_one, from_zero};
use crate::reader::Reader;
use crate::{ApiError, AppState, faults, sources};

/// Tests a source. One that cannot be read is an answer too: 200 with `success: false`.
#[utoipa::path(
    post, path = "/connectors/{name}/test", tag = "sources", params(Source),
    responses((status = 200, body = SourceTestBody), (status = 404, body = Failure))
)]
pub(super) async fn test_source(
    State(state): State<AppState>,
    sender: Sender,
    Path(name): Path<String>,
) -> Result<Response, ApiError> {
    let tested = state.hub.test_source(&name, sender.lang).await;
    if wants_page(&sender.headers) {
        return Ok(sources::tested(&state, &sender, &name, tested).await);
    }
    Ok(Json(tested?).into_response())
}

/// What to sync; everything when left out.
#[derive(Debug, Default, PartialEq, Eq, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    /// Only this table: `customers`, `products`, `sales_lines`, `stock_levels`, `contact_history`.
    #[schema(value_type = Option<String>, pattern = "^(customers|products|sales_lines|stock_levels|contact_history)$")]
    source: Option<Entity>,
    /// Only what has changed since; RFC 3339, or without a zone in UTC: `2025-12-27T16:00:00`.
    #[schema(value_type = Option<String>, format = DateTime)]
    last_sync: Option<DateTime<Utc>>,
}

/// The words for `source`.
const SOURCES: [(&str, Entity); 5] = [
    ("customers", Entity::Customers),
    ("products", Entity::ProductCatalog),
    ("sales_lines", Entity::SalesLines),
    ("stock_levels", Entity::StockLevels),
    ("contact_history", Entity::ContactHistory),
];

impl FromFields for Wanted {
    fn from_fields(fields: &mut Fields) -> Option<Wanted> {
        let mut wanted = Wanted::default();
        if let Some(word) = fields.text("source") {
            wanted.source = SOURCES.iter().find(|(known, _)| *known == word).map(|(_, entity)| *entity);
            if wanted.source.is_none() {
                fields.fault(faults::not_a_choice("source", &word, &SOURCES.map(|(known, _)| known)));
            }
        }
        if let Some(text) = fields.text("last_sync") {
            wanted.last_sync = moment(&text);
            if wanted.last_sync.is_none() {
                fields.fault(not_a_moment("last_sync", &text));
            }
        }
        Some(wanted)
    }
}

/// An instant with its zone, or without one in UTC.
fn moment(text: &str) -> Option<DateTime<Utc>> {
    let zoned = || DateTime::parse_from_rfc3339(text).ok().map(|at| at.to_utc());
    let plain = || NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").ok().map(|at| at.and_utc());
    zoned().or_else(plain)
}

fn not_a_moment(key: &str, text: &str) -> Text {
    let shown = shorten(text);
    Text::new(
        format!("« {key} » : « {shown} » n'est pas un instant (attendu : 2025-12-27T16:00:00)."),
        format!("“{key}”: “{shown}” is not a moment (expected: 2025-12-27T16:00:00)."),
    )
}

/// Syncs a source; the answer comes at its end, or at once with `Prefer: respond-async`.
#[utoipa::path(
    post, path = "/connectors/{name}/sync", tag = "sources", params(Source, Hurry),
    request_body = Option<Wanted>,
    responses(
        (status = 200, body = LoadBody), (status = 202, body = Started), (status = 400, body = Failure),
        (status = 404, body = Failure), (status = 409, body = Failure), (status = 500, body = LoadBody)
    )
)]
pub(super) async fn sync_source(
    State(state): State<AppState>,
    sender: Sender,
    Path(name): Path<String>,
    wanted: Option<Body<Wanted>>,
) -> Result<Response, ApiError> {
    let Wanted { source, last_sync } = wanted.map(|Body(wanted)| wanted).unwrap_or_default();
    let started = state.hub.start_load(&name, LoadRequest { entity: source, since: last_sync }).await;
    if wants_page(&sender.headers) {
        return Ok(sources::started(&state, &sender, &name, started).await);
    }
    let run_id = started?;
    if in_a_hurry(&sender.headers) {
        return Ok(begun(run_id));
    }
    let body = state.hub.wait_load(run_id, sender.lang).await?;
    Ok((status_of(&body.status, body.code.as_deref()), Json(body)).into_response())
}

/// Which part of a source's history.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct HistoryPart {
    /// At most that many: 50 when absent, 500 at most.
    #[param(schema_with = from_one, required = false)]
    limit: u32,
    /// After that many.
    #[param(schema_with = from_zero, required = false)]
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

/// The syncs of a source, newest first.
#[utoipa::path(
    get, path = "/connectors/{name}/logs", tag = "sources", params(Source, HistoryPart),
    responses((status = 200, body = LoadLogBody), (status = 400, body = Failure), (status = 404, body = Failure))
)]
pub(super) async fn list_source_logs(
    State(state): State<AppState>,
    Reader(lang): Reader,
    Path(name): Path<String>,
    Query(HistoryPart { limit, offset }): Query<HistoryPart>,
) -> Result<Json<LoadLogBody>, ApiError> {
    // Says so when there is no such source.
    state.hub.source(&name, lang).await?;
    let (total, loads) = state.hub.loads(Some(&name), limit, offset, lang).await?;
    let logs = loads.into_iter().map(|(_, load)| load).collect();
    Ok(Json(LoadLogBody { connector_name: name, total, logs }))
}

/// How all sources stand together.
#[utoipa::path(
    get, path = "/connectors/api/status", tag = "sources",
    responses((status = 200, body = SourceStatusBody))
)]
pub(super) async fn find_source_status(
    State(state): State<AppState>,
) -> Result<Json<SourceStatusBody>, ApiError> {
    Ok(Json(state.hub.source_status().await?))
}

/// What all syncs of all sources brought.
#[utoipa::path(
    get, path = "/connectors/api/metrics", tag = "sources",
    responses((status = 200, body = SourceMetricsBody))
)]
pub(super) async fn find_source_metrics(
    State(state): State<AppState>,
) -> Result<Json<SourceMetricsBody>, ApiError> {
    Ok(Json(state.hub.source_metrics().await?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_has_a_zone_or_is_utc() {
        let expected = "2025-12-27T16:00:00Z".parse().ok();
        for text in ["2025-12-27T16:00:00", "2025-12-27T16:00:00Z", "2025-12-27T17:00:00+01:00"] {
            assert_eq!(moment(text), expected, "{text}");
        }
        for text in ["", "2025-12-27", "27/12/2025 16:00", "2025-12-27T25:00:00", "hier"] {
            assert_eq!(moment(text), None, "{text}");
        }
    }
}
