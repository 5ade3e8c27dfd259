//! The five tables, with how many rows each source has brought.

use hub::DataQuery;
use leptos::prelude::*;
use leptos_meta::Title;
use model::canonical::Entity;

use super::texts::{label, row_count};
use super::{address, drawn};
use crate::components::{EmptyState, Glyph, Icon};
use crate::ledger::say;

type Tables = Vec<(Entity, Vec<(String, u64)>)>;

/// The page `/data`.
#[component]
pub(crate) fn OverviewPage() -> impl IntoView {
    drawn("/", |hub: hub::Hub| async move { hub.data_counts().await }, page)
}

fn page(tables: Tables) -> AnyView {
    let title = say("Données", "Data");
    let is_empty = tables.iter().all(|(_, sources)| sources.is_empty());
    let cards = tables.into_iter().map(|(entity, sources)| card(entity, sources)).collect_view();
    view! {
        <Title text=title />
        <div class="page-head">
            <h1>{title}</h1>
            <p class="page-head__lead">
                {say(
                    "Ce que vos sources ont apporté, dans cinq tables.",
                    "What your sources have brought, in five tables.",
                )}
            </p>
        </div>
        {if is_empty {
            view! {
                <EmptyState
                    title=say("Rien n'a encore été chargé", "Nothing has been loaded yet")
                    text=say(
                        "Les lignes apparaissent ici après la première synchronisation d'une source.",
                        "Rows appear here after the first sync of a source.",
                    )
                    action=("/connectors", say("Voir les connecteurs", "See the connectors"))
                />
            }
                .into_any()
        } else {
            view! { <ul class="tables">{cards}</ul> }.into_any()
        }}
    }
    .into_any()
}

fn card(entity: Entity, sources: Vec<(String, u64)>) -> AnyView {
    let rows = sources.iter().map(|(_, rows)| rows).sum();
    let lines = sources
        .into_iter()
        .map(|(source, rows)| {
            let query = DataQuery { source: Some(source.clone()), ..DataQuery::all(entity) };
            view! {
                <li class="tables__source">
                    <a href=address::rows(&query)>{source}</a>
                    <span>{row_count(rows)}</span>
                </li>
            }
            .into_any()
        })
        .collect_view();
    view! {
        <li class="card tables__card">
            <h2>
                <a class="link" href=address::table(entity)>
                    {label(entity)}
                    <Icon glyph=Glyph::ChevronRight />
                </a>
            </h2>
            <p class="tables__rows">{row_count(rows)}</p>
            <ul>{lines}</ul>
        </li>
    }
    .into_any()
}
