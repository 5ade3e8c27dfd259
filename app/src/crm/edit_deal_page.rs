//! The fields of a deal, to be changed.

use leptos::prelude::*;
use model::Lang;
use model::api::DealBody;

use super::back::{DEALS, back};
use super::deal_form::{DealForm, Known};
use super::deal_typed::DealTyped;
use super::frame::FormPage;
use super::known::known;
use super::{address, id_in_address};
use crate::api::Fault;
use crate::i18n::lang;
use crate::ledger::{found, hub, say, told};

/// The form of a deal that is there.
#[component]
pub(crate) fn EditDealPage() -> impl IntoView {
    let id = id_in_address();
    let back = back();
    found(DEALS, load(id), |(deal, known)| view! { <Page deal=deal known=known back=back /> }.into_any())
}

async fn load(id: i64) -> Result<(DealBody, Known), Fault> {
    let deal = hub()?.deal(id).await.map_err(told)?;
    Ok((deal, known().await))
}

#[component]
fn Page(deal: DealBody, known: Known, back: String) -> impl IntoView {
    let heading = match lang() {
        Lang::Fr => format!("Modifier {}", deal.client),
        Lang::En => format!("Edit {}", deal.client),
    };
    view! {
        <FormPage heading=heading.clone() back=back.clone()>
            <DealForm
                heading=heading
                stored=DealTyped::stored(&deal, lang())
                known=known
                action=format!("{}/edit", address(deal.id))
                back=back
                save=say("Enregistrer", "Save")
            />
        </FormPage>
    }
    .into_any()
}
