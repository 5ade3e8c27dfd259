//! The syncs of every source that began last.

use leptos::prelude::*;
use model::api::LoadBody;

use super::when::When;
use super::{address, duration, status_of};
use crate::components::RunBadge;
use crate::format;
use crate::i18n::{lang, texts};
use crate::ledger::say;

/// A row per sync, newest first; on a narrow screen each is a card.
#[component]
pub(super) fn Recent(
    /// The source's name, its kind as people call it unless it was deleted, and the sync.
    loads: Vec<(String, Option<String>, LoadBody)>,
) -> impl IntoView {
    let t = &texts().history;
    let rows = loads.into_iter().map(|(name, kind, load)| row(name, kind, load));
    view! {
        <table class="table recent-table" role="table">
            <caption class="visually-hidden">{say("Dernières Syncs", "Recent syncs")}</caption>
            <thead role="rowgroup">
                <tr role="row">
                    <th role="columnheader" scope="col">"Date"</th>
                    <th role="columnheader" scope="col">{say("Connecteur", "Connector")}</th>
                    <th role="columnheader" scope="col">"Type"</th>
                    <th role="columnheader" scope="col">"Status"</th>
                    <th role="columnheader" scope="col" class="table__number">"Records"</th>
                    <th role="columnheader" scope="col" class="table__number">{t.duration}</th>
                </tr>
            </thead>
            <tbody role="rowgroup">{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn row(name: String, kind: Option<String>, load: LoadBody) -> AnyView {
    let status = status_of(&load);
    let name = match kind {
        Some(_) => view! { <a href=address(&name)>{name.clone()}</a> }.into_any(),
        None => name.into_any(),
    };
    view! {
        <tr role="row">
            <th role="rowheader" scope="row" class="recent-table__time">
                <When instant=load.timestamp.clone() />
                <a class="link" href=format!("/runs/{}", load.run_id)>
                    {texts().sync.details}
                </a>
            </th>
            <td role="cell" class="recent-table__name">
                {name}
            </td>
            <td role="cell" class="recent-table__kind">
                {kind.unwrap_or_else(|| say("supprimé", "deleted").to_owned())}
            </td>
            <td role="cell" class="recent-table__status">
                <RunBadge status=status />
            </td>
            <td role="cell" class="table__number" data-label="Records">
                {format::number(load.processed(), lang())}
            </td>
            <td role="cell" class="table__number" data-label=texts().history.duration>
                {duration(&load)}
            </td>
        </tr>
    }
    .into_any()
}
