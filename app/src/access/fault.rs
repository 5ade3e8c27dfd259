//! Why a form about access could not be carried out.

use leptos::prelude::*;

use crate::components::{Notice, Tone};
use crate::ledger::{bound, say};

/// What is wrong with a form that was sent; in the context, the page of the form shows it. Passwords are never
/// sent back.
#[derive(Clone, Default)]
pub struct AccessFault {
    /// What happened.
    pub message: String,
    /// The name that was typed.
    pub name: String,
    /// The role or the scope that was chosen.
    pub choice: String,
}

/// The fault above the form; nothing when there is none.
#[component]
pub(super) fn FaultNotice() -> impl IntoView {
    use_context::<AccessFault>().map(|fault| {
        let title = say("Cette demande n'a pas abouti", "This request did not go through");
        view! {
            <div class="access__notice" role="alert" tabindex="-1" autofocus id="access-fault">
                <Notice tone=Tone::Bad title=title lines=vec![bound(&fault.message)] />
            </div>
        }
        .into_any()
    })
}
