//! What a request brings along: the use cases, the reader's language and preferences.
//!
//! Only on the server.

use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use hub::{Hub, Visitor};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use model::Lang;
use model::access::Action;

use crate::reader::{LANG_COOKIE, THEME_COOKIE, Theme};

/// The language for readers who ask for none.
#[derive(Clone, Copy)]
struct DefaultLang(Lang);

/// Puts what pages and server functions need into the context of a request.
///
/// The server calls it as the additional context of every page, of every server function and of the
/// page for unknown addresses.
pub fn provide_server_context(hub: Hub, default_lang: Lang) {
    provide_context(hub);
    provide_context(DefaultLang(default_lang));
}

/// The reader's language: their choice, else their browser's, else the default.
pub(crate) fn request_lang() -> Lang {
    cookie_value(LANG_COOKIE)
        .and_then(|code| Lang::from_code(&code))
        .or_else(|| Lang::from_accept_language(&request_header(header::ACCEPT_LANGUAGE)?))
        .or_else(|| use_context::<DefaultLang>().map(|default| default.0))
        .unwrap_or_default()
}

/// The theme the reader chose, if any.
pub(crate) fn request_theme() -> Option<Theme> {
    Theme::from_word(&cookie_value(THEME_COOKIE)?)
}

/// Whether a form was sent by a browser that runs no script: it wants a page, not data.
pub(crate) fn is_plain_form() -> bool {
    request_header(header::ACCEPT).is_some_and(|accept| accept.contains("text/html"))
}

/// Sends a browser that runs no script back to a connector's tab.
pub(crate) fn back_to_tab(provider: &str, rest: &str) {
    let is_word = provider.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if is_plain_form() && is_word {
        leptos_axum::redirect(&format!("/connectors?tab={provider}{rest}"));
    }
}

/// Sends a browser that runs no script back to the page its form was on. Only the path is taken from what
/// it says of that page: the form may have been sent from anywhere.
pub(crate) fn back_to_page() {
    if !is_plain_form() {
        return;
    }
    let referer = request_header(header::REFERER).unwrap_or_default();
    let path = referer.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| rest[at..].to_owned()));
    let path = path.filter(|path| !path.starts_with("//")).unwrap_or_else(|| "/".to_owned());
    leptos_axum::redirect(path.split('#').next().unwrap_or("/"));
}

/// Tells the audit log what a server function did, and to what.
pub(crate) async fn note(hub: &Hub, action: Action, subject: &str) {
    let visitor = use_context::<Parts>().and_then(|parts| parts.extensions.get::<Visitor>().cloned());
    if let Some(visitor) = visitor {
        hub.note_action(&visitor, action, subject).await;
    }
}

/// Adds a header to the answer.
pub(crate) fn respond_with(name: header::HeaderName, value: &str) {
    if let (Some(response), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(value)) {
        response.append_header(name, value);
    }
}

fn cookie_value(name: &str) -> Option<String> {
    let cookies = request_header(header::COOKIE)?;
    cookies
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
}

/// A header of the request.
pub(crate) fn request_header(name: header::HeaderName) -> Option<String> {
    // While the routes are listed there is no request.
    let parts = use_context::<Parts>()?;
    parts.headers.get(name)?.to_str().ok().map(str::to_owned)
}
