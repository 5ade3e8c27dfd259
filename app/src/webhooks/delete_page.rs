//! Before a webhook is deleted: what goes.

use leptos::prelude::*;
use leptos_meta::Title;
use model::Lang;
use model::api::WebhookBody;

use super::{LIST, address, id_in_address};
use crate::api::Fault;
use crate::components::{Glyph, Icon};
use crate::i18n::lang;
use crate::ledger::{hub, not_there, say, told};

/// Asks whether it is meant.
#[component]
pub(crate) fn DeletePage() -> impl IntoView {
    let id = id_in_address();
    view! {
        <Suspense>
            {Suspend::new(async move {
                match load(id).await {
                    Ok(webhook) => view! { <Page webhook=webhook /> }.into_any(),
                    Err(fault) => not_there(fault, LIST),
                }
            })}
        </Suspense>
    }
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
    view! {
        <Title text=heading.clone() />
        <div class="page-head ledger__head">
            <a class="link" href=address(id)>
                <Icon glyph=Glyph::ChevronLeft />
                {say("Retour", "Back")}
            </a>
            <h1>{heading}</h1>
        </div>
        <form class="card source-delete" method="post">
            <div>
                <h2>{say("Ce qui disparaît", "What goes")}</h2>
                <p>
                    {say(
                        "L'adresse, le secret et la liste des messages. Ce qui attend encore n'est plus envoyé.",
                        "The address, the secret and the list of messages. What still waits is no longer sent.",
                    )}
                </p>
                <p class="webhook-facts">{url}</p>
            </div>
            <div class="ledger__actions">
                <button class="button button--danger">{say("Supprimer le webhook", "Delete the webhook")}</button>
                <a class="button button--quiet" href=address(id)>
                    {say("Annuler", "Cancel")}
                </a>
            </div>
        </form>
    }
    .into_any()
}
