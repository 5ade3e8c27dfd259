//! The name of the page, and what can be done with deals as a whole.

use leptos::prelude::*;

use super::query::Query;
use crate::components::{Glyph, Icon};
use crate::ledger::say;

/// Title, export, import, new deal.
#[component]
pub(super) fn Head(
    /// Which deals an export is about.
    query: Query,
) -> impl IntoView {
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
                <div id="exports" data-part>
                    {exports}
                </div>
                <a class="button" href="/deals/import">
                    <Icon glyph=Glyph::Import />
                    {say("Importer", "Import")}
                </a>
                <a class="button button--primary" id="new-deal" href="/deals/new" data-opens data-new>
                    <Icon glyph=Glyph::Plus />
                    {say("Nouveau deal", "New deal")}
                </a>
            </div>
        </div>
    }
}
