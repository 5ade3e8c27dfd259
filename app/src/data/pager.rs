//! From one page of rows to the next, and to both ends.

use leptos::prelude::*;

use crate::components::{Glyph, Icon};
use crate::format;
use crate::i18n::lang;
use crate::ledger::say;

/// Which rows are shown of how many, and the way to the others: `before` come first, a page has `size`, and
/// `at` is the address of the page after so many rows.
pub(crate) fn pager(before: u64, size: u64, total: u64, at: impl Fn(u64) -> String) -> AnyView {
    let from = before.min(total);
    let to = (from + size).min(total);
    let last = (total.max(1) - 1) / size * size;
    let shown = |number| format::number(number, lang());
    let range = if from == total {
        say("Cette page est après la dernière.", "This page is after the last one.").to_owned()
    } else {
        format!("{}–{} {} {}", shown(from + 1), shown(to), say("sur", "of"), shown(total))
    };
    let button = |href: String,
                  rel: &'static str,
                  before: Option<Glyph>,
                  label: &'static str,
                  after: Option<Glyph>| {
        view! {
            <a class="button" href=href rel=rel>
                {before.map(|glyph| view! { <Icon glyph=glyph /> }.into_any())}
                {label}
                {after.map(|glyph| view! { <Icon glyph=glyph /> }.into_any())}
            </a>
        }
        .into_any()
    };
    let back = from.saturating_sub(size).min(last);
    let first_link = (from > size).then(|| button(at(0), "first", None, say("Début", "First"), None));
    let back_link = (from > 0)
        .then(|| button(at(back), "prev", Some(Glyph::ChevronLeft), say("Précédents", "Previous"), None));
    let next_link = (to < total)
        .then(|| button(at(from + size), "next", None, say("Suivants", "Next"), Some(Glyph::ChevronRight)));
    let last_link = (to + size < total).then(|| button(at(last), "last", None, say("Fin", "Last"), None));
    view! {
        <nav class="pager" aria-label=say("Pages de la liste", "Pages of the list")>
            <p class="pager__range">{range}</p>
            {first_link}
            {back_link}
            {next_link}
            {last_link}
        </nav>
    }
    .into_any()
}
