//! Settings that belong together.

use leptos::prelude::*;

/// Some fields of a form under their title.
#[component]
pub(crate) fn FieldGroup(
    /// Their title.
    title: String,
    /// The fields.
    children: Children,
) -> impl IntoView {
    view! {
        <fieldset class="settings__group">
            <legend class="settings__legend">{title}</legend>
            {children()}
        </fieldset>
    }
    .into_any()
}
