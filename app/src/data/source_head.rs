//! What a page about one source begins with: the way back to it, and what the page is.

use leptos::prelude::*;
use leptos_meta::Title;

use super::texts::source_page;
use crate::components::{Glyph, Icon};

/// The head of such a page.
#[component]
pub(super) fn SourceHead(
    /// The source.
    source: String,
    /// The page's title.
    title: String,
    /// What there is to know before.
    #[prop(optional)]
    lead: Option<&'static str>,
) -> impl IntoView {
    let back = source_page(&source, "");
    view! {
        <Title text=title.clone() />
        <div class="page-head ledger__head">
            <a class="link" href=back>
                <Icon glyph=Glyph::ChevronLeft />
                {source}
            </a>
            <h1>{title}</h1>
            {lead.map(|lead| view! { <p class="page-head__lead">{lead}</p> }.into_any())}
        </div>
    }
    .into_any()
}
