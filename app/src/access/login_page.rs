//! The login.

use leptos::prelude::*;
use leptos_meta::Title;

use super::fault::{AccessFault, FaultNotice};
use super::notice;
use super::password_field::{For, PasswordField};
use crate::ledger::{bound, say};
use crate::sources::{asked, label};

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
                <div class="field">
                    {label("field-name".to_owned(), say("Nom", "Name").to_owned(), false)}
                    <input
                        class="field__input"
                        id="field-name"
                        name="name"
                        value=name
                        maxlength="100"
                        autocomplete="username"
                        autocapitalize="off"
                        spellcheck="false"
                        aria-describedby="field-name-help"
                    />
                    <div class="field__help" id="field-name-help">
                        <p>
                            {bound(say(
                                "Celui de votre invitation ; vide pour le propriétaire.",
                                "The one of your invitation; empty for the owner.",
                            ))}
                        </p>
                    </div>
                </div>
                <PasswordField name="password" text=say("Mot de passe", "Password") purpose=For::Entering />
                <div class="settings__actions">
                    <button class="button button--primary">{title}</button>
                </div>
            </form>
        </div>
    }
    .into_any()
}
