//! Grey bars in the place and the size of what is being loaded.

use leptos::prelude::*;

use crate::i18n::texts;

/// A block of bars; it appears only when loading takes a moment.
#[component]
pub(crate) fn Skeleton(
    /// How many rows will come.
    rows: usize,
) -> impl IntoView {
    view! {
        <div class="skeleton" role="status">
            <span class="visually-hidden">{texts().frame.loading}</span>
            {(0..rows).map(|_| view! { <div class="skeleton__row"></div> }.into_any()).collect_view()}
        </div>
    }
}
