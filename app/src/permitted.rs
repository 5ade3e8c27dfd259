//! What a page offers to those who may do it. The others see the same, locked, and read why.
//!
//! The server judges: a page that holds anything locked is not taken over by the browser (`shell`), which
//! therefore takes every part for unlocked.

use leptos::prelude::*;
use model::access::Right;

/// A part of a page whose forms take a right.
#[cfg(feature = "ssr")]
pub(crate) fn permitted(right: Right, part: AnyView) -> AnyView {
    if crate::access::may(right) { part } else { locked(right, part) }
}

/// A part of a page whose forms take a right: whoever has the page in their browser has it.
#[cfg(not(feature = "ssr"))]
pub(crate) fn permitted(_: Right, part: AnyView) -> AnyView {
    part
}

/// The same, around what stands in a page.
#[cfg(feature = "ssr")]
#[component]
pub(crate) fn Permitted(
    /// What its forms take.
    right: Right,
    /// The part.
    children: Children,
) -> impl IntoView {
    permitted(right, children().into_any())
}

/// Nothing in a disabled fieldset can be typed into or sent, not even by the Enter key.
#[cfg(feature = "ssr")]
fn locked(right: Right, part: AnyView) -> AnyView {
    use crate::ledger::{bound, say};

    let why = match right {
        Right::Run => say(
            "Votre rôle permet de lire, pas de lancer de synchronisations ni de tests : demandez ce droit à un propriétaire.",
            "Your role lets you read, not start syncs or tests: ask an owner for that right.",
        ),
        Right::Read | Right::Change | Right::Own | Right::Manage => say(
            "Votre rôle permet de lire, pas de modifier : demandez ce droit à un propriétaire.",
            "Your role lets you read, not change things: ask an owner for that right.",
        ),
    };
    view! {
        <fieldset class="locked" disabled>
            <p class="locked__why">{bound(why)}</p>
            {part}
        </fieldset>
    }
    .into_any()
}
