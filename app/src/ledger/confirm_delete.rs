//! The page that asks before something is deleted: what goes, and what stays.

use leptos::prelude::*;
use leptos_meta::Title;
use model::access::Right;

use super::say;
use crate::components::{Glyph, Icon};
use crate::permitted::Permitted;

/// Asks whether it is meant; the form is answered at the page's own address.
#[component]
pub(crate) fn ConfirmDelete(
    /// What is to be deleted, as a heading.
    heading: String,
    /// The heading's class, where it needs one.
    #[prop(optional)]
    heading_class: Option<&'static str>,
    /// Where one comes from, and goes when it is not meant.
    back: String,
    /// What goes.
    goes: AnyView,
    /// What stays, where anything does.
    #[prop(optional)]
    stays: Option<String>,
    /// The words of the button.
    button: &'static str,
) -> impl IntoView {
    let stays = stays.map(|stays| {
        view! {
            <div>
                <h2>{say("Ce qui reste", "What stays")}</h2>
                <p>{stays}</p>
            </div>
        }
        .into_any()
    });
    view! {
        <Title text=heading.clone() />
        <div class="page-head ledger__head">
            <a class="link" href=back.clone()>
                <Icon glyph=Glyph::ChevronLeft />
                {say("Retour", "Back")}
            </a>
            <h1 class=heading_class>{heading}</h1>
        </div>
        <Permitted right=Right::Change>
            <form class="card source-delete" method="post">
                <div>
                    <h2>{say("Ce qui disparaît", "What goes")}</h2>
                    {goes}
                </div>
                {stays}
                <div class="ledger__actions">
                    <button class="button button--danger">{button}</button>
                    <a class="button button--quiet" href=back>
                        {say("Annuler", "Cancel")}
                    </a>
                </div>
            </form>
        </Permitted>
    }
    .into_any()
}
