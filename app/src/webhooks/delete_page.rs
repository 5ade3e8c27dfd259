//! Before a webhook is deleted: what goes.

use leptos::prelude::*;
use model::Lang;
use model::api::WebhookBody;

use super::{LIST, address, id_in_address};
use crate::api::Fault;
use crate::i18n::lang;
use crate::ledger::{ConfirmDelete, found, hub, say, told};

/// Asks whether it is meant.
#[component]
pub(crate) fn DeletePage() -> impl IntoView {
    let id = id_in_address();
    found(LIST, load(id), |webhook| view! { <Page webhook=webhook /> }.into_any())
}

async fn load(id: i64) -> Result<WebhookBody, Fault> {
    hub()?.webhook(id, lang()).await.map_err(told)
}

#[component]
fn Page(webhook: WebhookBody) -> impl IntoView {
    let WebhookBody { id, title, url, .. } = webhook;
    let heading = match lang() {
        Lang::Fr => format!("Supprimer {title}"),
        Lang::En => format!("Delete {title}"),
    };
    let goes = view! {
        <p>
            {say(
                "L'adresse, le secret et la liste des messages. Ce qui attend encore n'est plus envoyé.",
                "The address, the secret and the list of messages. What still waits is no longer sent.",
            )}
        </p>
        <p class="webhook-facts">{url}</p>
    };
    view! {
        <ConfirmDelete
            heading=heading
            back=address(id)
            goes=goes.into_any()
            button=say("Supprimer le webhook", "Delete the webhook")
        />
    }
}
