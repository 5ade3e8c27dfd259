//! What stands below every page.

use leptos::prelude::*;

use crate::i18n::texts;

/// The product and its version; who may enter, and the programming interface.
#[component]
pub(crate) fn Footer() -> impl IntoView {
    let t = texts();
    view! {
        <footer class="site-footer">
            <p class="site-footer__inner">
                <span>"Passerelle " {env!("CARGO_PKG_VERSION")} " · " {t.frame.tagline}</span>
                <span class="site-footer__links">
                    // A page of the server's own, which the browser does not take over.
                    <a href="/access" rel="external">
                        {t.frame.access}
                    </a>
                    <a href="/api/docs" rel="external">
                        {t.frame.api}
                    </a>
                </span>
            </p>
        </footer>
    }
    .into_any()
}
