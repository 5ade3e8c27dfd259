//! The pages that tell what a sync did or would do, and what their forms ask for.
//!
//! A form is answered with the page of the run it began; one that is refused, with the reason.

use std::collections::BTreeMap;

use app::{Refused, ledger_shell};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use leptos::prelude::{IntoView, provide_context};
use leptos_axum::render_app_async_with_context;
use url::form_urlencoded;

use crate::extract::Id;
use crate::reader::Reader;
use crate::{ApiError, AppState, assets, pages};

/// Addresses and what answers at them.
pub(crate) fn router() -> Router<AppState> {
    Router::new()
        .route("/runs/{id}", get(page))
        .route("/runs/{id}/replay", post(replay))
        .route("/runs/{id}/resume", post(resume))
        .route("/runs/{id}/words", post(words))
        .route("/plans/{id}/apply", post(apply))
        .route("/preview/{provider}/{direction}", post(page))
}

fn document() -> impl IntoView {
    ledger_shell(assets::entry().clone())
}

async fn page(State(state): State<AppState>, request: Request) -> Response {
    render_app_async_with_context(pages::context(&state), document)(request.map(Body::new)).await
}

async fn replay(State(state): State<AppState>, reader: Reader, Id(id): Id) -> Response {
    answer(&state, reader, state.hub.replay(id).await).await
}

async fn resume(State(state): State<AppState>, reader: Reader, Id(id): Id) -> Response {
    answer(&state, reader, state.hub.resume(id).await).await
}

async fn apply(State(state): State<AppState>, reader: Reader, Id(id): Id) -> Response {
    answer(&state, reader, state.hub.apply(id).await).await
}

/// The form holds a `word` and a `status` per line, in this order.
async fn words(State(state): State<AppState>, reader: Reader, Id(id): Id, form: Bytes) -> Response {
    let mut words = BTreeMap::new();
    let mut last = None;
    for (name, value) in form_urlencoded::parse(&form) {
        match name.as_ref() {
            "word" => last = Some(value.into_owned()),
            "status" => words.extend(last.take().map(|word| (word, value.into_owned()))),
            _ => {}
        }
    }
    answer(&state, reader, state.hub.import_with_words(id, words).await).await
}

/// The page of the run that began, or why none did.
async fn answer(state: &AppState, Reader(lang): Reader, begun: hub::Result<i64>) -> Response {
    let error = match begun {
        Ok(run_id) => return Redirect::to(&format!("/runs/{run_id}")).into_response(),
        Err(error) => error,
    };
    let context = pages::context(state);
    let refused = Refused::new(&error, lang);
    let status = ApiError::from(error).status;
    let render = render_app_async_with_context(
        move || {
            context();
            provide_context(refused.clone());
        },
        document,
    );
    let mut page = render(Request::new(Body::empty())).await;
    *page.status_mut() = if status.is_success() { StatusCode::INTERNAL_SERVER_ERROR } else { status };
    page
}
