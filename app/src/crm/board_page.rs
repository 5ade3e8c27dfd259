//! The board: deals by status, a column for each.

use hub::BoardColumn;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use model::access::Right;

use super::NEW;
use super::back::{BOARD, DEALS, here, leading_back};
use super::board_column::Column;
use super::dialog::DealDialog;
use super::notice::notice;
use super::query::Query;
use crate::access::may;
use crate::api::Fault;
use crate::components::{ErrorState, Glyph, Icon};
use crate::ledger::{hub, say, told};

/// How many cards a column shows at most.
const CARDS: u32 = 50;

/// The page of the board.
#[component]
pub(crate) fn BoardPage() -> impl IntoView {
    let query = Query::from_address(&use_query_map().read_untracked());
    let here = here();
    view! {
        <Suspense>
            {Suspend::new(async move {
                match load(&query).await {
                    Ok(columns) => view! { <Page query=query columns=columns here=here /> }.into_any(),
                    Err(fault) => view! { <ErrorState fault=fault /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

async fn load(query: &Query) -> Result<Vec<BoardColumn>, Fault> {
    let hub = hub()?;
    let moment = hub.moment().await.map_err(told)?;
    hub.board(&query.filter(moment.cold_since()), moment, CARDS).await.map_err(told)
}

#[component]
fn Page(query: Query, columns: Vec<BoardColumn>, here: String) -> impl IntoView {
    let title = say("Pipeline", "Pipeline");
    let may_change = may(Right::Change);
    let table = query.address();
    let others = other_filters(&query);
    let columns = columns
        .into_iter()
        .map(|told| {
            let rest = Query { statuses: vec![told.figures.statut], ..query.at_first_page() }.address();
            view! { <Column told=told rest=rest here=here.clone() may_change=may_change /> }.into_any()
        })
        .collect_view();
    view! {
        <Title text=title />
        <div class="page-head source-head">
            <a class="link" href=table.clone()>
                <Icon glyph=Glyph::ChevronLeft />
                {say("Deals", "Deals")}
            </a>
            <div class="sources__head">
                <h1>{title}</h1>
                <div class="source__actions">
                    {may_change
                        .then(|| {
                            view! {
                                <a
                                    class="button button--primary"
                                    id="new-deal"
                                    href=leading_back(NEW, &here)
                                    data-opens
                                    data-new
                                >
                                    {say("Nouveau deal", "New deal")}
                                </a>
                            }
                            .into_any()
                        })}
                </div>
            </div>
        </div>
        {notice()}
        <form class="board-search search" role="search" action=BOARD>
            <label class="visually-hidden" for="search">
                {say("Chercher un client ou dans les notes", "Search clients and notes")}
            </label>
            <Icon glyph=Glyph::Search />
            <input
                id="search"
                class="search__input"
                type="search"
                name="q"
                value=query.words.clone()
                placeholder=say("Client ou notes", "Client or notes")
                autocomplete="off"
            />
            {others}
            <button class="search__submit">{say("Chercher", "Search")}</button>
        </form>
        <div class="board" id="board" data-part data-board tabindex="0" role="region" aria-label=title>
            {columns}
        </div>
        {(table != DEALS)
            .then(|| {
                view! {
                    <p class="board-all">
                        <a class="link" href=BOARD>
                            {say("Montrer tous les deals", "Show every deal")}
                        </a>
                    </p>
                }
                .into_any()
            })}
        <DealDialog />
    }
    .into_any()
}

/// What else is asked for stays when other words are searched.
fn other_filters(query: &Query) -> AnyView {
    let others = Query { words: String::new(), ..query.clone() };
    let mut fields = others.filters("q");
    fields.extend(query.cold.then(|| ("froid", "1".to_owned())));
    let fields = fields
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> }.into_any());
    fields.collect_view().into_any()
}
