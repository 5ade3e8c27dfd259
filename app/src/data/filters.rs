//! What narrows the rows down: a form that works by the address alone.

use hub::{DataQuery, checks, date_field, filter_fields};
use leptos::prelude::*;
use model::canonical::{Category, FieldType};

use super::address;
use crate::components::{Glyph, Icon};
use crate::i18n::lang;
use crate::ledger::say;

/// The filters of a table, filled in with what is asked for.
#[component]
pub(super) fn Filters(
    /// What is asked for.
    query: DataQuery,
    /// The sources that have rows in the table.
    sources: Vec<String>,
) -> impl IntoView {
    let entity = query.entity;
    let source = select(
        "source",
        say("Source", "Source"),
        sources.into_iter().map(|source| (source.clone(), source)).collect(),
        query.source.clone(),
    );
    let check = select(
        "check",
        say("Contrôle de qualité", "Quality check"),
        checks(entity)
            .filter(|check| check.is_in_table())
            .map(|check| (check.code.to_owned(), check.label.get(lang()).to_owned()))
            .collect(),
        query.check.map(|check| check.code.to_owned()),
    );
    let dates = date_field(entity).map(|field| {
        let meaning = field.meaning.get(lang());
        let day = |name: &'static str, label: &'static str, day: Option<String>| {
            input(name, format!("{meaning}, {label}"), "date", day.unwrap_or_default())
        };
        (
            day("date_from", say("du", "from"), query.from.map(|day| day.to_string())),
            day("date_to", say("au", "to"), query.to.map(|day| day.to_string())),
        )
    });
    let fields = filter_fields(entity)
        .map(|field| {
            let value = query.equal.iter().find(|(f, _)| f.name == field.name).map(|(_, text)| text.clone());
            let label = field.meaning.get(lang());
            if field.kind == FieldType::Category {
                let words =
                    Category::ALL.map(|category| (category.word().to_owned(), category.word().to_owned()));
                select(field.name, label, words.to_vec(), value)
            } else {
                input(field.name, label.to_owned(), "text", value.unwrap_or_default())
            }
        })
        .collect_view();
    // What narrows the rows down is never out of sight.
    let has_more =
        query.check.is_some() || query.from.is_some() || query.to.is_some() || !query.equal.is_empty();
    let sort = query
        .sort
        .map(|sort| view! { <input type="hidden" name="sort" value=address::sort_word(sort) /> }.into_any());
    let clear = query.is_filtered().then(|| {
        view! {
            <a class="button button--quiet" href=address::table(entity)>
                {say("Tout effacer", "Clear all")}
            </a>
        }
        .into_any()
    });
    view! {
        <form class="row-filters" role="search" action=address::table(entity)>
            {input(
                "search",
                say("Code ou nom", "Code or name").to_owned(),
                "search",
                query.search.clone().unwrap_or_default(),
            )}
            {source}
            <details class="row-filters__more unfold" open=has_more>
                <summary class="unfold__head">{say("Plus de filtres", "More filters")}</summary>
                <div class="row-filters__fields">{check} {dates} {fields}</div>
            </details>
            {sort}
            <div class="row-filters__actions">
                <button class="button button--primary">
                    <Icon glyph=Glyph::Search />
                    {say("Rechercher", "Search")}
                </button>
                {clear}
            </div>
        </form>
    }
    .into_any()
}

fn input(name: &'static str, label: String, kind: &'static str, value: String) -> AnyView {
    view! {
        <label class="row-filters__field">
            <span>{label}</span>
            <input class="field__input" type=kind name=name value=value autocomplete="off" />
        </label>
    }
    .into_any()
}

/// `options` are values with their words.
fn select(
    name: &'static str,
    label: &'static str,
    options: Vec<(String, String)>,
    chosen: Option<String>,
) -> AnyView {
    let options = options
        .into_iter()
        .map(|(value, word)| {
            let is_chosen = chosen.as_ref() == Some(&value);
            view! { <option value=value selected=is_chosen>{word}</option> }.into_any()
        })
        .collect_view();
    view! {
        <label class="row-filters__field">
            <span>{label}</span>
            <span class="field__select">
                <select class="field__input" name=name>
                    <option value="">{say("Tout", "All")}</option>
                    {options}
                </select>
                <Icon glyph=Glyph::ChevronDown />
            </span>
        </label>
    }
    .into_any()
}
