//! A page that is one form.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::components::{Glyph, Icon};
use crate::ledger::say;

/// A heading, the way back, and the form on its sheet.
#[component]
pub(super) fn FormPage(
    /// What the form does.
    heading: String,
    /// Where one comes from.
    back: String,
    /// The form.
    children: Children,
) -> impl IntoView {
    view! {
        <Title text=heading.clone() />
        <div class="page-head ledger__head">
            <a class="link" href=back>
                <Icon glyph=Glyph::ChevronLeft />
                {say("Retour", "Back")}
            </a>
            <h1 class="deal__client">{heading}</h1>
        </div>
        <section class="card deal-sheet">{children()}</section>
    }
    .into_any()
}
