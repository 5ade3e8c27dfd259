//! The deals as a table whose headings sort; on a narrow screen each row is a card.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use leptos::prelude::*;
use model::access::Right;
use model::api::DealBody;
use model::deal_history::DealOrigin;

use super::bulk::tick_all;
use super::order::Column;
use super::query::Query;
use super::row::Row;
use crate::access::may;
use crate::components::{Glyph, Icon};
use crate::ledger::say;

/// The table of one page of deals. The roles are named because cards undo the table's own.
#[component]
pub(super) fn DealTable(
    /// What is asked for.
    query: Query,
    /// The deals of this page.
    deals: Vec<DealBody>,
    /// Where they come from, by id.
    mut origins: BTreeMap<i64, Vec<DealOrigin>>,
    /// The day it is.
    today: NaiveDate,
) -> impl IntoView {
    let headings = Column::ALL.map(|column| heading(&query, column));
    let here = query.address();
    let may_change = may(Right::Change);
    let rows = deals.into_iter().map(|deal| {
        let origins = origins.remove(&deal.id).unwrap_or_default();
        view! { <Row deal=deal origins=origins today=today here=here.clone() may_change=may_change /> }
            .into_any()
    });
    let orders = Column::ALL.map(|column| {
        let href = Query { order: query.order.pressed(column), ..query.at_first_page() }.address();
        view! {
            <a class="menu__item" href=href>
                {column.label()} {arrow(&query, column)}
            </a>
        }
        .into_any()
    });
    view! {
        // For narrow screens, where there are no headings.
        <details class="menu sort-menu">
            <summary class="button">{say("Trier", "Sort")} <Icon glyph=Glyph::ChevronDown /></summary>
            <div class="menu__list">{orders.into_iter().collect_view()}</div>
        </details>
        <table class="table deals-table" role="table">
            <caption class="visually-hidden">{say("Liste des deals", "List of deals")}</caption>
            <thead role="rowgroup">
                <tr role="row">
                    <th role="columnheader" scope="col" class="deals-table__pick">
                        <span class="visually-hidden">{say("Choix", "Choice")}</span>
                        {may_change.then(tick_all)}
                    </th>
                    {headings.into_iter().collect_view()}
                </tr>
            </thead>
            <tbody role="rowgroup">{rows.collect_view()}</tbody>
        </table>
    }
}

fn heading(query: &Query, column: Column) -> AnyView {
    let descends = query.order.descends(column);
    let way = descends.map(|descends| if descends { "descending" } else { "ascending" });
    let class = column.is_number().then_some("table__number");
    let href = Query { order: query.order.pressed(column), ..query.at_first_page() }.address();
    view! {
        <th role="columnheader" scope="col" class=class aria-sort=way>
            <a id=format!("sort-{}", column.key()) href=href>
                {column.label()} <span aria-hidden="true">{arrow(query, column)}</span>
            </a>
        </th>
    }
    .into_any()
}

/// Which way a column is sorted, if it is.
fn arrow(query: &Query, column: Column) -> Option<&'static str> {
    query.order.descends(column).map(|descends| if descends { " ↓" } else { " ↑" })
}
