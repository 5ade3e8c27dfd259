//! What became of a test message.

use leptos::prelude::*;
use model::Lang;
use model::api::DeliveryBody;

use crate::components::{Notice, Tone};
use crate::i18n::lang;
use crate::ledger::{bound, say};

/// A test message that was just sent; in the context, the page shows what became of it.
#[derive(Clone)]
pub struct WebhookTested(pub DeliveryBody);

/// The outcome of a test.
#[component]
pub(super) fn TestOutcome(
    /// The message.
    delivery: DeliveryBody,
) -> impl IntoView {
    let (tone, title) = match delivery.status.as_str() {
        "delivered" => (Tone::Good, say("Le message d'essai est arrivé", "The test message arrived")),
        _ => (Tone::Bad, say("Le message d'essai n'est pas arrivé", "The test message did not arrive")),
    };
    let answer = delivery.response_status.map(|status| match lang() {
        Lang::Fr => format!("Le destinataire a répondu {status}."),
        Lang::En => format!("The receiver answered {status}."),
    });
    let lines: Vec<String> = delivery.error.map(|why| bound(&why)).or(answer).into_iter().collect();
    view! {
        <div class="webhook-told" role="status">
            <Notice tone=tone title=title lines=lines />
        </div>
    }
    .into_any()
}
