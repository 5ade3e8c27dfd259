//! The form that is only its button: sends a test message.

use leptos::prelude::*;
use model::access::Right;

use super::address;
use crate::access::may;
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
    // One button among others: to those who only read it would say nothing.
    may(Right::Run).then(|| {
        view! {
            <form method="post" action=format!("{}/test", address(id))>
                <button class="button" aria-describedby=described_by>
                    <Icon glyph=Glyph::Plug />
                    {say("Tester", "Test")}
                </button>
            </form>
        }
        .into_any()
    })
}
