//! The name of the page, and what can be done with deals as a whole.

use hub::SavedView;
use leptos::prelude::*;
use model::access::Right;

use super::NEW;
use super::back::{BOARD, leading_back};
use super::query::Query;
use super::views_menu::ViewsMenu;
use crate::access::may;
use crate::components::{Glyph, Icon};
use crate::ledger::say;

/// Title, export, import, new deal.
#[component]
pub(super) fn Head(
    /// Which deals an export is about.
    query: Query,
    /// The filters that have a name.
    views: Vec<SavedView>,
) -> impl IntoView {
    let here = query.address();
    let board = format!("{BOARD}{}", here.trim_start_matches('/'));
    let creating = may(Right::Change).then(|| {
        view! {
            <a class="button" href="/deals/import">
                <Icon glyph=Glyph::Import />
                {say("Importer", "Import")}
            </a>
            <a class="button button--primary" id="new-deal" href=leading_back(NEW, &here) data-opens data-new>
                <Icon glyph=Glyph::Plus />
                {say("Nouveau deal", "New deal")}
            </a>
        }
        .into_any()
    });
    let exports = query.export("csv").zip(query.export("xlsx")).map(|(csv, xlsx)| {
        view! {
            <details class="menu" id="export-menu">
                <summary class="button">
                    <Icon glyph=Glyph::Export />
                    {say("Exporter", "Export")}
                </summary>
                <div class="menu__list menu__list--end">
                    <a class="menu__item" href=csv download="">
                        "CSV"
                    </a>
                    <a class="menu__item" href=xlsx download="">
                        "Excel"
                    </a>
                </div>
            </details>
        }
        .into_any()
    });
    view! {
        <div class="page-head dash-head">
            <h1>{say("Deals", "Deals")}</h1>
            <div class="dash-head__actions">
                <div id="views" data-part>
                    <ViewsMenu views=views />
                </div>
                <div id="to-board" data-part>
                    <a class="button" href=board>
                        {say("Pipeline", "Pipeline")}
                    </a>
                </div>
                <div id="exports" data-part>
                    {exports}
                </div>
                {creating}
            </div>
        </div>
    }
}
