//! Before a deal is deleted: whose, and of how much.

use leptos::prelude::*;
use model::Lang;
use model::api::DealBody;

use super::back::{DEALS, back, next_field};
use super::frame::FormPage;
use super::{address, id_in_address};
use crate::api::Fault;
use crate::i18n::lang;
use crate::ledger::{bound, found, hub, say, told};

/// Asks whether it is meant.
#[component]
pub(crate) fn DeleteDealPage() -> impl IntoView {
    let id = id_in_address();
    let back = back();
    found(DEALS, load(id), |deal| view! { <Page deal=deal back=back /> }.into_any())
}

async fn load(id: i64) -> Result<DealBody, Fault> {
    hub()?.deal(id).await.map_err(told)
}

#[component]
fn Page(deal: DealBody, back: String) -> impl IntoView {
    let (client, amount) = (&deal.client, deal.montant_brut.display(lang()));
    let (heading, question) = match lang() {
        Lang::Fr => (
            format!("Supprimer {client}"),
            format!("Le deal « {client} », d'un montant de {amount}, quitte la liste et les chiffres."),
        ),
        Lang::En => (
            format!("Delete {client}"),
            format!("The deal “{client}”, worth {amount}, leaves the list and the figures."),
        ),
    };
    view! {
        <FormPage heading=heading.clone() back=back.clone()>
            <form
                class="deal-question"
                method="post"
                action=format!("{}/delete", address(deal.id))
                data-dialog-part
                data-title=heading
            >
                {next_field(back.clone())}
                <p>{bound(&question)}</p>
                <p class="deal-question__aside">
                    {say(
                        "Vous pourrez annuler juste après. Le service dont il vient n'est pas touché.",
                        "You can undo this right afterwards. The service it came from is not touched.",
                    )}
                </p>
                <div class="deal-form__actions">
                    <button class="button button--danger">{say("Supprimer le deal", "Delete the deal")}</button>
                    <a class="button button--quiet" href=back data-close autofocus>
                        {say("Annuler", "Cancel")}
                    </a>
                </div>
            </form>
        </FormPage>
    }
    .into_any()
}
