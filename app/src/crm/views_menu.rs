//! Filters that have a name: to go to, to keep, to drop.

use hub::{Hub, SavedView};
use leptos::prelude::*;
use model::Lang;
use model::access::Right;

use super::back::{DEALS, here, next_field};
use crate::access::{may, visitor};
use crate::components::{Glyph, Icon};
use crate::i18n::lang;
use crate::ledger::say;

/// The menu of saved views; it opens without script.
#[component]
pub(super) fn ViewsMenu(
    /// The views of whoever reads the page.
    views: Vec<SavedView>,
) -> impl IntoView {
    let here = here();
    let query = here.split_once('?').map(|(_, query)| query.to_owned()).unwrap_or_default();
    let is_empty = views.is_empty();
    let may_save = may(Right::Own);
    let rows = views.into_iter().map(|view| row(view, &query, &here, may_save)).collect_view();
    view! {
        <details class="menu" id="views-menu">
            <summary class="button">
                {say("Vues", "Views")}
                <Icon glyph=Glyph::ChevronDown />
            </summary>
            <div class="menu__list menu__list--end views">
                {is_empty
                    .then(|| {
                        let none = say(
                            "Aucune vue. Filtrez la liste, puis donnez un nom à ce que vous voyez.",
                            "No view. Filter the list, then give what you see a name.",
                        );
                        view! { <p class="views__none">{none}</p> }.into_any()
                    })}
                <ul class="views__list">{rows}</ul>
                {may_save.then(|| save(query, here))}
            </div>
        </details>
    }
    .into_any()
}

fn row(view: SavedView, present: &str, here: &str, may_delete: bool) -> AnyView {
    let current = view.is_of(present).then_some("true");
    let SavedView { id, name, query } = view;
    let delete = match lang() {
        Lang::Fr => format!("Supprimer la vue {name}"),
        Lang::En => format!("Delete the view {name}"),
    };
    view! {
        <li class="views__row">
            <a class="views__link" href=format!("{DEALS}?{query}") aria-current=current>
                {name}
            </a>
            {may_delete
                .then(|| {
                    view! {
                        <form method="post" action=format!("/views/{id}/delete") data-background="submit">
                            {next_field(here.to_owned())}
                            <button class="button button--quiet button--icon" aria-label=delete>
                                <Icon glyph=Glyph::Close />
                            </button>
                        </form>
                    }
                    .into_any()
                })}
        </li>
    }
    .into_any()
}

fn save(query: String, here: String) -> AnyView {
    view! {
        <form class="views__save" method="post" action="/views" data-background="submit">
            {next_field(here)}
            <input type="hidden" name="query" value=query />
            <label class="views__label" for="view-name">
                {say("Nom de la vue", "Name of the view")}
            </label>
            <input class="field__input" id="view-name" name="name" required maxlength="60" autocomplete="off" />
            <button class="button">{say("Enregistrer cette vue", "Save this view")}</button>
        </form>
    }
    .into_any()
}

/// The views of whoever reads the page; none when they cannot be read, for the list is whole without them.
pub(super) async fn saved_views(hub: &Hub) -> Vec<SavedView> {
    let Some(visitor) = visitor() else { return Vec::new() };
    hub.saved_views(&visitor.caller).await.unwrap_or_default()
}
