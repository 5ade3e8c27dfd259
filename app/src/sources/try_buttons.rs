//! Test and sync: two forms that are only their button.

use leptos::prelude::*;
use model::access::Right;

use super::address;
use crate::access::may;
use crate::components::{Glyph, Icon};
use crate::ledger::say;

/// The two buttons of a source.
#[component]
pub(super) fn TryButtons(
    /// The source.
    name: String,
    /// The id of the element that names it, for those who cannot see where the buttons stand.
    described_by: String,
) -> impl IntoView {
    let test = say("Test de", "Test of");
    let sync = say("Synchronisation de", "Sync of");
    let button = |act: &'static str, title: &'static str, glyph, label: &'static str| {
        view! {
            <form method="post" action=format!("{}/{act}", address(&name)) data-act=act data-title=format!("{title} {name}")>
                <button class="button" id=format!("{act}-{name}") aria-describedby=described_by.clone()>
                    <Icon glyph=glyph />
                    {label}
                </button>
            </form>
        }
        .into_any()
    };
    let test = button("test", test, Glyph::Plug, "Test");
    let sync = button("sync", sync, Glyph::Import, "Sync");
    // They are two buttons among others: to those who only read they would say nothing.
    may(Right::Run).then(|| {
        view! {
            {test}
            {sync}
        }
        .into_any()
    })
}
