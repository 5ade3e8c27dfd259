//! The page of a request that could not be carried out, when the application itself cannot draw one.

use axum::response::Html;
use model::{Lang, Text};

use crate::{ApiError, assets};

/// A page with the error's sentence and the way back.
pub(crate) fn error_page(error: &ApiError, lang: Lang) -> Html<String> {
    let back = Text::fixed("Retour à l'accueil", "Back to the start");
    Html(format!(
        "<!DOCTYPE html><html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{status} · Passerelle</title><link rel=\"stylesheet\" href=\"{css}\"></head>\
         <body><main id=\"main\"><h1>{message}</h1><p>{hint}</p><p><a href=\"/\">{back}</a></p></main></body></html>",
        css = assets::entry().css,
        lang = lang.code(),
        status = error.status.as_u16(),
        message = escape(error.message.get(lang)),
        hint = escape(error.hint.as_ref().map(|hint| hint.get(lang)).unwrap_or_default()),
        back = back.get(lang),
    ))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
