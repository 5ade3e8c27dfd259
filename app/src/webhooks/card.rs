//! One webhook in the list.

use leptos::prelude::*;
use model::api::WebhookBody;

use super::address;
use super::event_words::event_words;
use super::standing::Standing;
use super::test_button::TestButton;
use crate::ledger::{bound, say};

/// The card of a webhook: where it leads, what it is told, how it stands.
#[component]
pub(super) fn Card(
    /// The webhook.
    webhook: WebhookBody,
) -> impl IntoView {
    let WebhookBody { id, title, url, events, disabled, .. } = webhook.clone();
    let heading = format!("webhook-{id}");
    let events: Vec<String> = events.iter().map(|word| event_words(word)).collect();
    view! {
        <li class="card source" aria-labelledby=heading.clone()>
            <div class="source__head">
                <h3 class="source__name" id=heading.clone()>
                    <a class="connection__link" href=address(id)>
                        {title}
                    </a>
                </h3>
                <Standing webhook=webhook />
            </div>
            <dl class="facts webhook-facts">
                <div class="fact">
                    <dt>{say("Adresse", "Address")}</dt>
                    <dd>{url}</dd>
                </div>
                <div class="fact">
                    <dt>{say("Événements", "Events")}</dt>
                    <dd>{events.join(", ")}</dd>
                </div>
            </dl>
            {disabled.map(|why| view! { <p class="source__trouble">{bound(&why)}</p> }.into_any())}
            <div class="source__actions">
                <TestButton id=id described_by=heading.clone() />
                <a class="button button--quiet" href=address(id) aria-describedby=heading.clone()>
                    {say("Ouvrir", "Open")}
                </a>
            </div>
        </li>
    }
    .into_any()
}
