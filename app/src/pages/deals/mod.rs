//! The list of deals: figures, search, filter, table, pages.

mod figures;
mod filters;
mod list;
mod pager;
mod query;
mod row;

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use crate::api::deals::{DealsView, list_deals};
use crate::api::settle;
use crate::components::{EmptyState, ErrorState, Skeleton};
use crate::i18n::texts;
use figures::Figures;
use filters::Filters;
use list::List;
use pager::Pager;
use query::Query;

/// The first page of the product.
#[component]
pub(crate) fn DealsPage() -> impl IntoView {
    let t = texts();
    let address = use_query_map();
    let query = Memo::new(move |_| Query::from_address(&address.read()));
    let view = Resource::new(
        move || query.get(),
        move |query| async move { settle(list_deals(query.search, query.status, query.page).await, t) },
    );
    view! {
        <Title text=t.deals.title />
        <div class="page-head">
            <h1>{t.deals.title}</h1>
            <p class="page-head__lead">{t.deals.lead}</p>
        </div>
        <Transition fallback=|| view! { <Skeleton rows=9 /> }>
            {move || Suspend::new(async move {
                match view.await {
                    Ok(found) if found.all == 0 => view! { <NoDeals /> }.into_any(),
                    Ok(found) if found.matching == 0 => {
                        view! { <NoMatch found=found query=query.get_untracked() /> }.into_any()
                    }
                    Ok(found) => view! { <Deals found=found query=query.get_untracked() /> }.into_any(),
                    Err(fault) => view! { <ErrorState fault=fault /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Deals(found: DealsView, query: Query) -> impl IntoView {
    view! {
        <Figures count=found.all sums=found.sums.clone() />
        <section class="card deals">
            <Filters query=query.clone() sums=found.sums />
            <List deals=found.deals />
            <Pager query=query page=found.page matching=found.matching />
        </section>
    }
}

#[component]
fn NoMatch(found: DealsView, query: Query) -> impl IntoView {
    let t = &texts().deals;
    view! {
        <Figures count=found.all sums=found.sums.clone() />
        <section class="card deals">
            <Filters query=query sums=found.sums />
            <EmptyState title=t.no_match_title text=t.no_match action=("/", t.no_match_action) />
        </section>
    }
}

#[component]
fn NoDeals() -> impl IntoView {
    let t = &texts().deals;
    view! {
        <section class="card">
            <EmptyState title=t.none_title text=t.none action=("/connectors", t.none_action) />
        </section>
    }
}
