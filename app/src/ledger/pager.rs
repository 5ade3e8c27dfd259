//! The way through a list that is longer than a page.

use leptos::prelude::*;

use super::texts::{part, say};

/// Which entries are shown, and links to those before and after; nothing when there are none at all.
#[component]
pub(crate) fn Pager(
    /// The page's address.
    address: String,
    /// The name in the address under which the number of entries before stands.
    name: &'static str,
    /// How many come before.
    before: u32,
    /// How many are shown.
    shown: usize,
    /// How many a page shows at most.
    size: u32,
    /// How many there are, where that is known.
    #[prop(optional_no_strip)]
    all: Option<u64>,
) -> impl IntoView {
    let last = u64::from(before) + shown as u64;
    let link = |before: u32, label| {
        view! {
            <a class="button button--quiet" href=format!("{address}?{name}={before}#{name}")>
                {label}
            </a>
        }
        .into_any()
    };
    let back = (before > 0).then(|| link(before.saturating_sub(size), say("Précédents", "Previous")));
    let is_more = all.map_or(shown as u32 == size, |all| last < all);
    let on = is_more.then(|| link(before + size, say("Suivants", "Next")));
    (shown > 0).then(|| {
        view! {
            <div class="ledger__pager">
                <p>{part(u64::from(before) + 1, last, all)}</p>
                {back}
                {on}
            </div>
        }
        .into_any()
    })
}
