//! Before several deals are deleted: how many, whose, and of how much.

use leptos::prelude::*;
use model::api::DealBody;
use model::{Lang, Money};

use super::back::{back, next_field};
use super::frame::FormPage;
use super::numbers::deals;
use crate::i18n::lang;
use crate::ledger::{bound, say};

/// How many clients are named.
const NAMED: usize = 5;

/// The deals that were ticked to be deleted; in the context, the page asks whether it is meant.
#[derive(Clone)]
pub struct BulkDeletion(pub Vec<DealBody>);

/// Asks whether it is meant; without ticked deals it leads back.
#[component]
pub(crate) fn BulkDeletePage() -> impl IntoView {
    let back = back();
    let BulkDeletion(ticked) = use_context().unwrap_or(BulkDeletion(Vec::new()));
    let count = ticked.len() as u64;
    let amount = Money::from_cents(ticked.iter().map(|deal| deal.montant_brut.cents()).sum());
    let amount = amount.display(lang());
    let (heading, question) = match lang() {
        Lang::Fr => (
            format!("Supprimer {}", deals(count)),
            format!("Au total {amount} quittent la liste et les chiffres :"),
        ),
        Lang::En => {
            (format!("Delete {}", deals(count)), format!("In total {amount} leave the list and the figures:"))
        }
    };
    let others = ticked.len().saturating_sub(NAMED) as u64;
    let others = (others > 0).then(|| match lang() {
        Lang::Fr => format!("et {} de plus", deals(others)),
        Lang::En => format!("and {} more", deals(others)),
    });
    let named = ticked
        .iter()
        .take(NAMED)
        .map(|deal| {
            view! { <li>{format!("{} ({})", deal.client, deal.montant_brut.display(lang()))}</li> }.into_any()
        })
        .collect_view();
    let ids = ticked
        .iter()
        .map(|deal| view! { <input type="hidden" name="id" value=deal.id /> }.into_any())
        .collect_view();
    view! {
        <FormPage heading=heading.clone() back=back.clone()>
            <form class="deal-question" method="post" action="/deals/bulk/delete" data-dialog-part data-title=heading>
                {next_field(back.clone())}
                {ids}
                <p>{bound(&question)}</p>
                <ul class="deal-question__named">
                    {named}
                    {others.map(|others| view! { <li>{others}</li> }.into_any())}
                </ul>
                <p class="deal-question__aside">
                    {say(
                        "Vous pourrez annuler juste après. Les services dont ils viennent ne sont pas touchés.",
                        "You can undo this right afterwards. The services they came from are not touched.",
                    )}
                </p>
                <div class="deal-form__actions">
                    <button class="button button--danger">
                        {say("Supprimer ces deals", "Delete these deals")}
                    </button>
                    <a class="button button--quiet" href=back data-close autofocus>
                        {say("Annuler", "Cancel")}
                    </a>
                </div>
            </form>
        </FormPage>
    }
    .into_any()
}
