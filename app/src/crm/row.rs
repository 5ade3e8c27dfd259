//! One deal of the list.

use chrono::NaiveDate;
use leptos::prelude::*;
use model::Lang;
use model::api::DealBody;
use model::deal_history::DealOrigin;

use super::address;
use super::back::leading_back;
use super::bulk::tick;
use super::due_date::due_date;
use super::order::Column;
use super::origins::marks;
use super::status_form::StatusForm;
use crate::components::{DealStatus, Glyph, Icon};
use crate::i18n::lang;

/// A row of the table. `data-label` is what a card writes before the value.
#[component]
pub(super) fn Row(
    /// The deal.
    deal: DealBody,
    /// Where it comes from.
    origins: Vec<DealOrigin>,
    /// The day it is.
    today: NaiveDate,
    /// The page the row is on.
    here: String,
    /// Whether deals may be changed.
    may_change: bool,
) -> impl IntoView {
    let id = deal.id;
    let status = if may_change {
        view! { <StatusForm id=id client=deal.client.clone() status=deal.statut here=here.clone() /> }
            .into_any()
    } else {
        view! { <DealStatus status=deal.statut /> }.into_any()
    };
    let edit = may_change.then(|| edit(id, &deal.client, &here));
    let due = due_date(&deal, today);
    view! {
        <tr role="row" id=format!("deal-{id}")>
            <td role="cell" class="deals-table__pick">
                {may_change.then(|| tick(id, &deal.client, deal.statut))}
            </td>
            <th role="rowheader" scope="row" class="deals-table__client">
                <a href=leading_back(&address(id), &here)>{deal.client.clone()}</a>
                {edit}
                {marks(origins)}
            </th>
            <td role="cell" class="deals-table__status">
                {status}
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

/// The way to the form of a deal.
fn edit(id: i64, client: &str, here: &str) -> AnyView {
    let name = match lang() {
        Lang::Fr => format!("Modifier {client}"),
        Lang::En => format!("Edit {client}"),
    };
    view! {
        <a
            class="button button--quiet button--icon deals-table__edit"
            id=format!("edit-{id}")
            href=leading_back(&format!("{}/edit", address(id)), here)
            aria-label=name
            data-opens
        >
            <Icon glyph=Glyph::Pencil />
        </a>
    }
    .into_any()
}
