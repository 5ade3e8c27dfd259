//! Draws the pages that are whole without script: for whoever asks for one, and as the answer to a form, in
//! the language and the colours of its sender.

use std::convert::Infallible;

use app::{Refused, crm_shell, ledger_shell, sources_shell};
use axum::body::Body;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::CACHE_CONTROL;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, get};
use hub::Visitor;
use leptos::prelude::{IntoAny, provide_context};
use leptos_axum::render_app_async_with_context;
use model::Lang;
use url::form_urlencoded;

use crate::reader::Reader;
use crate::{ApiError, AppState, assets, pages};

/// The document around a page.
#[derive(Clone, Copy)]
pub(crate) enum Shell {
    /// Without any script.
    Still,
    /// With the small one of the pages of sources.
    Live,
    /// With the small one of the dashboard and of the pages of deals.
    Crm,
}

/// The page of the request's address, with what it finds around it.
pub(crate) async fn draw(
    state: &AppState,
    shell: Shell,
    request: Request,
    provide: impl Fn() + Clone + Send + Sync + 'static,
) -> Response {
    let context = pages::context(state);
    let with_context = move || {
        context();
        provide();
    };
    let document = move || {
        let assets = assets::entry().clone();
        match shell {
            Shell::Still => ledger_shell(assets).into_any(),
            Shell::Live => sources_shell(assets).into_any(),
            Shell::Crm => crm_shell(assets).into_any(),
        }
    };
    render_app_async_with_context(with_context, document)(request).await
}

/// The page of an address that needs nothing else, without any script.
pub(crate) async fn still_page(State(state): State<AppState>, request: Request) -> Response {
    draw(&state, Shell::Still, request, || {}).await
}

/// The page of an address that needs nothing else, with the script of the pages of sources.
pub(crate) async fn live_page(State(state): State<AppState>, request: Request) -> Response {
    draw(&state, Shell::Live, request, || {}).await
}

/// A form's address, asked for as a page (by the language switch, by hand), leads to the page the form is on.
pub(crate) fn leads_to(page: &'static str) -> MethodRouter<AppState> {
    get(move || async move { Redirect::to(page) })
}

/// Whoever sent a form.
pub(crate) struct Sender {
    /// Their language.
    pub(crate) lang: Lang,
    /// What came with the form: their cookies among it.
    pub(crate) headers: HeaderMap,
    /// Who they are; nobody before a login.
    visitor: Option<Visitor>,
}

impl FromRequestParts<AppState> for Sender {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Sender, Infallible> {
        let Reader(lang) = Reader::of(&parts.headers, state.default_lang);
        let visitor = parts.extensions.get::<Visitor>().cloned();
        Ok(Sender { lang, headers: parts.headers.clone(), visitor })
    }
}

impl Sender {
    /// The page of an address, such as that of the form, with what it finds around it.
    pub(crate) async fn shown(
        &self,
        state: &AppState,
        shell: Shell,
        path: &str,
        status: StatusCode,
        provide: impl Fn() + Clone + Send + Sync + 'static,
    ) -> Response {
        let mut request = Request::new(Body::empty());
        *request.uri_mut() = path.parse().unwrap_or_else(|_| Uri::from_static("/connectors"));
        *request.headers_mut() = self.headers.clone();
        if let Some(visitor) = &self.visitor {
            request.extensions_mut().insert(visitor.clone());
        }
        let mut page = draw(state, shell, request, provide).await;
        *page.status_mut() = status;
        page
    }

    /// The page that says why something could not be done, and the way `back`.
    pub(crate) async fn refused(&self, state: &AppState, error: hub::Error, back: &str) -> Response {
        let refused = Refused::new(&error, self.lang, back.to_owned());
        let status = ApiError::from(error).status;
        self.shown(state, Shell::Still, back, status, move || provide_context(refused.clone())).await
    }

    /// The page of an address with a secret that is told once: no cache keeps it.
    pub(crate) async fn told_once<T: Clone + Send + Sync + 'static>(
        &self,
        state: &AppState,
        path: &str,
        secret: T,
    ) -> Response {
        let provide = move || provide_context(secret.clone());
        let mut page = self.shown(state, Shell::Still, path, StatusCode::OK, provide).await;
        page.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        page
    }

    /// The page a form leads to, or why it could not be carried out and the way `back`.
    pub(crate) async fn led(&self, state: &AppState, done: hub::Result<String>, back: &str) -> Response {
        match done {
            Ok(page) => Redirect::to(&page).into_response(),
            Err(error) => self.refused(state, error, back).await,
        }
    }
}

/// The page of a source, and those below it. A name that no source can have is kept out of headers.
pub(crate) fn source_page(name: &str, below: &str) -> String {
    let encoded: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
    format!("/connectors/{}{below}", encoded.replace('+', "%20"))
}
