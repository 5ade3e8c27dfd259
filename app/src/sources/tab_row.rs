//! The row of tabs of the connectors, as on the page that is taken over in the browser.

use leptos::prelude::*;

use super::LIST;
use crate::i18n::texts;

/// Links to the services' tabs; the one of the sources is open.
#[component]
pub(super) fn TabRow(
    /// Id and name of every service.
    services: Vec<(String, String)>,
) -> impl IntoView {
    let t = &texts().connectors;
    let links = services.into_iter().map(|(id, name)| {
        view! {
            <a class="tab" href=format!("/connectors?tab={id}")>
                {name}
            </a>
        }
        .into_any()
    });
    view! {
        <nav class="tabs" aria-label=t.tabs>
            {links.collect_view()}
            <a class="tab" href=LIST aria-current="page">
                {t.sources}
            </a>
        </nav>
    }
}
