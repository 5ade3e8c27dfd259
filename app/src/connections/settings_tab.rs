//! What a connection is configured with; credentials are written, never read.

use hub::{AccountKind, AccountView};
use leptos::prelude::*;

use super::address;
use super::destination::stored;
use super::form::ConnectionForm;
use crate::components::{Glyph, Icon};
use crate::ledger::say;
use crate::sources::Typed;

/// The tab: the form as for a new connection, and the way to delete it.
#[component]
pub(super) fn SettingsTab(
    /// The connection.
    account: AccountView,
    /// Its kind.
    kind: AccountKind,
) -> impl IntoView {
    let id = account.id;
    let is_active = match use_context::<Typed>() {
        Some(typed) => typed.values.get("is_active").is_none_or(|word| word == "true"),
        None => account.is_active,
    };
    let typed = shown(account);
    let option = |value: &'static str, label: &'static str, is_chosen: bool| {
        view! {
            <option value=value selected=is_chosen>
                {label}
            </option>
        }
        .into_any()
    };
    view! {
        <ConnectionForm kind=kind typed=typed stored=Some(id)>
            <div class="field">
                <label class="field__label" for="field-is_active">
                    {say("Synchronisations", "Syncs")}
                </label>
                <span class="field__select">
                    <select class="field__input" id="field-is_active" name="is_active" aria-describedby="field-is_active-help">
                        {option("true", say("Autorisées", "Allowed"), is_active)}
                        {option("false", say("En pause", "Paused"), !is_active)}
                    </select>
                    <Icon glyph=Glyph::ChevronDown />
                </span>
                <div class="field__help" id="field-is_active-help">
                    <p>
                        {say(
                            "En pause, rien n'arrive et rien ne part ; tout le reste est gardé.",
                            "While paused, nothing comes and nothing goes; everything else is kept.",
                        )}
                    </p>
                </div>
            </div>
        </ConnectionForm>
        <p class="source-end">
            <a class="button button--quiet source-end__delete" href=format!("{}/delete", address(id))>
                {say("Supprimer cette connexion", "Delete this connection")}
            </a>
        </p>
    }
    .into_any()
}

/// What was sent stands before what is stored; a stored credential still counts.
fn shown(account: AccountView) -> Typed {
    let credentials = account.credentials.into_iter().map(|key| (key, model::api::MASK.to_owned()));
    match use_context::<Typed>() {
        Some(mut typed) => {
            typed.values.extend(credentials);
            typed
        }
        None => {
            let values = account.values.into_iter().chain(credentials).chain(stored(&account.destination));
            Typed { name: account.title, kind: account.kind, values: values.collect(), faults: Vec::new() }
        }
    }
}
