//! The page for addresses where nothing is.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::components::EmptyState;
use crate::i18n::texts;

/// Says so, and leads back.
#[component]
pub(crate) fn NotFound() -> impl IntoView {
    let t = &texts().faults;
    view! {
        <Title text=t.not_found_title />
        <h1 class="visually-hidden">{t.not_found_title}</h1>
        <div class="card">
            <EmptyState title=t.not_found_title text=t.not_found action=("/", t.back_to_deals) />
        </div>
    }
}
