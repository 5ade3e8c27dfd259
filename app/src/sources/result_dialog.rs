//! What the script of these pages needs of the server: a dialog, and the sentences to put into it.

use leptos::prelude::*;

use crate::components::{Glyph, Icon, Notice, Tone};
use crate::ledger::say;

/// A closed dialog, what it shows while something goes on, and the place of passing notices.
#[component]
pub(crate) fn ResultDialog() -> impl IntoView {
    let busy = |act: &'static str, label: &'static str| {
        view! {
            <template data-busy-with=act>
                <p class="result__busy">
                    <Icon glyph=Glyph::Spinner />
                    {label}
                </p>
            </template>
        }
        .into_any()
    };
    let lines = vec![
        say(
            "Vérifiez qu'il tourne toujours et que vous êtes en ligne, puis réessayez.",
            "Check that it still runs and that you are online, then try again.",
        )
        .to_owned(),
    ];
    view! {
        <dialog class="result" id="result" aria-labelledby="result-title">
            <h2 class="result__title" id="result-title"></h2>
            <div class="result__place" aria-live="polite" data-place></div>
            <form class="result__foot" method="dialog">
                <button class="button">{say("Fermer", "Close")}</button>
            </form>
        </dialog>
        {busy("test", say("Test en cours…", "Testing…"))}
        {busy("sync", say("Démarrage de la synchronisation…", "Starting the sync…"))}
        <template data-unreachable>
            <Notice tone=Tone::Bad title=say("Le serveur ne répond pas.", "The server does not answer.") lines=lines />
        </template>
        <div class="toasts" role="status" data-toasts></div>
    }
}
