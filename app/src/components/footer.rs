//! What stands below every page.

use leptos::prelude::*;

use crate::i18n::texts;

/// The product, its version and its programming interface.
#[component]
pub(crate) fn Footer() -> impl IntoView {
    let t = texts();
    view! {
        <footer class="site-footer">
            <p class="site-footer__inner">
                <span>"Passerelle " {env!("CARGO_PKG_VERSION")} " · " {t.frame.tagline}</span>
                <a href="/api/docs" rel="external">
                    {t.frame.api}
                </a>
            </p>
        </footer>
    }
    .into_any()
}
