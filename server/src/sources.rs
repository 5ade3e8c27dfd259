//! The pages of the sources of data, and what their forms ask for.
//!
//! A form is answered with the page it leads to, or with itself again: what was typed and what is wrong
//! with it, secrets left out.

use app::Typed;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use hub::{Kind, NotSaved, SourceDraft};
use leptos::prelude::provide_context;
use model::api::SourceTestBody;
use url::form_urlencoded;

use crate::AppState;
use crate::drawing::{Sender, Shell, leads_to, live_page, source_page};
use crate::form::read;

/// The list of sources.
const LIST: &str = "/connectors?tab=sources";
/// The form for a new one.
const NEW: &str = "/connectors/new";
/// The names of the two values every form for a new source has, and of the one that says whose fields
/// it shows.
const NAME: &str = "connector_name";
const KIND: &str = "connector_type";
const SHOWN: &str = "fields_of";

/// Addresses and what answers at them. A form's address, asked for as a page (by the language switch, by
/// hand), leads to the page the form is on.
pub(crate) fn router() -> Router<AppState> {
    Router::new()
        .route("/connectors", post(create))
        .route(NEW, get(live_page))
        .route("/connectors/example", leads_to(LIST).post(add_example))
        .route("/connectors/{name}", get(live_page).post(update))
        .route("/connectors/{name}/test", get(to_source))
        .route("/connectors/{name}/sync", get(to_source))
        .route("/connectors/{name}/delete", get(live_page).post(delete))
}

/// `/connectors` is a page the browser takes over, but its tab of sources is one of these. It is the tab
/// that opens by itself for somebody who has nothing but sources.
pub(crate) async fn tab_of_sources(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let uri = request.uri();
    if !matches!(*request.method(), Method::GET | Method::HEAD) || uri.path() != "/connectors" {
        return next.run(request).await;
    }
    let asked = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes())
        .find_map(|(name, value)| (name == "tab").then(|| value.into_owned()));
    let is_tab = match asked {
        Some(tab) => tab == "sources",
        None => state.hub.has_only_sources().await.unwrap_or(false),
    };
    if is_tab { live_page(State(state), request).await } else { next.run(request).await }
}

/// Example files and the source that reads them.
async fn add_example(State(state): State<AppState>, sender: Sender) -> Response {
    match state.hub.add_example_source().await {
        Ok(name) => Redirect::to(&format!("{}?notice=saved", source_page(&name, ""))).into_response(),
        Err(error) => sender.refused(&state, error, LIST).await,
    }
}

async fn to_source(Path(name): Path<String>) -> Redirect {
    Redirect::to(&source_page(&name, ""))
}

/// The form for a new source.
async fn create(State(state): State<AppState>, sender: Sender, form: Bytes) -> Response {
    let mut values = read(&form);
    let mut take = |key: &str| values.remove(key).unwrap_or_default();
    let (name, kind, shown) = (take(NAME).trim().to_owned(), take(KIND), values.remove(SHOWN));
    let typed = |faults| Typed { name: name.clone(), kind: kind.clone(), values: values.clone(), faults };
    // The type was chosen without script: its fields are still to be shown.
    if shown.is_some_and(|shown| shown != kind) {
        return again(&state, &sender, NEW, typed(Vec::new()), StatusCode::OK).await;
    }
    let draft = SourceDraft { name: name.clone(), kind: kind.clone(), values: values.clone() };
    match state.hub.create_source(draft).await {
        Ok(()) => Redirect::to(&format!("{}?notice=saved", source_page(&name, ""))).into_response(),
        Err(NotSaved::Faults(faults)) => {
            again(&state, &sender, NEW, typed(faults), StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(NotSaved::Failed(error)) => sender.refused(&state, error, NEW).await,
    }
}

/// The settings of a source.
async fn update(
    State(state): State<AppState>,
    sender: Sender,
    Path(name): Path<String>,
    form: Bytes,
) -> Response {
    let values = read(&form);
    match state.hub.update_source(&name, values.clone()).await {
        Ok(()) => Redirect::to(&format!("{}?notice=saved", source_page(&name, ""))).into_response(),
        Err(NotSaved::Faults(faults)) => {
            let typed = Typed { name: name.clone(), kind: String::new(), values, faults };
            again(&state, &sender, &source_page(&name, ""), typed, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(NotSaved::Failed(error)) => sender.refused(&state, error, &source_page(&name, "")).await,
    }
}

/// The form holds `rows`: `delete` or `keep`.
async fn delete(
    State(state): State<AppState>,
    sender: Sender,
    Path(name): Path<String>,
    form: Bytes,
) -> Response {
    let with_rows = read(&form).get("rows").is_some_and(|rows| rows == "delete");
    match state.hub.delete_source(&name, with_rows).await {
        Ok(_) => Redirect::to(&format!("{LIST}&notice=deleted")).into_response(),
        Err(error) => sender.refused(&state, error, &source_page(&name, "")).await,
    }
}

/// Where a browser goes that asked for a test: its outcome stands on the source's page.
pub(crate) async fn tested(
    state: &AppState,
    sender: &Sender,
    name: &str,
    tested: hub::Result<SourceTestBody>,
) -> Response {
    match tested {
        Ok(_) => Redirect::to(&format!("{}?notice=tested", source_page(name, ""))).into_response(),
        Err(error) => sender.refused(state, error, LIST).await,
    }
}

/// Where a browser goes that asked for a sync: the source's page follows the run, also one that another
/// page began.
pub(crate) async fn started(
    state: &AppState,
    sender: &Sender,
    name: &str,
    started: hub::Result<i64>,
) -> Response {
    match started {
        Ok(run_id) | Err(hub::Error { kind: Kind::AlreadyRunning { run_id }, .. }) => {
            Redirect::to(&format!("{}?run={run_id}", source_page(name, ""))).into_response()
        }
        Err(error) => sender.refused(state, error, LIST).await,
    }
}

/// A page with the form that was sent: what was typed and what is wrong with it.
async fn again(
    state: &AppState,
    sender: &Sender,
    path: &str,
    mut typed: Typed,
    status: StatusCode,
) -> Response {
    typed.forget_secrets(&state.hub.source_kinds());
    sender.shown(state, Shell::Live, path, status, move || provide_context(typed.clone())).await
}
