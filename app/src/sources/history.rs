//! The syncs of one source; what lies behind a number unfolds below it.

use leptos::prelude::*;
use model::api::{LoadBody, TableCountsBody};

use super::outcome::sentences;
use super::when::When;
use super::{duration, status_of};
use crate::components::RunBadge;
use crate::format;
use crate::i18n::{lang, texts};
use crate::ledger::say;

/// A row per sync, newest first; on a narrow screen each is a card.
#[component]
pub(super) fn History(
    /// The syncs.
    loads: Vec<LoadBody>,
) -> impl IntoView {
    let rows = loads.into_iter().map(row);
    let head = |label: &'static str| view! { <th role="columnheader" scope="col">{label}</th> }.into_any();
    view! {
        <table class="table load-table" role="table">
            <caption class="visually-hidden">{say("Historique des Syncs", "Sync history")}</caption>
            <thead role="rowgroup">
                <tr role="row">
                    {head("Date")}
                    {head("Status")}
                    {head("Records")}
                    {head(texts().history.duration)}
                    {head(say("Erreurs", "Errors"))}
                    {head("Warnings")}
                </tr>
            </thead>
            <tbody role="rowgroup">{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn row(load: LoadBody) -> AnyView {
    let (run, status) = (load.run_id, status_of(&load));
    let (processed, duration) = (load.processed(), duration(&load));
    let (errors, warnings) = (load.errors.len() as u64, load.warnings.len() as u64);
    let tables = (!load.tables.is_empty()).then(|| counts(load.tables));
    let errors_below = (errors > 0).then(|| sentences(load.errors));
    let warnings_below = (warnings > 0).then(|| sentences(load.warnings));
    let below = |word: &str| format!("run-{run}-{word}");
    view! {
        <tr role="row" class="load">
            <th role="rowheader" scope="row" class="load__time">
                <When instant=load.timestamp />
                <a class="link" href=format!("/runs/{run}")>
                    {texts().sync.details}
                </a>
            </th>
            <td role="cell" class="load__status">
                <RunBadge status=status />
            </td>
            <td role="cell" data-label="Records">
                {unfolding(below("records"), processed, tables)}
            </td>
            <td role="cell" data-label=texts().history.duration>
                {duration}
            </td>
            <td role="cell" data-label=say("Erreurs", "Errors")>
                {unfolding(below("errors"), errors, errors_below)}
            </td>
            <td role="cell" data-label="Warnings">
                {unfolding(below("warnings"), warnings, warnings_below)}
            </td>
        </tr>
    }
    .into_any()
}

/// A number; with something behind it, a button that unfolds it.
fn unfolding(id: String, number: u64, below: Option<AnyView>) -> AnyView {
    let number = format::number(number, lang());
    match below {
        None => view! { <span class="load__number">{number}</span> }.into_any(),
        Some(below) => view! {
            <details class="unfold" id=id>
                <summary class="unfold__head">{number}</summary>
                <div class="unfold__body">{below}</div>
            </details>
        }
        .into_any(),
    }
}

/// `CUSTOMERS: 500`, and what became of them.
fn counts(tables: Vec<TableCountsBody>) -> AnyView {
    let t = &texts().history;
    let number = |count| format::number(count, lang());
    let lines = tables.into_iter().map(|table| {
        let parts = [
            (table.created, t.created),
            (table.updated, t.updated),
            (table.unchanged, t.unchanged),
            (table.failed, say("Refusés", "Refused")),
        ];
        let parts = parts.into_iter().filter(|(count, _)| *count > 0);
        let parts: Vec<String> =
            parts.map(|(count, word)| format!("{} {}", number(count), word.to_lowercase())).collect();
        view! {
            <li>
                <code>{table.table}</code>
                {format!(": {}", number(table.processed))}
                <span class="unfold__faint">{parts.join(", ")}</span>
            </li>
        }
        .into_any()
    });
    view! { <ul class="sentences">{lines.collect_view()}</ul> }.into_any()
}
