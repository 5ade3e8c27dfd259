//! Rows under their headings; each heading sorts.

use hub::{DataQuery, DataRow};
use leptos::prelude::*;
use model::canonical::Field;

use super::address;
use super::texts::label;
use super::value::{heading, is_number, shown};
use crate::i18n::lang;
use crate::ledger::say;

/// A table as wide as it must be, within a frame that scrolls.
#[component]
pub(super) fn Sheet(
    /// What is asked for.
    query: DataQuery,
    /// The rows.
    rows: Vec<DataRow>,
) -> impl IntoView {
    let fields = query.entity.fields();
    // One source needs no column.
    let with_source = query.source.is_none();
    let mut headings: Vec<AnyView> = fields.iter().map(|field| head(&query, field)).collect();
    if with_source {
        headings.insert(1, view! { <th scope="col">{say("Source", "Source")}</th> }.into_any());
    }
    let lines = rows
        .into_iter()
        .map(|row| {
            let mut cells: Vec<AnyView> = fields
                .iter()
                .zip(&row.values)
                .enumerate()
                .map(|(place, (field, value))| {
                    let text = shown(field, value, lang());
                    let class = is_number(field).then_some("sheet__number");
                    if place == 0 {
                        view! { <th scope="row">{text}</th> }.into_any()
                    } else {
                        view! { <td class=class>{text}</td> }.into_any()
                    }
                })
                .collect();
            if with_source {
                cells.insert(1, view! { <td>{row.source}</td> }.into_any());
            }
            view! { <tr>{cells}</tr> }.into_any()
        })
        .collect_view();
    view! {
        // Reached by the keyboard, so that it can be scrolled by it.
        <div class="sheet__frame" role="region" aria-label=label(query.entity) tabindex="0">
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

fn head(query: &DataQuery, field: &'static Field) -> AnyView {
    let sort = query.sort.filter(|sort| sort.field.name == field.name);
    let way = sort.map(|sort| if sort.descending { "descending" } else { "ascending" });
    let arrow = sort.map(|sort| if sort.descending { " ↓" } else { " ↑" });
    let class = is_number(field).then_some("sheet__number");
    view! {
        <th scope="col" class=class aria-sort=way>
            <a href=address::sorted(query, field)>
                {heading(field, lang())} <span aria-hidden="true">{arrow}</span>
            </a>
        </th>
    }
    .into_any()
}
