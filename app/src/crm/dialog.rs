//! What the scripts of these pages need of the server: dialogs, sentences for later, the place of notices.

use leptos::prelude::*;
use model::access::Right;

use crate::access::may;
use crate::components::{Glyph, Icon, Notice, Tone};
use crate::ledger::{bound, say};

/// The dialog in which forms open, and the list of shortcuts; both closed.
#[component]
pub(crate) fn DealDialog() -> impl IntoView {
    let unreachable = vec![
        say(
            "Vérifiez qu'il tourne toujours et que vous êtes en ligne, puis réessayez.",
            "Check that it still runs and that you are online, then try again.",
        )
        .to_owned(),
    ];
    view! {
        <dialog class="deal-dialog" id="deal-dialog" aria-labelledby="deal-dialog-title">
            <div class="deal-dialog__head">
                <h2 id="deal-dialog-title"></h2>
                {closing()}
            </div>
            <div class="deal-dialog__place" data-place></div>
            <div class="deal-dialog__ask" role="alert" data-ask hidden>
                <p>{say("Votre saisie n'est pas enregistrée.", "What you typed is not saved.")}</p>
                <button class="button" type="button" data-stay>
                    {say("Continuer", "Go on")}
                </button>
                <button class="button button--danger" type="button" data-close="anyway">
                    {say("Fermer sans enregistrer", "Close without saving")}
                </button>
            </div>
        </dialog>
        <template data-unreachable>
            <div data-toast>
                <Notice
                    tone=Tone::Bad
                    title=say("Le serveur ne répond pas.", "The server does not answer.")
                    lines=unreachable
                />
            </div>
        </template>
        <div class="toasts" role="status" data-toasts></div>
        <Shortcuts />
    }
}

fn closing() -> AnyView {
    view! {
        <button
            class="button button--quiet button--icon deal-dialog__close"
            type="button"
            aria-label=say("Fermer", "Close")
            data-close
        >
            <Icon glyph=Glyph::Close />
        </button>
    }
    .into_any()
}

#[component]
fn Shortcuts() -> impl IntoView {
    let key = |key: &'static str, does: &'static str| {
        view! {
            <div class="shortcut">
                <dt>
                    <kbd>{key}</kbd>
                </dt>
                <dd>{does}</dd>
            </div>
        }
        .into_any()
    };
    let creating = may(Right::Change).then(|| key("n", say("Nouveau deal", "New deal")));
    let moving = may(Right::Change).then(|| {
        key(
            "← →",
            say(
                "Sur le tableau, changer de colonne la carte choisie",
                "On the board, move the chosen card to the next column",
            ),
        )
    });
    view! {
        // Without script there are none, so nothing speaks of them.
        <p class="crm-foot">
            <button class="button button--quiet" type="button" id="show-shortcuts" data-shortcuts hidden>
                {say("Raccourcis", "Shortcuts")}
            </button>
        </p>
        <dialog class="deal-dialog deal-dialog--small" id="shortcuts" aria-labelledby="shortcuts-title">
            <div class="deal-dialog__head">
                <h2 id="shortcuts-title">{bound(say("Raccourcis clavier", "Keyboard shortcuts"))}</h2>
                {closing()}
            </div>
            <dl class="shortcuts">
                {key("/", say("Chercher un deal", "Search for a deal"))}
                {creating}
                {moving}
                {key("?", say("Cette liste", "This list"))}
            </dl>
        </dialog>
    }
}
