//! The HTML document around the application.
//!
//! Only on the server.

use leptos::prelude::*;
use leptos_meta::MetaTags;
use model::access::Right;

use crate::App;
use crate::access::may;
use crate::context::{request_lang, request_theme};
use crate::ledger::Ledger;

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
    /// The script of the pages of sources.
    pub sources: String,
    /// The script of the dashboard and of the pages of deals.
    pub crm: String,
}

/// The document of the pages that the browser takes over. For those who only read there is nothing to take over:
/// what they may not do is locked, and stays so.
pub fn shell(assets: Assets) -> impl IntoView {
    let Assets { css, js, wasm, boot, .. } = assets;
    if !(may(Right::Run) && may(Right::Change)) {
        return document(css, view! { <MetaTags /> }.into_any(), view! { <App /> }.into_any());
    }
    let scripts = view! {
        <link rel="modulepreload" href=js />
        <link
            rel="preload"
            href=wasm
            r#as="fetch"
            r#type="application/wasm"
            crossorigin="anonymous"
            fetchpriority="low"
        />
        <MetaTags />
        <script type="module" src=boot></script>
    };
    document(css, scripts.into_any(), view! { <App /> }.into_any())
}

/// The document of the pages that are whole without script.
pub fn ledger_shell(assets: Assets) -> impl IntoView {
    document(assets.css, view! { <MetaTags /> }.into_any(), view! { <Ledger /> }.into_any())
}

/// The document of the pages of sources: whole without script, livelier with a small one.
pub fn sources_shell(assets: Assets) -> impl IntoView {
    enlivened(assets.css, assets.sources)
}

/// The document of the dashboard and of the pages of deals: whole without script, livelier with theirs.
pub fn crm_shell(assets: Assets) -> impl IntoView {
    enlivened(assets.css, assets.crm)
}

fn enlivened(css: String, script: String) -> AnyView {
    let head = view! {
        <MetaTags />
        <script type="module" src=script></script>
    };
    document(css, head.into_any(), view! { <Ledger /> }.into_any())
}

fn document(css: String, head: AnyView, body: AnyView) -> AnyView {
    view! {
        <!DOCTYPE html>
        <html lang=request_lang().code() data-theme=request_theme().map(|theme| theme.word())>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <link rel="stylesheet" href=css />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="manifest" href="/passerelle.webmanifest" />
                {head}
            </head>
            <body>{body}</body>
        </html>
    }
    .into_any()
}
