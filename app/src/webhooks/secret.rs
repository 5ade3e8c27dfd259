//! The secret of a webhook, shown once.

use leptos::prelude::*;

use crate::components::{Notice, Tone};
use crate::ledger::{bound, say};

/// A secret that was just made; in the context of the one answer that tells it, the page shows it.
#[derive(Clone)]
pub struct WebhookSecret(pub String);

/// The secret, and what to do with it now.
#[component]
pub(super) fn SecretOnce(
    /// `whsec_…`
    secret: String,
) -> impl IntoView {
    let lines = vec![bound(say(
        "Copiez-le maintenant chez le destinataire : il vérifie avec lui que les messages viennent d'ici. Il ne sera plus affiché.",
        "Copy it to the receiver now: it verifies with it that messages come from here. It is not shown again.",
    ))];
    view! {
        <div class="webhook-told" role="status">
            <Notice tone=Tone::Warning title=say("Le secret de ce webhook", "The secret of this webhook") lines=lines>
                <code class="webhook-secret" id="secret" tabindex="0">
                    {secret}
                </code>
            </Notice>
        </div>
    }
    .into_any()
}
