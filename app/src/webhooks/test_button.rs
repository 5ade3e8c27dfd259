//! The form that is only its button: sends a test message.

use leptos::prelude::*;

use super::address;
use crate::components::{Glyph, Icon};
use crate::ledger::say;

/// Sends a webhook a test; its page says how it went.
#[component]
pub(super) fn TestButton(
    /// Its number.
    id: i64,
    /// The id of the element that names it.
    described_by: String,
) -> impl IntoView {
    view! {
        <form method="post" action=format!("{}/test", address(id))>
            <button class="button" aria-describedby=described_by>
                <Icon glyph=Glyph::Plug />
                {say("Tester", "Test")}
            </button>
        </form>
    }
    .into_any()
}
