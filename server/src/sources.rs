//! The pages of the sources of data, and what their forms ask for.
//!
//! A form is answered with the page it leads to, or with itself again: what was typed and what is wrong
//! with it, secrets left out.

use std::collections::BTreeMap;

use app::{Assets, Refused, Typed, sources_shell};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use hub::{Kind, NotSaved, SourceDraft};
use leptos::prelude::{IntoView, provide_context};
use leptos_axum::render_app_async_with_context;
use model::api::SourceTestBody;
use url::form_urlencoded;

use crate::reader::Reader;
use crate::{ApiError, AppState, assets, pages};

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
        .route(NEW, get(page))
        .route("/connectors/example", get(to_list).post(add_example))
        .route("/connectors/{name}", get(page).post(update))
        .route("/connectors/{name}/test", get(to_source))
        .route("/connectors/{name}/sync", get(to_source))
        .route("/connectors/{name}/delete", get(page).post(delete))
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
    if is_tab { page(State(state), request).await } else { next.run(request).await }
}

fn document() -> impl IntoView {
    let assets: &Assets = assets::entry();
    sources_shell(assets.clone())
}

async fn page(State(state): State<AppState>, request: Request) -> Response {
    render_app_async_with_context(pages::context(&state), document)(request.map(Body::new)).await
}

async fn to_list() -> Redirect {
    Redirect::to(LIST)
}

/// Example files and the source that reads them.
async fn add_example(State(state): State<AppState>, reader: Reader, headers: HeaderMap) -> Response {
    match state.hub.add_example_source().await {
        Ok(name) => Redirect::to(&format!("{}?notice=saved", address(&name))).into_response(),
        Err(error) => refuse(&state, reader, &headers, error, LIST).await,
    }
}

async fn to_source(Path(name): Path<String>) -> Redirect {
    Redirect::to(&address(&name))
}

/// The form for a new source.
async fn create(State(state): State<AppState>, reader: Reader, headers: HeaderMap, form: Bytes) -> Response {
    let mut values = read(&form);
    let mut take = |key: &str| values.remove(key).unwrap_or_default();
    let (name, kind, shown) = (take(NAME).trim().to_owned(), take(KIND), values.remove(SHOWN));
    let typed = |faults| Typed { name: name.clone(), kind: kind.clone(), values: values.clone(), faults };
    // The type was chosen without script: its fields are still to be shown.
    if shown.is_some_and(|shown| shown != kind) {
        return again(&state, &headers, NEW, typed(Vec::new()), StatusCode::OK).await;
    }
    let draft = SourceDraft { name: name.clone(), kind: kind.clone(), values: values.clone() };
    match state.hub.create_source(draft).await {
        Ok(()) => Redirect::to(&format!("{}?notice=saved", address(&name))).into_response(),
        Err(NotSaved::Faults(faults)) => {
            again(&state, &headers, NEW, typed(faults), StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(NotSaved::Failed(error)) => refuse(&state, reader, &headers, error, NEW).await,
    }
}

/// The settings of a source.
async fn update(
    State(state): State<AppState>,
    reader: Reader,
    Path(name): Path<String>,
    headers: HeaderMap,
    form: Bytes,
) -> Response {
    let values = read(&form);
    match state.hub.update_source(&name, values.clone()).await {
        Ok(()) => Redirect::to(&format!("{}?notice=saved", address(&name))).into_response(),
        Err(NotSaved::Faults(faults)) => {
            let typed = Typed { name: name.clone(), kind: String::new(), values, faults };
            again(&state, &headers, &address(&name), typed, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(NotSaved::Failed(error)) => refuse(&state, reader, &headers, error, &address(&name)).await,
    }
}

/// The form holds `rows`: `delete` or `keep`.
async fn delete(
    State(state): State<AppState>,
    reader: Reader,
    Path(name): Path<String>,
    headers: HeaderMap,
    form: Bytes,
) -> Response {
    let with_rows = read(&form).get("rows").is_some_and(|rows| rows == "delete");
    match state.hub.delete_source(&name, with_rows).await {
        Ok(_) => Redirect::to(&format!("{LIST}&notice=deleted")).into_response(),
        Err(error) => refuse(&state, reader, &headers, error, &address(&name)).await,
    }
}

/// Where a browser goes that asked for a test: its outcome stands on the source's page.
pub(crate) async fn tested(
    state: &AppState,
    reader: Reader,
    headers: &HeaderMap,
    name: &str,
    tested: hub::Result<SourceTestBody>,
) -> Response {
    match tested {
        Ok(_) => Redirect::to(&format!("{}?notice=tested", address(name))).into_response(),
        Err(error) => refuse(state, reader, headers, error, LIST).await,
    }
}

/// Where a browser goes that asked for a sync: the source's page follows the run, also one that another
/// page began.
pub(crate) async fn started(
    state: &AppState,
    reader: Reader,
    headers: &HeaderMap,
    name: &str,
    started: hub::Result<i64>,
) -> Response {
    match started {
        Ok(run_id) | Err(hub::Error { kind: Kind::AlreadyRunning { run_id }, .. }) => {
            Redirect::to(&format!("{}?run={run_id}", address(name))).into_response()
        }
        Err(error) => refuse(state, reader, headers, error, LIST).await,
    }
}

/// A page with the form that was sent.
async fn again(
    state: &AppState,
    headers: &HeaderMap,
    path: &str,
    typed: Typed,
    status: StatusCode,
) -> Response {
    draw(state, headers, path, status, move || provide_context(typed.clone())).await
}

/// A page saying why a form could not be carried out, and the way `back`.
async fn refuse(
    state: &AppState,
    Reader(lang): Reader,
    headers: &HeaderMap,
    error: hub::Error,
    back: &str,
) -> Response {
    let refused = Refused::new(&error, lang, back.to_owned());
    let status = ApiError::from(error).status;
    let status = if status.is_success() { StatusCode::INTERNAL_SERVER_ERROR } else { status };
    draw(state, headers, back, status, move || provide_context(refused.clone())).await
}

/// Draws the page of an address for the sender of a form: in their language, their colours.
async fn draw(
    state: &AppState,
    headers: &HeaderMap,
    path: &str,
    status: StatusCode,
    add: impl Fn() + Clone + Send + Sync + 'static,
) -> Response {
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = path.parse().unwrap_or_else(|_| Uri::from_static(LIST));
    *request.headers_mut() = headers.clone();
    let context = pages::context(state);
    let render = render_app_async_with_context(
        move || {
            context();
            add();
        },
        document,
    );
    let mut page = render(request).await;
    *page.status_mut() = status;
    page
}

/// What a form holds; of what comes twice, the last.
fn read(form: &[u8]) -> BTreeMap<String, String> {
    form_urlencoded::parse(form).map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

/// The page of a source. A name that no source can have is kept out of headers.
fn address(name: &str) -> String {
    let encoded: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
    format!("/connectors/{}", encoded.replace('+', "%20"))
}
