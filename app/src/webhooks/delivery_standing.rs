//! How a message stands, as colour, icon and word.

use leptos::prelude::*;

use crate::components::{Glyph, Icon};
use crate::ledger::say;

/// The badge of a message.
#[component]
pub(super) fn DeliveryStanding(
    /// `pending`, `delivered` or `failed`.
    status: String,
) -> impl IntoView {
    let (tone, glyph, word) = match status.as_str() {
        "delivered" => ("good", Glyph::Check, say("Remis", "Delivered")),
        "pending" => ("neutral", Glyph::Spinner, say("En attente", "Waiting")),
        _ => ("bad", Glyph::Cross, say("Échoué", "Failed")),
    };
    view! {
        <span class=format!("badge badge--{tone}")>
            <Icon glyph=glyph />
            {word}
        </span>
    }
    .into_any()
}
