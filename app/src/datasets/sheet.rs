//! Rows under their columns' names; each name sorts.

use hub::{DatasetPage, DatasetQuery};
use leptos::prelude::*;
use model::dataset::{Cells, Column, cells};

use super::address;
use super::cell::{cut, is_number, shown};
use crate::i18n::lang;
use crate::ledger::say;

/// A table as wide as it must be, within a frame that scrolls.
#[component]
pub(super) fn Sheet(
    /// The dataset.
    id: i64,
    /// What is asked for.
    query: DatasetQuery,
    /// The rows.
    page: DatasetPage,
) -> impl IntoView {
    let DatasetPage { columns, rows, .. } = page;
    let headings = columns.iter().map(|column| head(id, &query, column)).collect_view();
    let lines = rows.iter().map(|row| {
        // Only objects are stored.
        line(&columns, &cells(&row.content).unwrap_or_default())
    });
    let lines = lines.collect_view();
    view! {
        // Reached by the keyboard, so that it can be scrolled by it.
        <div class="sheet__frame" role="region" aria-label=say("Lignes", "Rows") tabindex="0">
            <table class="sheet">
                <thead>
                    <tr>{headings}</tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn line(columns: &[Column], cells: &Cells<'_>) -> AnyView {
    let values = columns.iter().enumerate().map(|(place, column)| {
        let text = cells.get(&column.name).map(|cell| shown(column, cell, lang())).unwrap_or_default();
        let class = is_number(column).then_some("sheet__number");
        if place == 0 {
            view! { <th scope="row" class=class>{cut(text)}</th> }.into_any()
        } else {
            view! { <td class=class>{cut(text)}</td> }.into_any()
        }
    });
    view! { <tr>{values.collect_view()}</tr> }.into_any()
}

fn head(id: i64, query: &DatasetQuery, column: &Column) -> AnyView {
    let sort =
        query.sort.as_ref().filter(|(name, _)| *name == column.name).map(|(_, descending)| *descending);
    let way = sort.map(|descending| if descending { "descending" } else { "ascending" });
    let arrow = sort.map(|descending| if descending { " ↓" } else { " ↑" });
    let class = is_number(column).then_some("sheet__number");
    view! {
        <th scope="col" class=class aria-sort=way>
            <a href=address::sorted(id, query, &column.name)>
                {cut(column.name.clone())} <span aria-hidden="true">{arrow}</span>
            </a>
        </th>
    }
    .into_any()
}
