//! The page `/`.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use hub::{Hub, Overview, SavedView};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use model::access::Right;
use model::api::DealPage;
use model::dashboard::Dashboard;
use model::deal_history::DealOrigin;

use super::active::Active;
use super::bulk::BulkBar;
use super::charts::Charts;
use super::deadlines::{Due, way_to_overdue};
use super::dialog::DealDialog;
use super::empty::{NoDeals, NoMatch};
use super::figures::Figures;
use super::filters::Filters;
use super::head::Head;
use super::notice::notice;
use super::numbers::deals;
use super::query::{PAGE_SIZE, Query};
use super::table::DealTable;
use super::views_menu::saved_views;
use super::what_if::WhatIf;
use crate::access::may;
use crate::data::{drawn, pager};
use crate::ledger::say;

/// What the page is drawn of.
struct View {
    query: Query,
    today: NaiveDate,
    shown: DealPage,
    origins: BTreeMap<i64, Vec<DealOrigin>>,
    dashboard: Dashboard,
    views: Vec<SavedView>,
}

/// The first page of the product.
#[component]
pub(crate) fn DashboardPage() -> impl IntoView {
    let query = Query::from_address(&use_query_map().read_untracked());
    drawn("/", |hub| load(hub, query), page)
}

async fn load(hub: Hub, query: Query) -> hub::Result<View> {
    let moment = hub.moment().await?;
    let Overview { page, dashboard } = hub.overview(&query.filter(moment.cold_since()), moment).await?;
    let ids: Vec<i64> = page.deals.iter().map(|deal| deal.id).collect();
    let origins = hub.deal_origins(&ids).await?;
    let views = saved_views(&hub).await;
    Ok(View { query, today: moment.today(), shown: page, origins, dashboard, views })
}

fn page(view: View) -> AnyView {
    let View { query, today, shown, origins, dashboard, views } = view;
    let head = view! { <Head query=query.clone() views=views /> }.into_any();
    let is_empty = dashboard.kpis.nombre_deals == 0;
    let body = if is_empty && !query.is_filtered() {
        view! { <NoDeals /> }.into_any()
    } else {
        let insights = (!is_empty).then(|| {
            view! {
                <Due deadlines=dashboard.echeances.clone() query=query.clone() today=today />
                <Charts dashboard=dashboard.clone() />
            }
            .into_any()
        });
        view! {
            <Figures dashboard=dashboard.clone() query=query.clone() />
            <section class="card deals" aria-labelledby="list-title">
                <h2 class="visually-hidden" id="list-title">
                    {say("Liste des deals", "List of deals")}
                </h2>
                <Filters query=query.clone() options=dashboard.options />
                <Active query=query.clone() />
                <div class="deals__found">
                    <div role="status">
                        <p id="found" data-part>
                            {deals(dashboard.kpis.nombre_deals)}
                        </p>
                    </div>
                    <p class="deals__ways" id="ways" data-part>
                        {way_to_overdue(dashboard.echeances.nb_en_retard, dashboard.kpis.nombre_deals, &query, today)}
                        <a href="#insights">{say("Échéances et graphiques", "Deadlines and charts")}</a>
                    </p>
                </div>
                <div id="list" data-part tabindex="-1">
                    {if is_empty {
                        view! { <NoMatch /> }.into_any()
                    } else {
                        list(query, today, shown, origins)
                    }}
                </div>
                {may(Right::Change).then(|| view! { <BulkBar /> }.into_any())}
            </section>
            <WhatIf kpis=dashboard.kpis />
            <div class="insights" id="insights" data-part>
                {insights}
            </div>
        }
        .into_any()
    };
    view! {
        <Title text=say("Deals", "Deals") />
        {head}
        {notice()}
        {body}
        <DealDialog />
    }
    .into_any()
}

/// The page of the list that is asked for, and the ways to the others.
fn list(query: Query, today: NaiveDate, shown: DealPage, origins: BTreeMap<i64, Vec<DealOrigin>>) -> AnyView {
    let size = u64::from(PAGE_SIZE);
    let asked = query.clone();
    let at = move |before: u64| {
        let pages_before = u32::try_from(before / size).unwrap_or(u32::MAX);
        Query { pages_before, ..asked.clone() }.address()
    };
    let before = u64::from(query.pages_before) * size;
    view! {
        <DealTable query=query deals=shown.deals origins=origins today=today />
        {pager(before, size, shown.total, at)}
    }
    .into_any()
}
