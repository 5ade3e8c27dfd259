//! The board: deals by status, a column for each.

use chrono::TimeDelta;
use hub::DealFilter;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use model::access::Right;
use model::api::DealBody;
use model::dashboard::{FilterOptions, StatusFigures};

use super::NEW;
use super::back::{BOARD, DEALS, here, leading_back};
use super::board_column::Column;
use super::dialog::DealDialog;
use super::filters::Filters;
use super::notice::notice;
use super::query::Query;
use crate::access::may;
use crate::api::Fault;
use crate::components::{ErrorState, Glyph, Icon};
use crate::ledger::{hub, say, told};

/// How many cards a column shows at most.
pub(super) const CARDS: u32 = 50;

/// A column: what it comes to, and its first cards.
pub(super) struct Told {
    pub(super) figures: StatusFigures,
    pub(super) deals: Vec<DealBody>,
}

/// The columns, and what their deals can be filtered by.
struct Board {
    columns: Vec<Told>,
    options: FilterOptions,
}

/// The page of the board.
#[component]
pub(crate) fn BoardPage() -> impl IntoView {
    let query = Query::from_address(&use_query_map().read_untracked());
    let here = here();
    view! {
        <Suspense>
            {Suspend::new(async move {
                match load(&query).await {
                    Ok(board) => view! { <Page query=query board=board here=here /> }.into_any(),
                    Err(fault) => view! { <ErrorState fault=fault /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

/// The columns that the filter leaves.
async fn load(query: &Query) -> Result<Board, Fault> {
    let hub = hub()?;
    let cold_days = hub.cold_days().await.map_err(told)?;
    let mut filter = query.filter(hub.time() - TimeDelta::days(cold_days.into()));
    let figures = hub.status_figures(&filter).await.map_err(told)?;
    (filter.limit, filter.offset) = (Some(CARDS), 0);
    let mut columns = Vec::with_capacity(figures.len());
    for figures in figures {
        if !query.statuses.is_empty() && !query.statuses.contains(&figures.statut) {
            continue;
        }
        filter.statut = vec![figures.statut.word().to_owned()];
        let deals = if figures.nombre_deals == 0 {
            Vec::new()
        } else {
            hub.deals(&filter).await.map_err(told)?.deals
        };
        columns.push(Told { figures, deals });
    }
    let options = hub.filter_options(&DealFilter::default()).await.map_err(told)?;
    Ok(Board { columns, options })
}

#[component]
fn Page(query: Query, board: Board, here: String) -> impl IntoView {
    let Board { columns, options } = board;
    let title = say("Pipeline", "Pipeline");
    let may_change = may(Right::Change);
    let table = query.address();
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
            <div id="to-table" data-part>
                <a class="link" href=table.clone()>
                    <Icon glyph=Glyph::ChevronLeft />
                    {say("Deals", "Deals")}
                </a>
            </div>
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
        <div class="board-filters">
            <Filters query=query options=options action=BOARD />
        </div>
        <div class="board" id="board" data-part data-board tabindex="0" role="region" aria-label=title>
            {columns}
        </div>
        <div id="board-all" data-part>
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
        </div>
        <DealDialog />
    }
    .into_any()
}
