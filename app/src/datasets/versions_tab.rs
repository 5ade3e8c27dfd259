//! The versions of a dataset: when each came, and what it changed.

use leptos::prelude::*;
use model::api::DatasetVersionBody;

use super::address;
use crate::data::pager;
use crate::format;
use crate::i18n::{lang, texts};
use crate::ledger::{bound, say};
use crate::sources::When;

/// The tab: a row per version, the newest first; on a narrow screen each is a card.
#[component]
pub(super) fn VersionsTab(
    /// The dataset.
    id: i64,
    /// All of its versions.
    versions: Vec<DatasetVersionBody>,
    /// At most that many are shown.
    limit: u32,
    /// After that many.
    offset: u32,
) -> impl IntoView {
    let total = versions.len() as u64;
    let title = "Versions";
    let head = |label: &'static str| view! { <th role="columnheader" scope="col">{label}</th> }.into_any();
    let number = |label: &'static str| {
        view! { <th role="columnheader" scope="col" class="table__number">{label}</th> }.into_any()
    };
    let lines =
        versions.into_iter().skip(offset as usize).take(limit as usize).map(|version| line(id, version));
    let lines = lines.collect_view();
    let at = move |offset| address::part(id, "versions", None, offset, limit);
    view! {
        <section class="card">
            <h2>{title}</h2>
            {if total == 0 {
                view! { <p class="rows__none">{say("Aucune version pour le moment.", "No version yet.")}</p> }.into_any()
            } else {
                view! {
                    <table class="table dataset-versions" role="table">
                        <caption class="visually-hidden">{title}</caption>
                        <thead role="rowgroup">
                            <tr role="row">
                                {head("Version")}
                                {number(say("Lignes", "Rows"))}
                                {number(say("Ajoutées", "Added"))}
                                {number(say("Modifiées", "Changed"))}
                                {number(say("Retirées", "Removed"))}
                                {head(say("Colonnes", "Columns"))}
                            </tr>
                        </thead>
                        <tbody role="rowgroup">{lines}</tbody>
                    </table>
                    {pager(u64::from(offset), u64::from(limit), total, at)}
                }
                    .into_any()
            }}
        </section>
    }
    .into_any()
}

fn line(id: i64, version: DatasetVersionBody) -> AnyView {
    let DatasetVersionBody {
        version: number,
        run_id,
        row_count,
        created,
        updated,
        removed,
        drift,
        created_at,
        ..
    } = version;
    let count = |label: &'static str, count: u64| {
        view! {
            <td role="cell" class="table__number" data-label=label>
                {format::number(count, lang())}
            </td>
        }
        .into_any()
    };
    let drift =
        drift.into_iter().map(|text| view! { <li>{bound(&text)}</li> }.into_any()).collect::<Vec<_>>();
    let drift = (!drift.is_empty()).then(|| view! { <ul>{drift}</ul> }.into_any());
    view! {
        <tr role="row">
            <th role="rowheader" scope="row" class="dataset-versions__name">
                <a class="link" href=address::tab(id, "rows", Some(number))>
                    {format!("Version {number}")}
                </a>
                <When instant=created_at />
                <span class="dataset-versions__ways">
                    <a class="link" href=address::tab(id, "differences", Some(number))>
                        {say("Différences", "Differences")}
                    </a>
                    <a class="link" href=format!("/runs/{run_id}")>
                        {texts().sync.details}
                    </a>
                </span>
            </th>
            {count(say("Lignes", "Rows"), row_count)}
            {count(say("Ajoutées", "Added"), created)}
            {count(say("Modifiées", "Changed"), updated)}
            {count(say("Retirées", "Removed"), removed)}
            <td role="cell" class="dataset-versions__drift">{drift}</td>
        </tr>
    }
    .into_any()
}
