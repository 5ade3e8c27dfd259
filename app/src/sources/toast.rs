//! What has just been done, said once: the address carries its word.

use leptos::prelude::*;

use super::asked;
use crate::components::{Notice, Tone};
use crate::ledger::say;

/// The notice of the address, if there is one.
#[component]
pub(super) fn Toast() -> impl IntoView {
    let title = match asked("notice").as_deref() {
        Some("saved") => say("Enregistré avec succès", "Saved"),
        Some("deleted") => say("Source supprimée", "Source deleted"),
        _ => return ().into_any(),
    };
    passing(title)
}

/// A sentence about what went well. With script it floats, and goes away by itself.
pub(crate) fn passing(title: &'static str) -> AnyView {
    view! {
        <div class="sources__notice" role="status" data-toast>
            <Notice tone=Tone::Good title=title />
        </div>
    }
    .into_any()
}
