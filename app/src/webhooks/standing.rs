//! How a webhook stands, as colour, icon and word.

use leptos::prelude::*;
use model::api::WebhookBody;

use crate::components::{Glyph, Icon};
use crate::ledger::say;

/// The badge of a webhook.
#[component]
pub(super) fn Standing(
    /// The webhook.
    webhook: WebhookBody,
) -> impl IntoView {
    let (tone, glyph, word) = match webhook {
        WebhookBody { is_active: false, .. } => ("neutral", Glyph::Pause, say("Désactivé", "Switched off")),
        WebhookBody { disabled: Some(_), .. } => ("bad", Glyph::Cross, say("Arrêté", "Stopped")),
        _ => ("good", Glyph::Check, say("Actif", "Active")),
    };
    view! {
        <span class=format!("badge badge--{tone}")>
            <Icon glyph=glyph />
            {word}
        </span>
    }
    .into_any()
}
