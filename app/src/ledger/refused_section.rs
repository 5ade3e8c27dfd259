//! What was refused, or would be: its list page by page, and the way to run it again.

use leptos::prelude::*;

use super::pager::Pager;
use super::run_head::action;
use crate::components::Glyph;

/// Refused records or rows on one page.
pub(super) const REFUSED: u32 = 100;

/// The section around a part of them.
#[component]
pub(super) fn RefusedSection(
    /// Its title.
    title: &'static str,
    /// The page's address.
    address: String,
    /// How many come before those shown.
    before: u32,
    /// How many are shown.
    shown: usize,
    /// How many there are.
    all: u64,
    /// What the button says that runs them again, where there is one.
    #[prop(optional_no_strip)]
    again: Option<&'static str>,
    /// Those shown.
    children: Children,
) -> impl IntoView {
    let again = again.map(|label| action(format!("{address}/replay"), Glyph::Import, label));
    view! {
        <section class="card" id="refused">
            <div class="card__head">
                <h2>{title}</h2>
                {again}
            </div>
            <Pager address=address name="refused" before=before shown=shown size=REFUSED all=Some(all) />
            {children()}
        </section>
    }
    .into_any()
}
