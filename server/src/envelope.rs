//! The envelope around every JSON answer: `{"success", "data", "error", "code"}`.

use axum::Json;
use axum::response::{IntoResponse, Response};
use model::Lang;
use serde::Serialize;
use utoipa::ToSchema;

use crate::ApiError;

/// An answer that carries something.
#[derive(Serialize, ToSchema)]
pub(crate) struct Data<T> {
    /// Always `true`.
    success: bool,
    /// What was asked for.
    data: T,
    /// Always `null`.
    error: Option<String>,
    /// Always `ok`.
    #[schema(example = "ok")]
    code: &'static str,
}

impl<T> Data<T> {
    /// The envelope around `data`.
    pub(crate) fn of(data: T) -> Json<Data<T>> {
        Json(Data { success: true, data, error: None, code: "ok" })
    }
}

/// What was removed.
#[derive(Serialize, ToSchema)]
pub(crate) struct Removed {
    /// Its id.
    pub(crate) id: i64,
}

/// An answer that says why something was not done.
#[derive(Serialize, ToSchema)]
pub(crate) struct Failure {
    /// Always `false`.
    success: bool,
    /// Always `null`.
    data: Option<bool>,
    /// What happened, to which thing.
    error: String,
    /// A stable word.
    #[schema(example = "not_found")]
    code: &'static str,
    /// What to do next.
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
    /// The run that stands in the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    run_id: Option<i64>,
}

impl Failure {
    /// The envelope around an error, in the reader's language.
    pub(crate) fn of(error: &ApiError, lang: Lang) -> Json<Failure> {
        Json(Failure {
            success: false,
            data: None,
            error: error.message.get(lang).to_owned(),
            code: error.code,
            hint: error.hint.as_ref().map(|hint| hint.get(lang).to_owned()),
            run_id: error.run_id,
        })
    }
}

/// An answer that says how far something came, and why it stopped there.
#[derive(Serialize, ToSchema)]
pub(crate) struct Halfway<T> {
    /// Always `false`.
    success: bool,
    /// What was done, and stays done.
    data: T,
    /// How far it came, and what stopped it.
    error: String,
    /// A stable word.
    #[schema(example = "internal")]
    code: &'static str,
    /// What to do next.
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
}

/// What was done: whole, or as far as it came before something stopped it.
pub(crate) fn as_far_as_it_came<T: Serialize>(data: T, stopped: Option<hub::Error>, lang: Lang) -> Response {
    let Some(error) = stopped else { return Data::of(data).into_response() };
    let ApiError { status, code, message, hint, .. } = ApiError::from(error);
    let error = message.get(lang).to_owned();
    let hint = hint.map(|hint| hint.get(lang).to_owned());
    (status, Json(Halfway { success: false, data, error, code, hint })).into_response()
}
