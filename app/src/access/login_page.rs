//! The login.

use leptos::prelude::*;
use leptos_meta::Title;

use super::fault::{AccessFault, FaultNotice};
use super::notice;
use super::password_field::{For, PasswordField};
use super::text_field::TextField;
use crate::ledger::say;
use crate::sources::asked;

/// Name and password.
#[component]
pub(crate) fn LoginPage() -> impl IntoView {
    let title = say("Se connecter", "Log in");
    let name = use_context::<AccessFault>().map(|fault| fault.name).unwrap_or_default();
    view! {
        <Title text=title />
        <div class="access-door">
            <h1>{title}</h1>
            {notice()}
            <FaultNotice />
            <form class="card access-form" method="post" action="/login">
                <input type="hidden" name="next" value=asked("next").unwrap_or_default() />
                <TextField
                    name="name"
                    text=say("Nom", "Name")
                    help=say(
                        "Celui de votre invitation ; vide pour le propriétaire.",
                        "The one of your invitation; empty for the owner.",
                    )
                    value=name
                    required=false
                    autocomplete="username"
                />
                <PasswordField name="password" text=say("Mot de passe", "Password") purpose=For::Entering />
                <div class="settings__actions">
                    <button class="button button--primary">{title}</button>
                </div>
            </form>
        </div>
    }
    .into_any()
}
