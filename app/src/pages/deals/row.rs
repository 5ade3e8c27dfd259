//! One deal.

use leptos::prelude::*;
use model::api::DealBody;

use crate::components::DealStatus;
use crate::format;
use crate::i18n::{lang, texts};

/// A row of the table. `data-label` is what a card writes before the value.
#[component]
pub(super) fn Row(
    /// The deal.
    deal: DealBody,
) -> impl IntoView {
    let (t, lang) = (&texts().deals, lang());
    let due = deal.date_echeance.map(|iso| {
        let shown = format::day(&iso, lang);
        view! { <time datetime=iso>{shown}</time> }.into_any()
    });
    view! {
        <tr role="row">
            <th role="rowheader" scope="row" class="deals-table__client">
                {deal.client}
            </th>
            <td role="cell" class="deals-table__status">
                <DealStatus status=deal.statut />
            </td>
            <td role="cell" class="table__number deals-table__amount">
                {deal.montant_brut.display(lang)}
            </td>
            <td role="cell" class="table__number table__faint" data-label=t.weighted>
                {deal.valeur_ponderee.display(lang)}
            </td>
            <td role="cell" class="table__number" data-label=t.due>
                {due}
            </td>
            <td role="cell" data-label=model::DealField::Assignee.label().get(lang).to_owned()>
                {deal.assignee}
            </td>
            <td role="cell" data-label=model::DealField::Secteur.label().get(lang).to_owned()>
                {deal.secteur}
            </td>
        </tr>
    }
    .into_any()
}
