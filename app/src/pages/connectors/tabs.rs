//! Tabs that live in the address: links without script, arrow keys with it.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::i18n::texts;
use crate::pages::focus;

/// One tab.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tab {
    /// The word in the address.
    pub(super) id: String,
    /// The service's name.
    pub(super) name: String,
}

/// The row of tabs: one stop of the tab key; arrows, Home and End go from tab to tab.
#[component]
pub(super) fn Tabs(
    /// The tabs, in order.
    tabs: Vec<Tab>,
    /// The id of the one that is open.
    selected: Memo<String>,
) -> impl IntoView {
    let t = &texts().connectors;
    let ids: Vec<String> = tabs.iter().map(|tab| tab.id.clone()).collect();
    let navigate = use_navigate();
    let on_keydown = move |event: KeyboardEvent| {
        let last = ids.len().saturating_sub(1);
        let here = ids.iter().position(|id| *id == selected.read_untracked().as_str()).unwrap_or(0);
        let there = match event.key().as_str() {
            "ArrowRight" | "ArrowDown" if here == last => 0,
            "ArrowRight" | "ArrowDown" => here + 1,
            "ArrowLeft" | "ArrowUp" if here == 0 => last,
            "ArrowLeft" | "ArrowUp" => here - 1,
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        let Some(id) = ids.get(there) else { return };
        event.prevent_default();
        navigate(&href(id), NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() });
        focus(&tab_id(id));
    };
    view! {
        <div class="tabs">
            <div role="tablist" aria-label=t.tabs on:keydown=on_keydown>
                {tabs
                    .into_iter()
                    .map(|Tab { id, name }| {
                        let is_selected = {
                            let id = id.clone();
                            Memo::new(move |_| *selected.read() == id)
                        };
                        view! {
                            <a
                                class="tab"
                                role="tab"
                                id=tab_id(&id)
                                href=href(&id)
                                aria-controls=panel_id(&id)
                                aria-selected=move || is_selected.get().to_string()
                                tabindex=move || if is_selected.get() { "0" } else { "-1" }
                                data-noscroll
                            >
                                {name}
                            </a>
                        }
                        .into_any()
                    })
                    .collect_view()}
            </div>
            // A page of its own, which the browser does not take over.
            <a class="tab" href="/connectors?tab=sources" rel="external">
                {t.sources}
            </a>
        </div>
    }
}

/// What a tab opens.
#[component]
pub(super) fn TabPanel(
    /// The tab's id.
    #[prop(into)]
    id: String,
    /// The id of the tab that is open.
    selected: Memo<String>,
    /// What is in it.
    children: Children,
) -> impl IntoView {
    let (panel, tab) = (panel_id(&id), tab_id(&id));
    view! {
        <div class="panel" role="tabpanel" id=panel aria-labelledby=tab hidden=move || *selected.read() != id>
            {children()}
        </div>
    }
}

fn tab_id(id: &str) -> String {
    format!("tab-{id}")
}

fn panel_id(id: &str) -> String {
    format!("panel-{id}")
}

fn href(id: &str) -> String {
    format!("/connectors?tab={id}")
}
