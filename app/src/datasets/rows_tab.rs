//! The rows of a version: found, sorted, and taken away as a file.

use hub::{DatasetPage, DatasetQuery};
use leptos::prelude::*;
use model::dataset::Column;

use super::address;
use super::exports::Exports;
use super::row_filter::RowFilter;
use super::sheet::Sheet;
use crate::api::Fault;
use crate::components::{Notice, Tone};
use crate::data::{pager, row_count};
use crate::ledger::say;

/// The rows that fit, or why it cannot be told which do.
pub(super) struct Found {
    /// What is asked for.
    pub(super) query: DatasetQuery,
    /// The columns of the version.
    pub(super) columns: Vec<Column>,
    /// The rows.
    pub(super) page: Result<DatasetPage, Fault>,
}

/// The tab.
#[component]
pub(super) fn RowsTab(
    /// The dataset.
    id: i64,
    /// What is asked for, and what was found.
    found: Found,
) -> impl IntoView {
    let Found { query, columns, page } = found;
    let result = match page {
        Err(fault) => {
            let title = say("Ce filtre ne peut pas être appliqué", "This filter cannot be applied");
            view! {
                <div class="rows__fault" role="alert">
                    <Notice tone=Tone::Bad title=title lines=fault.lines() />
                </div>
            }
            .into_any()
        }
        Ok(page) if page.total == 0 => none(id, &query),
        Ok(page) => {
            let (total, size) = (page.total, u64::from(query.limit.max(1)));
            let asked = query.clone();
            let at = move |offset| address::rows(id, &DatasetQuery { offset, ..asked.clone() });
            view! {
                <div class="rows__head">
                    <p role="status">{row_count(total)}</p>
                    <Exports id=id query=query.clone() />
                </div>
                <Sheet id=id query=query.clone() page=page />
                {pager(query.offset, size, total, at)}
            }
            .into_any()
        }
    };
    view! {
        <section class="card rows">
            <h2 class="visually-hidden">{say("Lignes", "Rows")}</h2>
            <RowFilter id=id query=query columns=columns />
            {result}
        </section>
    }
    .into_any()
}

fn none(id: i64, query: &DatasetQuery) -> AnyView {
    let all = DatasetQuery { filter: model::dataset::Filter::default(), offset: 0, ..query.clone() };
    let sentence = match (query.filter.is_all(), query.version) {
        (false, _) => say("Aucune ligne ne correspond à ces filtres.", "No row fits these filters."),
        (true, None) => say(
            "Ce jeu de données est vide : sa connexion n'a pas encore apporté de ligne.",
            "This dataset is empty: its connection has not brought a row yet.",
        ),
        (true, Some(_)) => say("Cette version est vide.", "This version is empty."),
    };
    let whole = (!query.filter.is_all()).then(|| {
        view! {
            <p>
                <a class="link" href=address::rows(id, &all)>
                    {say("Voir toutes les lignes", "See all rows")}
                </a>
            </p>
        }
        .into_any()
    });
    view! {
        <p class="rows__none" role="status">{crate::ledger::bound(sentence)}</p>
        {whole}
    }
    .into_any()
}
