//! The deals as a table; on a narrow screen each row is a card.

use leptos::prelude::*;
use model::DealField;
use model::api::DealBody;

use super::row::Row;
use crate::i18n::{lang, texts};

/// The table of one page of deals. The roles are named because cards undo the table's own.
#[component]
pub(super) fn List(
    /// The deals of this page.
    deals: Vec<DealBody>,
) -> impl IntoView {
    let (t, lang) = (&texts().deals, lang());
    let label = |field: DealField| field.label().get(lang).to_owned();
    view! {
        <table class="table deals-table" role="table">
            <caption class="visually-hidden">{t.caption}</caption>
            <thead role="rowgroup">
                <tr role="row">
                    <th role="columnheader" scope="col">{label(DealField::Client)}</th>
                    <th role="columnheader" scope="col">{label(DealField::Statut)}</th>
                    <th role="columnheader" scope="col" class="table__number">{t.amount_column}</th>
                    <th role="columnheader" scope="col" class="table__number">{t.weighted}</th>
                    <th role="columnheader" scope="col" class="table__number">{t.due}</th>
                    <th role="columnheader" scope="col">{label(DealField::Assignee)}</th>
                    <th role="columnheader" scope="col">{label(DealField::Secteur)}</th>
                </tr>
            </thead>
            <tbody role="rowgroup">{deals.into_iter().map(|deal| view! { <Row deal=deal /> }.into_any()).collect_view()}</tbody>
        </table>
    }
    .into_any()
}
