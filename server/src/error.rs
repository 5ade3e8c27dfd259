//! The one error of the JSON API: its status, its stable word, its sentence.
//!
//! It does not know who reads it: [`crate::localize`] writes it down in the reader's language.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use hub::Kind;
use model::Text;

/// A request that was not carried out.
#[derive(Clone, Debug)]
pub(crate) struct ApiError {
    /// The HTTP status.
    pub(crate) status: StatusCode,
    /// A stable word for programs.
    pub(crate) code: &'static str,
    /// A sentence for people.
    pub(crate) message: Text,
    /// What to do next.
    pub(crate) hint: Option<Box<Text>>,
    /// The run that stands in the way.
    pub(crate) run_id: Option<i64>,
}

impl ApiError {
    /// An error with its sentence.
    pub(crate) fn new(status: StatusCode, code: &'static str, message: Text) -> ApiError {
        ApiError { status, code, message, hint: None, run_id: None }
    }

    /// The request makes no sense; the sentence names every fault.
    pub(crate) fn invalid(message: Text) -> ApiError {
        ApiError::new(StatusCode::BAD_REQUEST, "invalid", message)
    }

    /// The server is at fault; what happened is in its log only.
    pub(crate) fn internal() -> ApiError {
        let message = Text::fixed(
            "Le serveur a rencontré une erreur. Le détail est dans son journal.",
            "The server met an error. The details are in its log.",
        );
        ApiError::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", message)
    }
}

impl From<hub::Error> for ApiError {
    fn from(error: hub::Error) -> ApiError {
        let mut run_id = None;
        let status = match error.kind {
            Kind::Invalid | Kind::NotConfigured | Kind::UnknownProvider => StatusCode::BAD_REQUEST,
            Kind::NotFound => StatusCode::NOT_FOUND,
            Kind::AlreadyRunning { run_id: going_on } => {
                run_id = Some(going_on);
                StatusCode::CONFLICT
            }
            Kind::Outdated => StatusCode::CONFLICT,
            Kind::Refused | Kind::WrongPassword => StatusCode::UNAUTHORIZED,
            Kind::Forbidden => StatusCode::FORBIDDEN,
            Kind::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Kind::Service(code) => service_status(code),
            Kind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let hint = error.hint.map(Box::new);
        ApiError { status, code: error.kind.code(), message: error.message, hint, run_id }
    }
}

/// The status of a fault that came up while a service was asked: what only the settings can mend is
/// the caller's, everything else is the service's.
pub(crate) fn service_status(code: &str) -> StatusCode {
    if code == "invalid_settings" { StatusCode::BAD_REQUEST } else { StatusCode::INTERNAL_SERVER_ERROR }
}

/// The body is written by [`crate::localize`], which knows the reader.
impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}
