//! Test and sync: two forms that are only their button.

use leptos::prelude::*;
use model::access::Right;

use super::address;
use crate::access::may;
use crate::components::{Glyph, Icon};
use crate::ledger::say;

/// The two buttons of a connection.
#[component]
pub(super) fn TryButtons(
    /// Its number.
    id: i64,
    /// What people call it.
    title: String,
    /// The id of the element that names it, for those who cannot see where the buttons stand.
    described_by: String,
    /// Whether the sync is what one came for.
    #[prop(optional)]
    leads: bool,
) -> impl IntoView {
    let button = |act: &'static str, of: &'static str, glyph, label: &'static str, is_first: bool| {
        view! {
            <form method="post" action=format!("{}/{act}", address(id)) data-act=act data-title=format!("{of} {title}")>
                <button class="button" class:button--primary=is_first id=format!("{act}-{id}") aria-describedby=described_by.clone()>
                    <Icon glyph=glyph />
                    {label}
                </button>
            </form>
        }
        .into_any()
    };
    let sync = button(
        "sync",
        say("Synchronisation de", "Sync of"),
        Glyph::Import,
        say("Synchroniser", "Sync"),
        leads,
    );
    let test = button("test", say("Test de", "Test of"), Glyph::Plug, say("Tester", "Test"), false);
    // They are two buttons among others: to those who only read they would say nothing.
    may(Right::Run).then(|| {
        view! {
            {sync}
            {test}
        }
        .into_any()
    })
}
