//! A column of the board: a status, what it comes to, and its cards.

use chrono::NaiveDate;
use hub::BoardColumn;
use leptos::prelude::*;
use model::Lang;
use model::api::DealBody;

use super::address;
use super::back::leading_back;
use super::due_date::due_date;
use super::numbers::deals;
use super::status_form::StatusForm;
use crate::components::DealStatus;
use crate::format;
use crate::i18n::lang;
use crate::ledger::say;

/// The column; the deals that have no card there are behind a link.
#[component]
pub(super) fn Column(
    /// Its figures and cards.
    told: BoardColumn,
    /// The list of all its deals.
    rest: String,
    /// The page of the board.
    here: String,
    /// The day it is.
    today: NaiveDate,
    /// Whether cards may be moved.
    may_change: bool,
) -> impl IntoView {
    let BoardColumn { figures, deals: cards } = told;
    let lang = lang();
    let status = figures.statut;
    let heading = format!("column-{}", status as u8);
    let hidden = figures.nombre_deals.saturating_sub(cards.len() as u64);
    let more = match lang {
        Lang::Fr => format!("Voir les {} autres", format::number(hidden, lang)),
        Lang::En => format!("See the other {}", format::number(hidden, lang)),
    };
    let is_empty = cards.is_empty();
    let weighted = format!("{} {}", figures.valeur_ponderee.display(lang), say("pondérés", "weighted"));
    view! {
        <section class="board-column" aria-labelledby=heading.clone() data-column=status.word()>
            <header class="board-column__head">
                <h2 class="board-column__title" id=heading.clone()>
                    <DealStatus status=status />
                </h2>
                <p class="board-column__count">{deals(figures.nombre_deals)}</p>
                <p class="board-column__amount">{figures.montant_brut.display(lang)}</p>
                <p class="board-column__weighted">{weighted}</p>
            </header>
            <ul class="board-column__cards" data-cards>
                {cards
                    .into_iter()
                    .map(|deal| view! { <Card deal=deal here=here.clone() today=today may_change=may_change /> }.into_any())
                    .collect_view()}
            </ul>
            {is_empty.then(|| view! { <p class="board-column__none">{say("Aucun deal", "No deal")}</p> }.into_any())}
            {(hidden > 0)
                .then(|| {
                    view! {
                        <a class="button button--quiet board-column__more" href=rest>
                            {more}
                        </a>
                    }
                    .into_any()
                })}
        </section>
    }
    .into_any()
}

/// A deal on the board.
#[component]
fn Card(deal: DealBody, here: String, today: NaiveDate, may_change: bool) -> impl IntoView {
    let lang = lang();
    let id = deal.id;
    let due = due_date(&deal, today);
    view! {
        <li class="board-card" draggable=may_change.then_some("true") data-card>
            <p class="board-card__head">
                <a
                    class="board-card__client"
                    id=format!("card-{id}")
                    href=leading_back(&address(id), &here)
                    draggable="false"
                    aria-keyshortcuts=may_change.then_some("ArrowLeft ArrowRight")
                >
                    {deal.client.clone()}
                </a>
                <span class="board-card__amount">{deal.montant_brut.display(lang)}</span>
            </p>
            <p class="board-card__aside">
                {due}
                {deal.assignee.map(|assignee| view! { <span>{assignee}</span> }.into_any())}
            </p>
            {may_change
                .then(|| view! { <StatusForm id=id client=deal.client status=deal.statut here=here /> }.into_any())}
        </li>
    }
    .into_any()
}
