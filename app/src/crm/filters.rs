//! What narrows the deals down: a form that works by the address alone.

use leptos::prelude::*;
use model::Status;
use model::dashboard::FilterOptions;

use super::back::DEALS;
use super::query::Query;
use crate::components::{DealStatus, Glyph, Icon};
use crate::i18n::lang;
use crate::ledger::say;

/// The filters, filled in with what is asked for. The script sends the form at every change of it.
#[component]
pub(super) fn Filters(
    /// What is asked for.
    query: Query,
    /// What there is to choose from.
    options: FilterOptions,
    /// The page they are on, which they ask for.
    #[prop(default = DEALS)]
    action: &'static str,
) -> impl IntoView {
    let sort =
        query.order.word().map(|word| view! { <input type="hidden" name="sort" value=word /> }.into_any());
    let cold = query.cold.then(|| view! { <input type="hidden" name="froid" value="1" /> }.into_any());
    let statuses = Status::ALL.map(|status| {
        view! {
            <label class="chip">
                <input
                    class="visually-hidden"
                    type="checkbox"
                    name="statut"
                    value=status.word()
                    checked=query.statuses.contains(&status)
                />
                <DealStatus status=status />
            </label>
        }
        .into_any()
    });
    view! {
        <form class="deal-filters" id="filters" role="search" action=action>
            <div class="search">
                <label class="visually-hidden" for="search">
                    {say("Rechercher un deal", "Search for a deal")}
                </label>
                <Icon glyph=Glyph::Search />
                <input
                    id="search"
                    class="search__input"
                    type="search"
                    name="q"
                    value=query.words.clone()
                    placeholder=say("Client ou notes", "Client or notes")
                    autocomplete="off"
                />
            </div>
            <fieldset class="chips">
                <legend class="visually-hidden">{say("Statut", "Status")}</legend>
                {statuses.into_iter().collect_view()}
            </fieldset>
            <div class="deal-filters__more">
                {choice("secteur", say("Secteur", "Sector"), options.secteur, &query.sectors)}
                {choice("assignee", say("Responsable", "Assignee"), options.assignee, &query.assignees)}
                {dates(&query)}
                <span id="hidden-filters" data-part>
                    {sort}
                    {cold}
                </span>
                <button class="button without-script">{say("Filtrer", "Filter")}</button>
            </div>
        </form>
    }
}

/// A list to tick. What is asked for is in it even where no deal has it any more.
fn choice(name: &'static str, label: &'static str, mut options: Vec<String>, chosen: &[String]) -> AnyView {
    let missing: Vec<String> = chosen.iter().filter(|value| !options.contains(value)).cloned().collect();
    options.splice(0..0, missing);
    let items = options
        .into_iter()
        .map(|value| {
            let is_chosen = chosen.contains(&value);
            let words = if value.is_empty() { say("(aucun)", "(none)").to_owned() } else { value.clone() };
            view! {
                <label>
                    <input type="checkbox" name=name value=value checked=is_chosen />
                    {words}
                </label>
            }
            .into_any()
        })
        .collect_view();
    view! {
        <details class="menu">
            <summary class="button">{label} <Icon glyph=Glyph::ChevronDown /></summary>
            <fieldset class="menu__list menu__list--choices">
                <legend class="visually-hidden">{label}</legend>
                {items}
            </fieldset>
        </details>
    }
    .into_any()
}

fn dates(query: &Query) -> AnyView {
    let day = |name: &'static str, label, day: Option<chrono::NaiveDate>| {
        view! {
            <label class="menu__field">
                <span>{label}</span>
                <input
                    class="field__input"
                    type="date"
                    name=name
                    lang=lang().code()
                    value=day.map(|day| day.to_string())
                    autocomplete="off"
                />
            </label>
        }
        .into_any()
    };
    let label = say("Échéance", "Due date");
    view! {
        <details class="menu">
            <summary class="button">{label} <Icon glyph=Glyph::ChevronDown /></summary>
            <fieldset class="menu__list">
                <legend class="visually-hidden">{label}</legend>
                {day("date_from", say("Du", "From"), query.from)}
                {day("date_to", say("Au", "To"), query.to)}
            </fieldset>
        </details>
    }
    .into_any()
}
