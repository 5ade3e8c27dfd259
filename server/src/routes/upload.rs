//! `/api/upload/csv`: deals from a CSV file.

use axum::Json;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use model::Text;
use model::api::{RecordErrorBody, SyncBody};
use serde::Serialize;
use utoipa::ToSchema;

use super::outcome::status_of;
use crate::envelope::{Data, Failure};
use crate::reader::Reader;
use crate::upload::Owner;
use crate::{ApiError, AppState, upload};

/// A form with a file.
#[derive(ToSchema)]
#[expect(dead_code, reason = "its field describes the form")]
pub(super) struct CsvForm {
    /// The CSV file, 200 MB at most.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// What became of a file.
#[derive(Serialize, ToSchema)]
pub(super) struct CsvImported {
    /// Rows that are deals now: created, updated, or there already.
    nb_imported: u64,
    /// Rows that were refused.
    nb_errors: u64,
    /// The first 100 of them; all are under the run.
    errors: Vec<RefusedLine>,
    /// Deals that were created.
    nb_created: u64,
    /// Deals that were changed.
    nb_updated: u64,
    /// Rows whose deals are as they were.
    nb_unchanged: u64,
    /// Status words that are not known; their deals are prospects.
    unknown_statuses: Vec<String>,
    /// What to know although it went through.
    warnings: Vec<String>,
    /// The run, for `/api/sync/runs/{id}`.
    run_id: i64,
}

/// A row that was refused.
#[derive(Serialize, ToSchema)]
pub(super) struct RefusedLine {
    /// Its line in the file, from 1.
    line: Option<u64>,
    /// The field at fault; `null` when it is the whole row.
    field: Option<String>,
    /// The client's name, where it was read.
    client: Option<String>,
    /// What is wrong and what to do.
    message: String,
}

impl From<RecordErrorBody> for RefusedLine {
    fn from(error: RecordErrorBody) -> RefusedLine {
        let RecordErrorBody { external_id, client, field, message, .. } = error;
        let line = external_id.and_then(|id| hub::line_of(&id));
        RefusedLine { line, field, client, message }
    }
}

/// Why a file did not come in as a whole, in the words of its run.
fn stopped(run: SyncBody) -> ApiError {
    let status = match status_of(&run.status, run.code.as_deref()) {
        // Somebody cancelled it, or the program ended.
        StatusCode::OK => StatusCode::CONFLICT,
        failed => failed,
    };
    let same = |said: String| Text::new(said.clone(), said);
    let Some(said) = run.error.or(run.message) else {
        return ApiError { run_id: Some(run.run_id), ..ApiError::internal() };
    };
    let error = ApiError::new(status, "import_stopped", same(said));
    ApiError { hint: run.hint.map(|hint| Box::new(same(hint))), run_id: Some(run.run_id), ..error }
}

/// Imports the deals of a CSV file; the answer comes when all of it was read. Delimiter, encoding, numbers, dates
/// and columns are recognised. The same file twice changes nothing.
#[utoipa::path(
    post, path = "/api/upload/csv", tag = "deals",
    request_body(content = CsvForm, content_type = "multipart/form-data"),
    responses(
        (status = 200, body = Data<CsvImported>),
        (status = 400, body = Failure, description = "No file, no CSV, a needed column is missing, more than 200,000 rows, or too many files wait"),
        (status = 409, body = Failure, description = "Another file is being imported, or this import was cancelled"),
        (status = 413, body = Failure, description = "More than 200 MB"),
        (status = 415, body = Failure, description = "No form")
    )
)]
pub(super) async fn upload_csv(
    State(state): State<AppState>,
    Owner(owner): Owner,
    Reader(lang): Reader,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Json<Data<CsvImported>>, ApiError> {
    let upload = upload::take(&state, &owner, form).await?;
    let run_id = state.hub.import_csv(upload).await?;
    let told: SyncBody = state.hub.wait(run_id, lang).await?;
    let is_told_by_rows =
        matches!(told.status.as_str(), "success" | "partial") || told.code.as_deref() == Some("all_refused");
    if !is_told_by_rows {
        return Err(stopped(told));
    }
    Ok(Data::of(CsvImported {
        nb_imported: told.records_created + told.records_updated + told.records_unchanged,
        nb_errors: told.records_failed,
        errors: told.errors.into_iter().map(RefusedLine::from).collect(),
        nb_created: told.records_created,
        nb_updated: told.records_updated,
        nb_unchanged: told.records_unchanged,
        unknown_statuses: told.unknown_statuses,
        warnings: told.warnings,
        run_id,
    }))
}
