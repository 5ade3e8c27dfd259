//! What recipes make of the first rows of a service.

use leptos::prelude::*;
use model::api::{TriedBody, TriedRowBody};
use model::recipe::{Recipes, TargetField};

use crate::i18n::lang;
use crate::ledger::{bound, say};

/// The columns that are used and the fields that are made of them, side by side.
#[component]
pub(super) fn RecipeTrial(
    /// The fields that can be made.
    fields: Vec<TargetField>,
    /// What was tried.
    recipes: Recipes,
    /// What came of it.
    tried: TriedBody,
) -> impl IntoView {
    let uses =
        |column: &String| recipes.values().flat_map(|recipe| &recipe.from).any(|name| same(name, column));
    let columns: Vec<String> = tried.columns.into_iter().filter(uses).collect();
    let fields: Vec<TargetField> =
        fields.into_iter().filter(|field| recipes.contains_key(field.key)).collect();
    let label = say("Les premières lignes, avant et après", "The first rows, before and after");
    if tried.rows.is_empty() || fields.is_empty() {
        let none = if fields.is_empty() {
            say("Aucune transformation à essayer.", "There is nothing to try.")
        } else {
            say("Il n'y a aucune ligne à lire.", "There is no row to read.")
        };
        return view! { <p class="sources__lead" role="status">{bound(none)}</p> }.into_any();
    }
    let heads = columns.iter().map(|name| view! { <th scope="col">{name.clone()}</th> }.into_any()).chain(
        fields.iter().map(|field| {
            view! { <th scope="col">{format!("→ {}", field.label.get(lang()))}</th> }.into_any()
        }),
    );
    let heads = heads.collect_view();
    let lines = tried.rows.into_iter().map(|row| line(&columns, &fields, row)).collect_view();
    view! {
        <div class="recipes__trial" role="status">
            <h3>{label}</h3>
            <div class="sheet__frame" role="region" aria-label=label tabindex="0">
                <table class="sheet">
                    <thead>
                        <tr>{heads}</tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        </div>
    }
    .into_any()
}

fn line(columns: &[String], fields: &[TargetField], row: TriedRowBody) -> AnyView {
    let before = columns.iter().map(|name| {
        let text = row.before.get(name).cloned().flatten().unwrap_or_default();
        view! { <td>{text}</td> }.into_any()
    });
    let after = fields.iter().map(|field| match row.faults.get(field.key) {
        Some(fault) => view! { <td class="recipes__fault">{bound(fault)}</td> }.into_any(),
        None => {
            let text = row.after.get(field.key).cloned().flatten().unwrap_or_default();
            view! { <td>{text}</td> }.into_any()
        }
    });
    view! { <tr>{before.chain(after).collect_view()}</tr> }.into_any()
}

/// Recipes name columns whatever their case.
fn same(name: &str, column: &str) -> bool {
    name.trim().to_lowercase() == column.to_lowercase()
}
