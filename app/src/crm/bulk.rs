//! What can be done to the deals that are ticked in the table.

use leptos::prelude::*;
use model::{Lang, Status};

use super::back::{here, next_field};
use crate::components::{Glyph, Icon};
use crate::i18n::lang;
use crate::ledger::say;

/// The id of the form; the boxes of the table name it.
pub(super) const BULK: &str = "bulk";

/// The bar above the table. With script it is there only while something is ticked, and counts.
#[component]
pub(super) fn BulkBar() -> impl IntoView {
    let (one, many) = match lang() {
        Lang::Fr => ("1 deal choisi", "{n} deals choisis"),
        Lang::En => ("1 deal chosen", "{n} deals chosen"),
    };
    let options =
        Status::ALL.map(|status| view! { <option value=status.word()>{status.word()}</option> }.into_any());
    view! {
        <form class="bulk" id=BULK method="post" action="/deals/bulk" data-bulk>
            {next_field(here())}
            <p class="bulk__count" role="status" data-count data-one=one data-many=many>
                {say("Deals cochés", "Ticked deals")}
            </p>
            <div class="bulk__move">
                <label class="visually-hidden" for="bulk-statut">
                    {say("Nouveau statut", "New status")}
                </label>
                <span class="field__select">
                    <select class="field__input" id="bulk-statut" name="statut" lang="fr" autocomplete="off">
                        {options.into_iter().collect_view()}
                    </select>
                    <Icon glyph=Glyph::ChevronDown />
                </span>
                <button class="button" name="act" value="move">
                    {say("Changer le statut", "Change the status")}
                </button>
            </div>
            <button class="button button--danger" id="bulk-delete" name="act" value="delete">
                {say("Supprimer…", "Delete…")}
            </button>
        </form>
    }
    .into_any()
}

/// The box that ticks every deal of the page. Without script it would do nothing: the script shows it.
pub(super) fn tick_all() -> AnyView {
    view! {
        <input
            class="tick"
            type="checkbox"
            aria-label=say("Cocher tous les deals de cette page", "Tick every deal of this page")
            autocomplete="off"
            data-tick-all
            hidden
        />
    }
    .into_any()
}

/// The box of one deal, which says with which status it was drawn.
pub(super) fn tick(id: i64, client: &str, status: Status) -> AnyView {
    let name = match lang() {
        Lang::Fr => format!("Cocher {client}"),
        Lang::En => format!("Tick {client}"),
    };
    view! {
        <input
            class="tick"
            type="checkbox"
            id=format!("tick-{id}")
            name="id"
            value=format!("{id}:{}", status.word())
            form=BULK
            aria-label=name
            autocomplete="off"
            data-tick
        />
    }
    .into_any()
}
