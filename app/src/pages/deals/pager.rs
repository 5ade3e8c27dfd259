//! From one page of the list to the next.

use leptos::prelude::*;

use super::query::Query;
use crate::api::deals::PAGE_SIZE;
use crate::components::{Glyph, Icon};
use crate::format;
use crate::i18n::{lang, texts};

/// Which deals are shown of how many, and the way to the others.
#[component]
pub(super) fn Pager(
    /// What is asked for.
    query: Query,
    /// Which page is shown.
    page: u32,
    /// How many deals fit.
    matching: u64,
) -> impl IntoView {
    let (t, lang) = (&texts().deals, lang());
    let size = u64::from(PAGE_SIZE);
    let from = u64::from(page - 1) * size + 1;
    let to = (from + size - 1).min(matching);
    let shown = |number| format::number(number, lang);
    let previous = (page > 1).then(|| query.with_page(page - 1));
    let next = (to < matching).then(|| query.with_page(page + 1));
    view! {
        <nav class="pager" aria-label=t.pages>
            <p class="pager__range">{(t.range)(&shown(from), &shown(to), &shown(matching))}</p>
            {previous
                .map(|href| {
                    view! {
                        <a class="button" href=href rel="prev">
                            <Icon glyph=Glyph::ChevronLeft />
                            {t.previous}
                        </a>
                    }
                    .into_any()
                })}
            {next
                .map(|href| {
                    view! {
                        <a class="button" href=href rel="next">
                            {t.next}
                            <Icon glyph=Glyph::ChevronRight />
                        </a>
                    }
                    .into_any()
                })}
        </nav>
    }
    .into_any()
}
