//! The connectors: one tab per service, with its settings, its syncs and their history.

mod board;
mod bridge;
mod history;
mod mapping_fields;
mod mapping_row;
mod outcome;
mod panel;
mod plain_notice;
mod refusals;
mod run_row;
mod setting_field;
mod settings_form;
mod status_words;
mod summary;
mod sync_panel;
mod tabs;
mod try_out;

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use crate::api::connectors::{ConnectorView, list_connectors};
use crate::api::settle;
use crate::components::{ErrorState, Skeleton};
use crate::i18n::texts;
use panel::Panel;
use tabs::{Tab, TabPanel, Tabs};

#[cfg(feature = "ssr")]
pub(crate) use mapping_row::MappingRow;

/// The page of connectors.
#[component]
pub(crate) fn ConnectorsPage() -> impl IntoView {
    let t = texts();
    let view = Resource::new(|| (), move |()| async move { settle(list_connectors().await, t) });
    view! {
        <Title text=t.connectors.title />
        <div class="page-head">
            <h1>{t.connectors.title}</h1>
            <p class="page-head__lead">{t.connectors.lead}</p>
        </div>
        <Suspense fallback=|| {
            view! { <Skeleton rows=9 /> }
        }>
            {move || Suspend::new(async move {
                match view.await {
                    Ok(connectors) => view! { <Services connectors=connectors /> }.into_any(),
                    Err(fault) => view! { <ErrorState fault=fault /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Services(connectors: Vec<ConnectorView>) -> impl IntoView {
    let address = use_query_map();
    let tabs: Vec<Tab> =
        connectors.iter().map(|c| Tab { id: c.spec.id.clone(), name: c.spec.name.clone() }).collect();
    let known: Vec<String> = tabs.iter().map(|tab| tab.id.clone()).collect();
    let selected = Memo::new(move |_| {
        let asked = address.read().get("tab");
        asked.filter(|id| known.contains(id)).or_else(|| known.first().cloned()).unwrap_or_default()
    });
    view! {
        <Tabs tabs=tabs selected=selected />
        {connectors
            .into_iter()
            .map(|connector| {
                let id = connector.spec.id.clone();
                view! {
                    <TabPanel id=id selected=selected>
                        <Panel connector=connector />
                    </TabPanel>
                }
                .into_any()
            })
            .collect_view()}
    }
}
