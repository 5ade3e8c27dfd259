//! `/api/datasets`: rows of any shape, in versions.

use axum::Json;
use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::HeaderName;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use model::api::{DatasetBody, DatasetDifferenceBody, DatasetRowBody, DatasetVersionBody};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use crate::dataset_query::{self, DatasetPartDoc, DatasetQueryDoc};
use crate::envelope::{Data, Failure};
use crate::extract::{FromParams, Id, Query};
use crate::params::{Params, from_one, from_zero};
use crate::reader::Reader;
use crate::{ApiError, AppState};

/// How many rows fit, on all pages.
const TOTAL: HeaderName = HeaderName::from_static("x-total-count");

/// Every dataset, by name.
#[utoipa::path(get, path = "/api/datasets", tag = "datasets", responses((status = 200, body = Data<Vec<DatasetBody>>)))]
pub(super) async fn list_datasets(
    State(state): State<AppState>,
    Reader(lang): Reader,
) -> Result<Json<Data<Vec<DatasetBody>>>, ApiError> {
    Ok(Data::of(state.hub.datasets(lang).await?))
}

/// One dataset, with the types of its columns.
#[utoipa::path(
    get, path = "/api/datasets/{id}", tag = "datasets", params(("id" = i64, Path)),
    responses((status = 200, body = Data<DatasetBody>), (status = 404, body = Failure))
)]
pub(super) async fn find_dataset(
    State(state): State<AppState>,
    Reader(lang): Reader,
    Id(id): Id,
) -> Result<Json<Data<DatasetBody>>, ApiError> {
    Ok(Data::of(state.hub.dataset(id, lang).await?))
}

/// The rows of a version that fit.
#[utoipa::path(
    get, path = "/api/datasets/{id}/rows", tag = "datasets",
    params(("id" = i64, Path), DatasetQueryDoc, DatasetPartDoc),
    responses(
        (status = 200, body = Data<Vec<DatasetRowBody>>, headers(("X-Total-Count" = u64, description = "Rows that fit, on all pages"))),
        (status = 400, body = Failure), (status = 404, body = Failure)
    )
)]
pub(super) async fn list_dataset_rows(
    State(state): State<AppState>,
    Id(id): Id,
    RawQuery(query): RawQuery,
) -> Result<impl IntoResponse, ApiError> {
    let query = dataset_query::rows(&query.unwrap_or_default())?;
    let page = state.hub.dataset_rows(id, &query).await?;
    Ok(([(TOTAL, page.total)], Data::of(page.bodies())))
}

/// The versions of a dataset, the newest first.
#[utoipa::path(
    get, path = "/api/datasets/{id}/versions", tag = "datasets", params(("id" = i64, Path)),
    responses((status = 200, body = Data<Vec<DatasetVersionBody>>), (status = 404, body = Failure))
)]
pub(super) async fn list_dataset_versions(
    State(state): State<AppState>,
    Reader(lang): Reader,
    Id(id): Id,
) -> Result<Json<Data<Vec<DatasetVersionBody>>>, ApiError> {
    Ok(Data::of(state.hub.dataset_versions(id, lang).await?))
}

/// Which version is compared with the one before it, and which part of what differs.
pub(super) struct DifferencesQuery {
    version: Option<i64>,
    limit: u32,
    offset: u32,
}

impl FromParams for DifferencesQuery {
    fn from_params(params: &mut Params) -> DifferencesQuery {
        DifferencesQuery {
            version: params.number("version", 1).map(i64::from),
            limit: dataset_query::limit(params),
            offset: params.number("offset", 0).unwrap_or_default(),
        }
    }
}

/// Which version is compared with the one before it, and which part of what differs.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "its fields are read by the documentation only")]
struct DifferencesQueryDoc {
    /// The present version when absent.
    #[param(schema_with = from_one)]
    version: Option<u64>,
    /// At most that many: 100 when absent, 1,000 at most.
    #[param(schema_with = from_one)]
    limit: Option<u64>,
    /// After that many.
    #[param(schema_with = from_zero)]
    offset: Option<u64>,
}

/// The rows that differ between a version and the one before, in the order of the source.
#[utoipa::path(
    get, path = "/api/datasets/{id}/differences", tag = "datasets", params(("id" = i64, Path), DifferencesQueryDoc),
    responses(
        (status = 200, body = Data<Vec<DatasetDifferenceBody>>),
        (status = 400, body = Failure), (status = 404, body = Failure)
    )
)]
pub(super) async fn list_dataset_differences(
    State(state): State<AppState>,
    Reader(lang): Reader,
    Id(id): Id,
    Query(DifferencesQuery { version, limit, offset }): Query<DifferencesQuery>,
) -> Result<Json<Data<Vec<DatasetDifferenceBody>>>, ApiError> {
    let version = match version {
        Some(version) => version,
        None => state.hub.dataset(id, lang).await?.version,
    };
    Ok(Data::of(state.hub.dataset_differences(id, version, limit, offset).await?))
}

/// The kind of a file.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "its fields are read by the documentation only")]
struct ExportDoc {
    /// `csv` (also when absent), `json`, `ndjson` or `parquet`.
    #[param(pattern = "^(csv|json|ndjson|parquet)?$")]
    format: Option<String>,
}

/// The rows of a version that fit, as a file. CSV is written for spreadsheets, in the reader's language; JSON
/// and NDJSON hold the objects as they came; Parquet is typed by the columns.
#[utoipa::path(
    get, path = "/api/datasets/{id}/export", tag = "datasets",
    params(("id" = i64, Path), ExportDoc, DatasetQueryDoc),
    responses(
        (status = 200, description = "The file", content(
            (String = "text/csv"), (String = "application/json"), (String = "application/x-ndjson"),
            (String = "application/vnd.apache.parquet")
        )),
        (status = 400, body = Failure), (status = 404, body = Failure)
    )
)]
pub(super) async fn export_dataset(
    State(state): State<AppState>,
    Reader(lang): Reader,
    Id(id): Id,
    RawQuery(query): RawQuery,
) -> Result<impl IntoResponse, ApiError> {
    let (format, version, filter) = dataset_query::export(&query.unwrap_or_default())?;
    let file = state.hub.dataset_export(id, version, format, &filter, lang).await?;
    let name = format!("attachment; filename=\"{}\"", file.file_name);
    let headers = [(CONTENT_TYPE, file.media_type.to_owned()), (CONTENT_DISPOSITION, name)];
    Ok((headers, Body::from_stream(file.bytes)))
}

/// What was deleted.
#[derive(Serialize, ToSchema)]
pub(super) struct DeletedDataset {
    /// How many datasets.
    deleted: u64,
}

/// Deletes a dataset with all of its versions.
#[utoipa::path(
    delete, path = "/api/datasets/{id}", tag = "datasets", params(("id" = i64, Path)),
    responses(
        (status = 200, body = Data<DeletedDataset>), (status = 404, body = Failure),
        (status = 409, body = Failure, description = "Its connection is being read")
    )
)]
pub(super) async fn delete_dataset(
    State(state): State<AppState>,
    Id(id): Id,
) -> Result<Json<Data<DeletedDataset>>, ApiError> {
    state.hub.delete_dataset(id).await?;
    Ok(Data::of(DeletedDataset { deleted: 1 }))
}
