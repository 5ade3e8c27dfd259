//! The pages: rendered on the server, with their server functions, their files and what is not found.

use std::sync::OnceLock;
use std::time::Duration;

use app::{App, provide_server_context, shell};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use leptos::config::LeptosOptions;
use leptos::nonce::use_nonce;
use leptos::prelude::{IntoView, use_context};
use leptos_axum::{
    AxumRouteListing, LeptosRoutes, ResponseOptions, generate_route_list, render_app_async_with_context,
};

use crate::{
    AppState, access, assets, connections, dashboard, data, datasets, deals_mapping, hints, ledger, recipes,
    rules, security_headers, sources, webhooks,
};

/// For a page to be drawn.
const DRAWING: Duration = Duration::from_secs(10);

/// The pages and their server functions, and whatever has no other address.
pub(crate) fn router(state: &AppState) -> Router {
    let options = LeptosOptions::builder().output_name("passerelle").build();
    let whole = ledger::router()
        .merge(dashboard::router())
        .merge(sources::router())
        .merge(connections::router())
        .merge(rules::router())
        .merge(deals_mapping::router())
        .merge(hints::router())
        .merge(recipes::router())
        .merge(datasets::router())
        .merge(webhooks::router())
        .merge(access::router())
        .merge(data::router());
    let fallback = any(file_or_not_found).with_state(state.clone());
    Router::new()
        .leptos_routes_with_context(&options, routes().to_vec(), context(state), document)
        .merge(whole.with_state(state.clone()))
        .fallback_service(fallback)
        .layer(from_fn_with_state(state.clone(), sources::tab_of_sources))
        .layer(from_fn(give_up_on_stuck_pages))
        .with_state(options)
}

/// A page that is never finished becomes an error; a server function may take as long as its service.
async fn give_up_on_stuck_pages(request: Request, next: Next) -> Response {
    if request.method() == Method::POST {
        return next.run(request).await;
    }
    match tokio::time::timeout(DRAWING, next.run(request)).await {
        Ok(page) => page,
        Err(_) => StatusCode::GATEWAY_TIMEOUT.into_response(),
    }
}

/// What is answered where no page and no endpoint is: a file of the site, else the application's own
/// words for a page that does not exist.
async fn file_or_not_found(State(state): State<AppState>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    if let Some(file) = assets::find(request.uri().path(), request.headers()) {
        return file;
    }
    let mut page = render_app_async_with_context(context(&state), document)(request.map(Body::new)).await;
    *page.status_mut() = StatusCode::NOT_FOUND;
    page
}

/// The list of pages. Made once: drawing a page while the list is made would never end.
fn routes() -> &'static [AxumRouteListing] {
    static ROUTES: OnceLock<Vec<AxumRouteListing>> = OnceLock::new();
    ROUTES.get_or_init(|| generate_route_list(App))
}

fn document() -> impl IntoView {
    shell(assets::entry().clone())
}

/// What a page and a server function find around them.
pub(crate) fn context(state: &AppState) -> impl Fn() + Clone + Send + Sync + 'static {
    let AppState { hub, default_lang } = state.clone();
    move || {
        provide_server_context(hub.clone(), default_lang);
        allow_own_scripts();
    }
}

/// The scripts that the rendering writes into the page carry a number used once; the policy names it.
fn allow_own_scripts() {
    if let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>())
        && let Ok(policy) = HeaderValue::try_from(security_headers::page_policy(&nonce))
    {
        response.insert_header(CONTENT_SECURITY_POLICY, policy);
    }
}
