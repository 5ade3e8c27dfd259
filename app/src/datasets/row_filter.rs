//! What narrows the rows down: a form that works by the address alone.

use hub::DatasetQuery;
use leptos::prelude::*;
use model::dataset::Column;

use super::address;
use crate::components::{Glyph, Icon};

use crate::ledger::say;

/// Words to search for and a column to test, filled in with what is asked for.
#[component]
pub(super) fn RowFilter(
    /// The dataset.
    id: i64,
    /// What is asked for.
    query: DatasetQuery,
    /// The columns of the version.
    columns: Vec<Column>,
) -> impl IntoView {
    let tested = query.filter.tests.first();
    let (word, value) = tested.map_or(("contains", None), |tested| address::words(&tested.test));
    let value = value.unwrap_or_default().to_owned();
    let chosen = tested.map(|tested| tested.column.clone());
    // A column that is not there stays in the form, beside what is said of it.
    let gone = chosen.clone().filter(|name| columns.iter().all(|column| column.name != *name));
    let names = columns.into_iter().map(|column| column.name).chain(gone);
    let names = names.map(|name| {
        let is_chosen = chosen.as_ref() == Some(&name);
        (name.clone(), name, is_chosen)
    });
    let tests = [
        ("contains", say("contient", "contains")),
        ("eq", say("est égal à", "is")),
        ("min", say("est au moins", "is at least")),
        ("max", say("est au plus", "is at most")),
        ("empty", say("est vide", "is empty")),
        ("filled", say("n'est pas vide", "is not empty")),
    ];
    let tests = tests.map(|(test, label)| (test.to_owned(), label.to_owned(), test == word));
    let names = std::iter::once((String::new(), say("Aucune", "None").to_owned(), false)).chain(names);
    let hidden = |name: &'static str, value: Option<String>| {
        value.map(|value| view! { <input type="hidden" name=name value=value /> }.into_any())
    };
    let is_filtered = !query.filter.is_all();
    let all = DatasetQuery { filter: model::dataset::Filter::default(), offset: 0, ..query.clone() };
    let clear = is_filtered.then(|| {
        view! {
            <a class="button button--quiet" href=address::rows(id, &all)>
                {say("Tout effacer", "Clear all")}
            </a>
        }
        .into_any()
    });
    view! {
        <form class="row-filters dataset-filters" role="search" action=address::page(id)>
            {input("search", "search", say("Rechercher", "Search"), query.filter.search.clone().unwrap_or_default())}
            {select("column", say("Colonne", "Column"), names.collect())}
            {select("test", "Condition", tests.to_vec())}
            {input("value", "text", say("Valeur", "Value"), value)}
            {hidden("version", query.version.map(|version| version.to_string()))}
            {hidden("sort", query.sort.as_ref().map(address::sort_word))}
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

fn input(name: &'static str, kind: &'static str, label: &'static str, value: String) -> AnyView {
    view! {
        <label class="row-filters__field">
            <span>{label}</span>
            <input class="field__input" type=kind name=name value=value autocomplete="off" />
        </label>
    }
    .into_any()
}

/// `options` are values with their words, and whether it is the chosen one.
fn select(name: &'static str, label: &'static str, options: Vec<(String, String, bool)>) -> AnyView {
    let options = options.into_iter().map(|(value, word, is_chosen)| {
        view! { <option value=value selected=is_chosen>{word}</option> }.into_any()
    });
    view! {
        <label class="row-filters__field">
            <span>{label}</span>
            <span class="field__select">
                <select class="field__input" name=name>
                    {options.collect_view()}
                </select>
                <Icon glyph=Glyph::ChevronDown />
            </span>
        </label>
    }
    .into_any()
}
