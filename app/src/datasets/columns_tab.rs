//! The columns of a version: what is in them, and how much of it.

use leptos::prelude::*;
use model::api::ColumnBody;

use super::cell::cut;
use crate::data::percent;
use crate::ledger::say;

/// The tab: a row per column; on a narrow screen each is a card.
#[component]
pub(super) fn ColumnsTab(
    /// The columns.
    columns: Vec<ColumnBody>,
) -> impl IntoView {
    let title = say("Colonnes", "Columns");
    let head = |label: &'static str| view! { <th role="columnheader" scope="col">{label}</th> }.into_any();
    let is_empty = columns.is_empty();
    let lines = columns.into_iter().map(line).collect_view();
    view! {
        <section class="card">
            <h2>{title}</h2>
            {if is_empty {
                view! { <p class="rows__none">{say("Aucune colonne pour le moment.", "No column yet.")}</p> }.into_any()
            } else {
                view! {
                    <table class="table dataset-columns" role="table">
                        <caption class="visually-hidden">{title}</caption>
                        <thead role="rowgroup">
                            <tr role="row">
                                {head(say("Colonne", "Column"))}
                                {head("Type")}
                                <th role="columnheader" scope="col" class="table__number">
                                    {say("Remplie", "Filled")}
                                </th>
                                {head(say("Exemple", "Example"))}
                            </tr>
                        </thead>
                        <tbody role="rowgroup">{lines}</tbody>
                    </table>
                }
                    .into_any()
            }}
        </section>
    }
    .into_any()
}

fn line(column: ColumnBody) -> AnyView {
    let ColumnBody { name, label, filled_percent, examples, .. } = column;
    let filled = filled_percent.map_or_else(|| "–".to_owned(), percent);
    let example = examples.into_iter().next().unwrap_or_default();
    view! {
        <tr role="row">
            <th role="rowheader" scope="row">{name}</th>
            <td role="cell">{label}</td>
            <td role="cell" class="table__number" data-label=say("Remplie", "Filled")>
                {filled}
            </td>
            <td role="cell" class="dataset-columns__example">{cut(example)}</td>
        </tr>
    }
    .into_any()
}
