//! Whether a webhook is sent messages, and what they are signed with.

use leptos::prelude::*;
use model::access::Right;
use model::api::WebhookBody;

use super::address;
use crate::ledger::{bound, say};
use crate::permitted::Permitted;

/// The switch of a webhook, and the renewal of its secret.
#[component]
pub(super) fn Sending(
    /// The webhook.
    webhook: WebhookBody,
) -> impl IntoView {
    let WebhookBody { id, is_active, disabled, .. } = webhook;
    let goes_on = is_active && disabled.is_none();
    let (now, to, label) = if goes_on {
        (say("Les messages sont envoyés.", "Messages are sent."), "false", say("Désactiver", "Switch off"))
    } else {
        (
            say(
                "Rien n'est envoyé. Ce qui est en attente part dès que le webhook est activé.",
                "Nothing is sent. What is waiting goes out as soon as the webhook is switched on.",
            ),
            "true",
            if disabled.is_some() {
                say("Réactiver", "Switch on again")
            } else {
                say("Activer", "Switch on")
            },
        )
    };
    view! {
        <section class="card webhook-section">
            <h2>{say("Envoi et signature", "Sending and signature")}</h2>
            {disabled.map(|why| view! { <p class="source__trouble">{bound(&why)}</p> }.into_any())}
            <Permitted right=Right::Change>
                <form class="webhook-section__act" method="post" action=format!("{}/active", address(id))>
                    <p id="sending-now">{now}</p>
                    <button class="button" name="active" value=to aria-describedby="sending-now">
                        {label}
                    </button>
                </form>
                <form class="webhook-section__act" method="post" action=format!("{}/secret", address(id))>
                    <p id="secret-renewal">
                        {bound(say(
                            "Un nouveau secret remplace aussitôt l'ancien : le destinataire doit le recevoir de vous.",
                            "A new secret replaces the old one at once: the receiver must get it from you.",
                        ))}
                    </p>
                    <button class="button" aria-describedby="secret-renewal">
                        {say("Renouveler le secret", "Renew the secret")}
                    </button>
                </form>
            </Permitted>
        </section>
    }
    .into_any()
}
