//! Search and filter: links and a form that work by the address alone.

use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use model::Status;

use super::query::Query;
use crate::api::deals::Sums;
use crate::components::{Glyph, Icon};
use crate::i18n::texts;

/// The search box and the chips of the statuses.
#[component]
pub(super) fn Filters(
    /// What is asked for now.
    query: Query,
    /// How many deals have each status, when known.
    sums: Option<Sums>,
) -> impl IntoView {
    let t = &texts().deals;
    let everything = query.with_status(None);
    let is_everything = query.status.is_none();
    let field = NodeRef::<Input>::new();
    let navigate = use_navigate();
    let searched = query.clone();
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        let words = field.get_untracked().map(|field| field.value()).unwrap_or_default();
        let options = NavigateOptions { scroll: false, ..NavigateOptions::default() };
        navigate(&searched.with_search(words), options);
    };
    let count = move |status: Status| sums.as_ref().map(|sums| sums.by_status[status as usize]);
    let chips = Status::ALL
        .map(|status| {
            let current = query.status == Some(status);
            // Pressing the chip that is on takes the filter off.
            let href = query.with_status((!current).then_some(status));
            view! {
                <li>
                    <a class="chip" href=href aria-current=current.then_some("true") data-noscroll>
                        <span lang="fr">{status.word()}</span>
                        <span class="chip__count">{count(status)}</span>
                    </a>
                </li>
            }
            .into_any()
        })
        .collect_view();
    view! {
        <div class="filters">
            <form class="search" role="search" action="/" on:submit=on_submit>
                <label class="visually-hidden" for="search">
                    {t.search}
                </label>
                <Icon glyph=Glyph::Search />
                <input
                    node_ref=field
                    id="search"
                    class="search__input"
                    type="search"
                    name="q"
                    value=query.search.clone()
                    placeholder=t.search_example
                    autocomplete="off"
                />
                {query.status.map(|status| view! { <input type="hidden" name="statut" value=status.word() /> }.into_any())}
                <button class="search__submit">{t.submit_search}</button>
            </form>
            <ul class="chips" aria-label=t.by_status>
                <li>
                    <a
                        class="chip"
                        href=everything
                        aria-current=is_everything.then_some("true")
                        data-noscroll
                    >
                        {t.every_status}
                    </a>
                </li>
                {chips}
            </ul>
        </div>
    }
    .into_any()
}
