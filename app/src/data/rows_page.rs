//! The rows of one table: found, sorted, and taken away as a file.

use axum::http::StatusCode;
use hub::{DataPage, DataQuery};
use leptos::prelude::*;
use leptos_meta::Title;

use super::filters::Filters;
use super::pager::pager;
use super::sheet::Sheet;
use super::texts::{label, row_count, source_page};
use super::{address, drawn};
use crate::components::{Glyph, Icon};
use crate::i18n::lang;
use crate::ledger::say;
use crate::pages::NotFound;

/// What the page shows.
struct Told {
    query: DataQuery,
    page: DataPage,
    sources: Vec<String>,
}

/// The page of a table; the server has put a [`DataQuery`] into the context, unless there is no such table.
#[component]
pub(crate) fn RowsPage() -> impl IntoView {
    let Some(query) = use_context::<DataQuery>() else {
        if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
            response.set_status(StatusCode::NOT_FOUND);
        }
        return view! { <NotFound /> }.into_any();
    };
    drawn("/data", move |hub| load(hub, query), page).into_any()
}

async fn load(hub: hub::Hub, query: DataQuery) -> hub::Result<Told> {
    let page = hub.data(&query).await?;
    let sources = hub.data_sources(query.entity).await?;
    Ok(Told { query, page, sources })
}

fn page(told: Told) -> AnyView {
    let Told { query, page, sources } = told;
    let title = label(query.entity);
    let total = page.total;
    let check = query.check.map(|check| {
        let (name, advice) = (check.label.get(lang()).to_owned(), check.advice.get(lang()).to_owned());
        let back = query.source.as_ref().map(|source| {
            view! {
                <a class="link" href=source_page(source, "/quality")>
                    {say("Voir tout le rapport de qualité", "See the whole quality report")}
                </a>
            }
            .into_any()
        });
        let without = address::rows(&DataQuery { check: None, offset: 0, ..query.clone() });
        view! {
            <div class="found">
                <p>
                    <strong>{name}</strong>
                </p>
                <p>{advice}</p>
                <p class="found__ways">
                    {back} <a class="link" href=without>
                        {say("Voir toutes les lignes", "See all rows")}
                    </a>
                </p>
            </div>
        }
        .into_any()
    });
    let export = address::export(&query);
    view! {
        <Title text=title.clone() />
        <div class="page-head ledger__head">
            <a class="link" href="/data">
                <Icon glyph=Glyph::ChevronLeft />
                {say("Données", "Data")}
            </a>
            <h1>{title}</h1>
        </div>
        <section class="card rows">
            {check}
            <Filters query=query.clone() sources=sources />
            <div class="rows__head">
                <p role="status">{row_count(total)}</p>
                {(total > 0).then(|| {
                    view! {
                        <a class="button" href=export download="">
                            <Icon glyph=Glyph::Export />
                            {say("Exporter en CSV", "Export as CSV")}
                        </a>
                    }
                    .into_any()
                })}
            </div>
            {if total == 0 {
                let all = address::table(query.entity);
                let sentence = if query.is_filtered() {
                    say("Aucune ligne ne correspond à ces filtres.", "No row fits these filters.")
                } else {
                    say(
                        "Cette table est vide : aucune source n'y a encore apporté de ligne.",
                        "This table is empty: no source has brought a row yet.",
                    )
                };
                view! {
                    <p class="rows__none">{sentence}</p>
                    {query.is_filtered().then(|| {
                        view! { <p><a class="link" href=all>{say("Voir toutes les lignes", "See all rows")}</a></p> }
                            .into_any()
                    })}
                }
                    .into_any()
            } else {
                let asked = query.clone();
                let at = move |offset| address::rows(&DataQuery { offset, ..asked.clone() });
                view! {
                    <Sheet query=query.clone() rows=page.rows />
                    {pager(query.offset, u64::from(query.limit.max(1)), total, at)}
                }
                    .into_any()
            }}
        </section>
    }
    .into_any()
}
