//! The HTML document around the application.
//!
//! Only on the server.

use leptos::config::LeptosOptions;
use leptos::prelude::*;
use leptos_meta::MetaTags;

use crate::App;
use crate::context::{request_lang, request_theme};

/// Addresses of the hashed files the document refers to, as they stand in `target/site/pkg/manifest.json`.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// The style sheet.
    pub css: String,
    /// The module that loads the WebAssembly.
    pub js: String,
    /// The WebAssembly.
    pub wasm: String,
    /// The script that starts both.
    pub boot: String,
}

/// The document of every page.
pub fn shell(_options: LeptosOptions, assets: Assets) -> impl IntoView {
    view! {
        <!DOCTYPE html>
        <html lang=request_lang().code() data-theme=request_theme().map(|theme| theme.word())>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <link rel="stylesheet" href=assets.css />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="manifest" href="/passerelle.webmanifest" />
                <link rel="modulepreload" href=assets.js />
                <link
                    rel="preload"
                    href=assets.wasm
                    r#as="fetch"
                    r#type="application/wasm"
                    crossorigin="anonymous"
                    fetchpriority="low"
                />
                <MetaTags />
                <script type="module" src=assets.boot></script>
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}
