//! Who reads the answer: the language of its sentences.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE};
use axum::http::request::Parts;
use model::Lang;

use crate::AppState;

/// The language of one request's reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reader(pub(crate) Lang);

impl Reader {
    /// The language chosen on the page, else the one the browser asks for, else `default`.
    pub(crate) fn of(headers: &HeaderMap, default: Lang) -> Reader {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let asked = || text(ACCEPT_LANGUAGE).and_then(Lang::from_accept_language);
        Reader(text(COOKIE).and_then(chosen).or_else(asked).unwrap_or(default))
    }
}

/// The language kept in the page's cookie.
fn chosen(cookies: &str) -> Option<Lang> {
    cookies.split(';').find_map(|cookie| Lang::from_code(cookie.trim().strip_prefix("lang=")?))
}

impl FromRequestParts<AppState> for Reader {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Reader, Infallible> {
        Ok(Reader::of(&parts.headers, state.default_lang))
    }
}
