//! How a source stands, as colour, icon and word.

use leptos::prelude::*;
use model::api::Health;

use crate::components::{Glyph, Icon};
use crate::ledger::{bound, say};

/// The word for how a source stands.
pub(super) fn word(health: Health) -> &'static str {
    match health {
        Health::Healthy => say("Sain", "Healthy"),
        Health::Error => say("Erreur", "Error"),
        Health::Syncing => say("Synchronisation…", "Syncing…"),
        Health::Idle => say("Jamais testé", "Not tested yet"),
    }
}

/// The badge of a source.
#[component]
pub(super) fn HealthBadge(
    /// How it stands.
    health: Health,
) -> impl IntoView {
    let (tone, glyph) = match health {
        Health::Healthy => ("good", Glyph::Check),
        Health::Error => ("bad", Glyph::Cross),
        Health::Syncing => ("neutral", Glyph::Spinner),
        Health::Idle => ("neutral", Glyph::Pause),
    };
    view! {
        <span class=format!("badge badge--{tone}")>
            <Icon glyph=glyph />
            {word(health)}
        </span>
    }
    .into_any()
}

/// Why a source does not stand well.
pub(super) fn trouble_told(trouble: String) -> AnyView {
    view! {
        <p class="source__trouble">
            <strong>{say("Erreur : ", "Error: ")}</strong>
            {bound(&trouble)}
        </p>
    }
    .into_any()
}
