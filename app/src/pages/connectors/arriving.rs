//! What stands in the tab of a service that is announced.

use leptos::prelude::*;

use crate::components::EmptyState;
use crate::i18n::texts;

/// Says that it will come.
#[component]
pub(super) fn Arriving(
    /// The service's name.
    name: &'static str,
) -> impl IntoView {
    let t = &texts().connectors;
    view! {
        <div class="card">
            <EmptyState title=t.arriving_title text=(t.arriving)(name) />
        </div>
    }
}
