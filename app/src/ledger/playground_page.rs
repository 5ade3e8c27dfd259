//! The way out of the simulator: what becomes of its deals.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use model::access::Right;

use super::texts::say;
use crate::components::{Glyph, Icon};
use crate::i18n::texts;
use crate::permitted::Permitted;

/// Asks whether the simulator's deals go with it.
#[component]
pub(super) fn PlaygroundPage() -> impl IntoView {
    let provider = use_params_map().read_untracked().get("provider").unwrap_or_default();
    let title = say("Quitter le simulateur", "Leave the simulator");
    view! {
        <Title text=title />
        <div class="page-head ledger__head">
            <a class="link" href=format!("/connectors?tab={provider}")>
                <Icon glyph=Glyph::ChevronLeft />
                {texts().connectors.title}
            </a>
            <h1>{title}</h1>
            <p class="page-head__lead">
                {say(
                    "La connexion redevient vide, prête pour votre vrai compte. L'historique reste.",
                    "The connection becomes empty again, ready for your real account. The history stays.",
                )}
            </p>
        </div>
        <Permitted right=Right::Change>
            <p class="page-head__lead">
                {say(
                    "Si vous supprimez les deals d'exemple, vous pourrez annuler juste après : leur lien avec le simulateur ne revient pas.",
                    "If you delete the example deals, you can undo it right afterwards: their link with the simulator does not come back.",
                )}
            </p>
            <form class="card ledger__actions" method="post">
                <button class="button button--primary" name="deals" value="delete">
                    {say("Quitter et supprimer ses deals d'exemple", "Leave and delete its example deals")}
                </button>
                <button class="button" name="deals" value="keep">
                    {say("Quitter et garder les deals", "Leave and keep the deals")}
                </button>
            </form>
        </Permitted>
    }
}
