//! What stands in the place of members and tokens while nobody has to log in.

use leptos::prelude::*;

use super::ACCOUNT;
use crate::components::EmptyState;
use crate::ledger::{bound, say};

/// That there is nobody to look after yet, and the way to change that.
pub(super) fn nothing_yet() -> AnyView {
    let title = say("Rien à gérer en mode local", "Nothing to look after in local mode");
    let text = say(
        "Protégez d'abord l'accès : il y aura alors des membres et des jetons.",
        "Protect the access first: then there are members and tokens.",
    );
    let action = (ACCOUNT, say("Protéger l'accès", "Protect the access"));
    view! {
        <h1 class="visually-hidden">{title}</h1>
        <div class="card">
            <EmptyState title=title text=bound(text) action=action />
        </div>
    }
    .into_any()
}
