//! One thing that is known of another: what it is called, and what it is.

use leptos::prelude::*;

/// A line of a list of facts (`dl.facts`).
pub(crate) fn fact(label: &'static str, value: AnyView) -> AnyView {
    view! {
        <div class="fact">
            <dt>{label}</dt>
            <dd>{value}</dd>
        </div>
    }
    .into_any()
}
