//! What stands in the place of deals that are not there.

use leptos::prelude::*;
use model::access::Right;

use super::NEW;
use crate::access::may;
use crate::components::{Glyph, Icon, Mark};
use crate::ledger::say;

/// Before the first deal: the ways to it.
#[component]
pub(super) fn NoDeals() -> impl IntoView {
    let creating = may(Right::Change).then(|| {
        view! {
            <a class="button button--primary" href="/deals/import">
                <Icon glyph=Glyph::Import />
                {say("Importer un CSV", "Import a CSV")}
            </a>
            <a class="button" id="create-deal" href=NEW data-opens>
                <Icon glyph=Glyph::Plus />
                {say("Créer un deal", "Create a deal")}
            </a>
        }
        .into_any()
    });
    view! {
        <section class="card">
            <div class="empty">
                <Mark />
                <h2 class="empty__title">
                    {say(
                        "Aucun deal. Importez un CSV ou créez un deal manuellement.",
                        "No deal. Import a CSV or create a deal by hand.",
                    )}
                </h2>
                <p class="empty__text">
                    {say(
                        "Vos affaires vivent déjà dans Airtable, Notion ou un autre outil ? Reliez-le.",
                        "Your deals already live in Airtable, Notion or another tool? Connect it.",
                    )}
                </p>
                <div class="empty__ways">
                    {creating}
                    <a class="button" href="/connectors">
                        <Icon glyph=Glyph::Plug />
                        {say("Ouvrir les connecteurs", "Open the connectors")}
                    </a>
                </div>
                <a class="link" href="/exemple-deals.csv" download="">
                    {say("Télécharger un exemple", "Download an example")}
                </a>
            </div>
        </section>
    }
}

/// Where no deal fits.
#[component]
pub(super) fn NoMatch() -> impl IntoView {
    view! {
        <div class="empty">
            <Mark />
            <h2 class="empty__title">{say("Aucun deal ne correspond", "No deal matches")}</h2>
            <p class="empty__text">
                {say("Essayez un autre mot, ou moins de filtres.", "Try another word, or fewer filters.")}
            </p>
            <a class="button" href="/">
                {say("Effacer les filtres", "Clear the filters")}
            </a>
        </div>
    }
}
