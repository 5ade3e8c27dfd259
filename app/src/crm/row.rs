//! One deal of the list.

use chrono::NaiveDate;
use leptos::prelude::*;
use model::api::DealBody;
use model::{Lang, Status};

use super::order::Column;
use crate::components::StatusDial;
use crate::format;
use crate::i18n::lang;
use crate::ledger::say;

/// A row of the table. `data-label` is what a card writes before the value.
#[component]
pub(super) fn Row(
    /// The deal.
    deal: DealBody,
    /// The day it is.
    today: NaiveDate,
    /// The page the row is on.
    here: String,
) -> impl IntoView {
    let tick = match lang() {
        Lang::Fr => format!("Cocher {}", deal.client),
        Lang::En => format!("Tick {}", deal.client),
    };
    let is_late = is_late(&deal, today);
    let due = deal.date_echeance.map(|iso| {
        let shown = format::day(&iso, lang());
        let late = is_late
            .then(|| view! { <span class="visually-hidden">{say("en retard", "overdue")}</span> }.into_any());
        view! {
            <time class=is_late.then_some("deals-table__late") datetime=iso>
                {shown}
            </time>
            {late}
        }
        .into_any()
    });
    view! {
        <tr role="row" id=format!("deal-{}", deal.id)>
            <td role="cell" class="deals-table__pick">
                <input
                    class="tick"
                    type="checkbox"
                    id=format!("tick-{}", deal.id)
                    name="id"
                    value=deal.id
                    form="bulk"
                    aria-label=tick
                    autocomplete="off"
                    data-tick
                />
            </td>
            <th role="rowheader" scope="row" class="deals-table__client">
                <a href=format!("/deals/{}", deal.id) data-opens>
                    {deal.client.clone()}
                </a>
            </th>
            <td role="cell" class="deals-table__status">
                {status(deal.id, &deal.client, deal.statut, here)}
            </td>
            <td role="cell" class="table__number deals-table__amount">
                {deal.montant_brut.display(lang())}
            </td>
            <td role="cell" class="table__number table__faint" data-label=Column::Weighted.label()>
                {deal.valeur_ponderee.display(lang())}
            </td>
            <td role="cell" class="table__number" data-label=Column::Due.label()>
                {due}
            </td>
            {word(Column::Assignee, deal.assignee)}
            {word(Column::Sector, deal.secteur)}
        </tr>
    }
    .into_any()
}

/// A name, which may be longer than its column is wide.
fn word(column: Column, word: Option<String>) -> AnyView {
    let title = word.clone();
    view! {
        <td role="cell" class="deals-table__word" data-label=column.label() title=title>
            {word}
        </td>
    }
    .into_any()
}

/// The status, which can be changed where it stands. Without script its form is sent by its button.
fn status(id: i64, client: &str, status: Status, here: String) -> AnyView {
    let options = Status::ALL.map(|one| {
        view! {
            // Its words are its value.
            <option selected=one == status>{one.word()}</option>
        }
        .into_any()
    });
    let label = format!("{} {client}", say("Statut de", "Status of"));
    view! {
        <form class="status-form" method="post" action=format!("/deals/{id}/status") data-background="change">
            <input type="hidden" name="next" value=here />
            <StatusDial status=status>
                <select
                    class="status-form__select"
                    id=format!("status-{id}")
                    name="statut"
                    lang="fr"
                    aria-label=label
                    autocomplete="off"
                >
                    {options.into_iter().collect_view()}
                </select>
            </StatusDial>
            <button class="button button--quiet without-script">{say("Changer", "Change")}</button>
        </form>
    }
    .into_any()
}

/// Whether the day has passed and the deal is still open.
fn is_late(deal: &DealBody, today: NaiveDate) -> bool {
    let due = deal.date_echeance.as_deref().and_then(|day| day.parse::<NaiveDate>().ok());
    deal.statut.is_open() && due.is_some_and(|due| due < today)
}
