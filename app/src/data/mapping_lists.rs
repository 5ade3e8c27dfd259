//! What to know of a table's columns beside the mapping: nothing there, not used, new, gone, changed.

use hub::TableMapping;
use leptos::prelude::*;

use crate::i18n::lang;
use crate::ledger::say;

/// The lists; one that is empty is left out.
#[component]
pub(super) fn MappingLists(
    /// The table.
    table: TableMapping,
) -> impl IntoView {
    let TableMapping { fields, unused, new, gone, retyped, .. } = table;
    let unmapped = fields.iter().filter(|field| field.column.is_none());
    let unmapped = unmapped.map(|field| field.field.meaning.get(lang()).to_owned()).collect();
    let unused = unused
        .into_iter()
        .map(|(column, samples)| match samples.is_empty() {
            true => column,
            false => format!("{column} ({})", samples.join(" · ")),
        })
        .collect();
    let retyped = retyped
        .into_iter()
        .map(|(column, before, now)| {
            format!("{column} : {} → {}", before.label().get(lang()), now.label().get(lang()))
        })
        .collect();
    view! {
        <div class="lists">
            {list(say("Nouvelles colonnes", "New columns"), new)}
            {list(say("Colonnes disparues", "Columns that are gone"), gone)}
            {list(say("Colonnes dont le type a changé", "Columns whose type has changed"), retyped)}
            {list(say("Champs sans colonne", "Fields without a column"), unmapped)}
            {list(say("Colonnes que personne n'utilise", "Columns nobody uses"), unused)}
        </div>
    }
    .into_any()
}

fn list(title: &'static str, items: Vec<String>) -> AnyView {
    if items.is_empty() {
        return ().into_any();
    }
    let items = items.into_iter().map(|item| view! { <li>{item}</li> }.into_any()).collect_view();
    view! {
        <section class="lists__list">
            <h3>{title}</h3>
            <ul>{items}</ul>
        </section>
    }
    .into_any()
}
