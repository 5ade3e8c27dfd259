//! What the syncs of a connection did.

use leptos::prelude::*;
use model::api::ConnectionRunBody;

use super::size::size;
use super::{address, duration, status_of};
use crate::components::RunBadge;
use crate::format;
use crate::i18n::{lang, texts};
use crate::ledger::{Pager, bound, say};
use crate::sources::When;

/// Syncs on one page.
pub(super) const HISTORY: u32 = 20;

/// The tab: a row per sync, newest first; on a narrow screen each is a card.
#[component]
pub(super) fn HistoryTab(
    /// The connection.
    id: i64,
    /// Its syncs.
    runs: Vec<ConnectionRunBody>,
    /// How many come before.
    before: u32,
) -> impl IntoView {
    let shown = runs.len();
    let is_part = before > 0 || shown as u32 == HISTORY;
    view! {
        <section class="card" id="history">
            <div class="card__head">
                <h2>{say("Historique", "History")}</h2>
            </div>
            {is_part.then(|| {
                view! { <Pager address=address(id) name="history" before=before shown=shown size=HISTORY all=None /> }
                    .into_any()
            })}
            {if runs.is_empty() {
                let none = say(
                    "Aucune synchronisation pour le moment. Appuyez sur « Synchroniser » pour la première.",
                    "No sync yet. Press “Sync” for the first one.",
                );
                view! { <p class="sources__lead">{none}</p> }.into_any()
            } else {
                view! { <Table runs=runs /> }.into_any()
            }}
        </section>
    }
    .into_any()
}

#[component]
fn Table(runs: Vec<ConnectionRunBody>) -> impl IntoView {
    let t = &texts().history;
    let head = |label: &'static str| view! { <th role="columnheader" scope="col">{label}</th> }.into_any();
    let number = |label: &'static str| {
        view! { <th role="columnheader" scope="col" class="table__number">{label}</th> }.into_any()
    };
    view! {
        <table class="table run-table" role="table">
            <caption class="visually-hidden">{say("Historique", "History")}</caption>
            <thead role="rowgroup">
                <tr role="row">
                    {head("Date")}
                    {head(t.status)}
                    {head(say("Demandée par", "Asked by"))}
                    {number(t.processed)}
                    {number(t.created)}
                    {number(t.updated)}
                    {number(say("Refusés", "Refused"))}
                    {number(t.duration)}
                    {number(say("Reçu", "Received"))}
                </tr>
            </thead>
            <tbody role="rowgroup">{runs.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn row(run: ConnectionRunBody) -> AnyView {
    let t = &texts().history;
    let (status, lasted) = (status_of(&run), duration(&run));
    let cause = match run.cause.as_str() {
        "schedule" => say("Planification", "Schedule"),
        "service" => say("Le service", "The service"),
        _ => say("Une personne", "A person"),
    };
    let bytes = run.bytes.map_or_else(|| "–".to_owned(), |bytes| size(bytes, lang()));
    let cell = |label: &'static str, value: String| {
        view! {
            <td role="cell" class="table__number" data-label=label>
                {value}
            </td>
        }
        .into_any()
    };
    let count = |label: &'static str, count: u64| cell(label, format::number(count, lang()));
    view! {
        <tr role="row">
            <th role="rowheader" scope="row" class="load__time">
                <When instant=run.started_at />
                <a class="link" href=format!("/runs/{}", run.run_id)>
                    {texts().sync.details}
                </a>
            </th>
            <td role="cell" class="load__status">
                <RunBadge status=status />
                {run.error_message.map(|why| view! { <span class="run-table__why">{bound(&why)}</span> }.into_any())}
            </td>
            <td role="cell" data-label=say("Demandée par", "Asked by")>
                {cause}
            </td>
            {count(t.processed, run.records_processed)}
            {count(t.created, run.records_created)}
            {count(t.updated, run.records_updated)}
            {count(say("Refusés", "Refused"), run.records_failed)}
            {cell(t.duration, lasted)}
            {cell(say("Reçu", "Received"), bytes)}
        </tr>
    }
    .into_any()
}
