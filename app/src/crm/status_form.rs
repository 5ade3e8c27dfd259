//! The status of a deal where it can be changed: sent at once by the script, with a button without it. The form says
//! which status it was drawn with: one that somebody has changed meanwhile is not overwritten unseen.

use leptos::prelude::*;
use model::{Lang, Status};

use super::address;
use super::back::next_field;
use crate::components::StatusDial;
use crate::i18n::lang;
use crate::ledger::say;

/// A select of the six words.
#[component]
pub(super) fn StatusForm(
    /// The deal.
    id: i64,
    /// Its client.
    client: String,
    /// Where it stands.
    status: Status,
    /// The page the form is on.
    here: String,
) -> impl IntoView {
    let name = match lang() {
        Lang::Fr => format!("Statut de {client}"),
        Lang::En => format!("Status of {client}"),
    };
    let options = Status::ALL.map(|choice| {
        view! {
            // Its words are its value.
            <option selected=choice == status>{choice.word()}</option>
        }
        .into_any()
    });
    view! {
        <form class="status-form" method="post" action=format!("{}/status", address(id)) data-background="change">
            {next_field(here)}
            <input type="hidden" name="seen" value=status.word() />
            <StatusDial status=status>
                <select
                    class="status-form__select"
                    id=format!("status-{id}")
                    name="statut"
                    lang="fr"
                    aria-label=name
                    autocomplete="off"
                >
                    {options.into_iter().collect_view()}
                </select>
            </StatusDial>
            <button class="button button--quiet without-script">{say("Changer", "Change")}</button>
        </form>
    }
    .into_any()
}
