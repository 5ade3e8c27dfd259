//! `/deals/export.csv` and `/deals/export.xlsx`: the deals of a filter as a file.

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use axum::routing::get;
use hub::SheetFormat;

use crate::extract::Query;
use crate::reader::Reader;
use crate::routes::DealQuery;
use crate::{ApiError, AppState};

/// Addresses and what answers at them.
pub(crate) fn router() -> Router<AppState> {
    Router::new()
        .route(
            "/deals/export.csv",
            get(async |state, reader, query| file(state, reader, query, SheetFormat::Csv).await),
        )
        .route(
            "/deals/export.xlsx",
            get(async |state, reader, query| file(state, reader, query, SheetFormat::Xlsx).await),
        )
}

/// The filter is that of `/api/deals`; every deal that fits is in the file.
async fn file(
    State(state): State<AppState>,
    Reader(lang): Reader,
    Query(DealQuery(filter)): Query<DealQuery>,
    format: SheetFormat,
) -> Result<impl IntoResponse, ApiError> {
    let file = state.hub.export_deals(&filter, format, lang).await?;
    let name = format!("attachment; filename=\"{}\"", file.file_name);
    let headers = [(CONTENT_TYPE, file.media_type.to_owned()), (CONTENT_DISPOSITION, name)];
    Ok((headers, Body::from_stream(file.bytes)))
}
