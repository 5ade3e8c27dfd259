//! What became of the rows of a sync, table by table.

use leptos::prelude::*;
use model::api::TableCountsBody;
use model::canonical::Entity;

use crate::format;
use crate::i18n::{lang, texts};
use crate::ledger::say;

/// A line per table; nothing when none was looked at.
#[component]
pub(crate) fn CountTable(
    /// The tables, in the order they were loaded.
    tables: Vec<TableCountsBody>,
) -> impl IntoView {
    if tables.is_empty() {
        return ().into_any();
    }
    let t = &texts().history;
    let head =
        |label| view! { <th role="columnheader" scope="col" class="table__number">{label}</th> }.into_any();
    let rows = tables.into_iter().map(|table| view! { <Row table=table /> }.into_any());
    view! {
        <table class="table count-table" role="table">
            <caption class="visually-hidden">{say("Lignes par table", "Rows by table")}</caption>
            <thead role="rowgroup">
                <tr role="row">
                    <th role="columnheader" scope="col">
                        "Table"
                    </th>
                    {head(t.processed)}
                    {head(t.created)}
                    {head(t.updated)}
                    {head(t.unchanged)}
                    {head(say("Refusés", "Refused"))}
                </tr>
            </thead>
            <tbody role="rowgroup">{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

#[component]
fn Row(table: TableCountsBody) -> impl IntoView {
    let t = &texts().history;
    let entity = Entity::from_name(&table.table);
    let label = entity.map(|entity| entity.label().get(lang()).to_owned());
    let number = |label: &'static str, count: u64| {
        view! {
            <td role="cell" class="table__number" class:table__faint=count == 0 data-label=label>
                {format::number(count, lang())}
            </td>
        }
        .into_any()
    };
    view! {
        <tr role="row">
            <th role="rowheader" scope="row">
                {label} <code class="count-table__code">{table.table}</code>
            </th>
            {number(t.processed, table.processed)}
            {number(t.created, table.created)}
            {number(t.updated, table.updated)}
            {number(t.unchanged, table.unchanged)}
            {number(say("Refusés", "Refused"), table.failed)}
        </tr>
    }
    .into_any()
}
