//! The board: deals by status, a column for each.

use hub::Board;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use model::access::Right;

use super::NEW;
use super::back::{BOARD, DEALS, here, leading_back};
use super::board_column::Column;
use super::dialog::DealDialog;
use super::filters::Filters;
use super::notice::notice;
use super::query::Query;
use crate::access::may;
use crate::api::Fault;
use crate::components::{Glyph, Icon};
use crate::ledger::{hub, loaded, say, told};

/// How many cards a column shows at most.
const CARDS: u32 = 50;

/// The page of the board.
#[component]
pub(crate) fn BoardPage() -> impl IntoView {
    let query = Query::from_address(&use_query_map().read_untracked());
    let here = here();
    loaded(load(query), |(query, board)| view! { <Page query=query board=board here=here /> }.into_any())
}

async fn load(query: Query) -> Result<(Query, Board), Fault> {
    let hub = hub()?;
    let moment = hub.moment().await.map_err(told)?;
    let board = hub.board(&query.filter(moment.cold_since()), moment, CARDS).await.map_err(told)?;
    Ok((query, board))
}

#[component]
fn Page(query: Query, board: Board, here: String) -> impl IntoView {
    let Board { columns, options, today } = board;
    let title = say("Pipeline", "Pipeline");
    let may_change = may(Right::Change);
    let table = query.address();
    let columns = columns
        .into_iter()
        .map(|told| {
            let rest = Query { statuses: vec![told.figures.statut], ..query.at_first_page() }.address();
            view! { <Column told=told rest=rest here=here.clone() today=today may_change=may_change /> }
                .into_any()
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
