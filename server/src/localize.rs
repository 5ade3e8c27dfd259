//! The one place where an error becomes a body: JSON under `/api` and for programs that call a source of
//! data, a page elsewhere, in the reader's language.
//!
//! It does not matter who raised it: a handler, an extractor, the router (404, 405) or a layer (a
//! refused origin, a body too large, a time-out, a panic).

use std::any::Any;

use axum::extract::{Request, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use model::Text;

use crate::accept::wants_page;
use crate::envelope::Failure;
use crate::reader::Reader;
use crate::{ApiError, AppState, error_page};

/// What marks the answer of a server function: its body is for the page's own code.
const SERVER_FUNCTION_ERROR: HeaderName = HeaderName::from_static("serverfnerror");

/// Gives every error its body. The other headers of the answer stay.
pub(crate) async fn localize(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let Reader(lang) = Reader::of(request.headers(), state.default_lang);
    let is_data = is_data(request.uri().path(), request.headers());
    let mut response = next.run(request).await;
    let error = match response.extensions_mut().remove::<ApiError>() {
        Some(error) => error,
        None if speaks_for_itself(&response, is_data) => return response,
        None => of_status(response.status()),
    };
    let written = if is_data {
        Failure::of(&error, lang).into_response()
    } else {
        error_page::error_page(&error, lang).into_response()
    };
    let (mut parts, _) = response.into_parts();
    let (head, body) = written.into_parts();
    parts.headers.remove(CONTENT_LENGTH);
    parts.headers.extend(head.headers);
    (parts, body).into_response()
}

/// Whether an address is answered with data: the JSON API and what programs call always, the calls of pages and
/// of sources unless a browser sends a form.
pub(crate) fn is_data(path: &str, headers: &HeaderMap) -> bool {
    let is_api =
        path == "/metrics" || path == "/api" || path.starts_with("/api/") || path.starts_with("/hooks/");
    let is_call = path.starts_with("/_app/") || is_call_of_a_source(path);
    is_api || (is_call && !wants_page(headers))
}

/// Whether an address below the page of the sources answers with data. Test and sync answer a browser's
/// form with a page.
fn is_call_of_a_source(path: &str) -> bool {
    let Some(rest) = path.strip_prefix("/connectors/") else { return false };
    rest.starts_with("api/") || matches!(rest.split_once('/'), Some((_, "test" | "sync" | "logs")))
}

/// Whether an answer without an [`ApiError`] needs no other body.
fn speaks_for_itself(response: &Response, is_data: bool) -> bool {
    let status = response.status();
    let kind = response.headers().get(CONTENT_TYPE);
    let is_json = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    !(status.is_client_error() || status.is_server_error())
        || response.headers().contains_key(SERVER_FUNCTION_ERROR)
        || if is_data { is_json } else { kind.is_some() }
}

/// What a panic becomes; its words are on the error output only.
pub(crate) fn of_panic(_: Box<dyn Any + Send>) -> Response {
    tracing::error!("a request ended in a panic");
    ApiError::internal().into_response()
}

/// What is answered at an address of the API where there is nothing.
pub(crate) async fn nothing_here() -> ApiError {
    of_status(StatusCode::NOT_FOUND)
}

/// The words for an error that only has its status: the router's and the layers'.
pub(crate) fn of_status(status: StatusCode) -> ApiError {
    let (code, message) = match status {
        StatusCode::NOT_FOUND => {
            ("not_found", Text::fixed("Cette adresse n'existe pas.", "There is nothing at this address."))
        }
        StatusCode::METHOD_NOT_ALLOWED => (
            "method_not_allowed",
            Text::fixed(
                "Cette adresse n'accepte pas cette méthode.",
                "This address does not accept this method.",
            ),
        ),
        StatusCode::PAYLOAD_TOO_LARGE => (
            "too_large",
            Text::fixed(
                "La requête est trop volumineuse : 2 Mo au plus.",
                "The request is too large: 2 MB at most.",
            ),
        ),
        StatusCode::REQUEST_TIMEOUT | StatusCode::GATEWAY_TIMEOUT => (
            "timeout",
            Text::fixed(
                "La réponse a pris trop de temps. Réessayez.",
                "The answer took too long. Try again.",
            ),
        ),
        status if status.is_client_error() => {
            ("invalid", Text::fixed("Cette requête n'est pas valable.", "This request is not valid."))
        }
        _ => return ApiError { status, ..ApiError::internal() },
    };
    ApiError::new(status, code, message)
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::{Body, to_bytes};
    use axum::middleware::from_fn_with_state;
    use axum::routing::get;
    use hub::{Hub, HubOptions, Keys};
    use model::Lang;
    use tower::ServiceExt;
    use tower_http::catch_panic::CatchPanicLayer;

    use super::*;

    async fn panics() -> &'static str {
        panic!("CANARY")
    }

    #[tokio::test]
    async fn a_panic_costs_one_request_and_tells_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let database = format!("sqlite://{}", folder.path().join("test.db").display());
        let options = HubOptions::new(database, Keys::parse(&Keys::generate()).unwrap());
        let state = AppState { hub: Hub::open(options).await.unwrap(), default_lang: Lang::Fr };
        let router: Router = Router::new()
            .route("/api/panics", get(panics))
            .route("/panics", get(panics))
            .layer(CatchPanicLayer::custom(of_panic))
            .layer(from_fn_with_state(state, localize));
        for (path, kind) in [("/api/panics", "application/json"), ("/panics", "text/html; charset=utf-8")] {
            let request = Request::builder().uri(path).body(Body::empty()).unwrap();
            let response = router.clone().oneshot(request).await.unwrap();
            assert_eq!(
                (response.status().as_u16(), &response.headers()[CONTENT_TYPE]),
                (500, &kind.parse().unwrap())
            );
            let body = to_bytes(response.into_body(), 10_000).await.unwrap();
            let text = String::from_utf8_lossy(&body);
            assert!(
                text.contains("Le serveur a rencontré une erreur.") && !text.contains("CANARY"),
                "{text}"
            );
        }
    }
}
